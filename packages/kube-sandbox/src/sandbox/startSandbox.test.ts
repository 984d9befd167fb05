import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { TestClient } from '../apiserver/__testing__/TestClient';
import { Sandbox, startSandbox } from './startSandbox';
import { sandboxTokens } from './tokens';

const MANIFEST = `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: main, image: 'registry.example/cart:1.0.0' }] }
`;

jest.setTimeout(60_000);

describe('startSandbox', () => {
  let dir: string;
  let sandbox: Sandbox | undefined;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sandbox-'));
  });
  afterEach(async () => {
    await sandbox?.stop();
    await rm(dir, { recursive: true });
  });

  it('runs what the manifests of a cluster say, and writes how to reach it', async () => {
    await mkdir(join(dir, 'manifests', 'dev'), { recursive: true });
    await writeFile(join(dir, 'manifests', 'dev', 'shop.yaml'), MANIFEST);
    const said: string[] = [];
    const say = (message: string) => said.push(message);
    sandbox = await startSandbox({
      settings: {
        stateDir: join(dir, 'state'),
        portBase: 0,
        clusters: ['dev', 'empty'],
        manifests: join(dir, 'manifests'),
        nodes: 1,
        speed: 100,
        lifeSpeed: 1,
      },
      tokens: sandboxTokens({ KOALA_SANDBOX_TOKEN: 'chosen' }),
      logger: { info: say, warn: say },
    });
    const config = parse(await readFile(sandbox.kubeconfig, 'utf8'));
    expect(config.users.map(({ user }: any) => user.token)).toEqual([
      'chosen',
      'chosen',
    ]);
    expect(config.clusters[0].cluster.server).toBe(sandbox.clusters[0].url);
    await sandbox.seeded;
    expect(said).toContain('dev: 2 objects created');
    expect(said.join('\n')).toContain('so the cluster stays empty');

    const viewer = new TestClient(sandbox.clusters[0], 'koala-viewer');
    const path = '/apis/apps/v1/namespaces/shop/deployments';
    let ready: number | undefined;
    while (ready !== 1) {
      const { body } = await viewer.get(`${path}/cart`);
      ready = body.status.readyReplicas;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    expect((await viewer.delete(`${path}/cart`)).code).toBe(403);
    viewer.close();
  });
});
