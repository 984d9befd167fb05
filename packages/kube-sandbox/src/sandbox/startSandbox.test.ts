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

const SHOP_VIEW = `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: shop-team, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ apiGroup: rbac.authorization.k8s.io, kind: Group, name: shop-team }]
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

  it('knows the users of a file, who may do what roles among the manifests say', async () => {
    await mkdir(join(dir, 'manifests', 'dev'), { recursive: true });
    await writeFile(
      join(dir, 'manifests', 'dev', 'shop.yaml'),
      `${MANIFEST}---\n${SHOP_VIEW}`,
    );
    await writeFile(
      join(dir, 'manifests', 'users.yaml'),
      '[{ name: shop, groups: [shop-team], namespace: shop }]',
    );
    const silent = { info: () => {}, warn: () => {} };
    sandbox = await startSandbox({
      settings: {
        stateDir: join(dir, 'state'),
        portBase: 0,
        clusters: ['dev'],
        manifests: join(dir, 'manifests'),
        nodes: 0,
        speed: 100,
        lifeSpeed: 1,
      },
      tokens: sandboxTokens({}),
      logger: silent,
    });
    await sandbox.seeded;
    const file = join(dir, 'state', 'users.kubeconfig');
    const { contexts, users } = parse(await readFile(file, 'utf8'));
    expect(contexts.map(({ name }: any) => name)).toEqual([
      'dev',
      'dev-viewer',
      'dev-shop',
    ]);
    expect(contexts[2].context.namespace).toBe('shop');
    const client = new TestClient(sandbox.clusters[0], users[2].user.token);
    const codes = [];
    for (const path of [
      '/apis/apps/v1/namespaces/shop/deployments',
      '/api/v1/namespaces/shop/secrets',
      '/apis/apps/v1/namespaces/default/deployments',
    ]) {
      codes.push((await client.get(path)).code);
    }
    client.close();
    expect(codes).toEqual([200, 403, 403]);
  });
});
