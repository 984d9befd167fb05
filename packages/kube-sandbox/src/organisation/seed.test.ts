import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiServer, startApiServer } from '../apiserver/startApiServer';
import { ApiClient, ApiConnection, resources } from '../client';
import { startControllers, RunningControllers } from '../controllers';
import { RunningNodes, startNodes } from '../nodes';
import { seed } from './seed';
import { SEEDED_REVISION } from './Seeder';

const MANIFESTS = `
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
    spec: { containers: [{ name: cart, image: 'registry.example/cart:1.0.0' }] }
${['1.1.0', '1.2.0', '1.3.0-crash']
  .map(
    version => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  template:
    spec: { containers: [{ name: cart, image: 'registry.example/cart:${version}' }] }
`,
  )
  .join('')}`;
const CART = { namespace: 'shop', name: 'cart' };
const TOKEN = 'admin';

jest.setTimeout(60_000);

describe('seed', () => {
  let directory: string;
  let server: ApiServer;
  let connection: ApiConnection;
  let client: ApiClient;
  let running: (RunningControllers | RunningNodes)[];

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'koala-seed-'));
    await writeFile(join(directory, 'cart.yaml'), MANIFESTS);
    server = await startApiServer({
      name: 'dev',
      tokens: { [TOKEN]: { user: 'admin', groups: ['system:masters'] } },
    });
    connection = { server: server.url, token: TOKEN, ca: server.caPem };
    client = ApiClient.create(connection);
    running = [
      startControllers({ connection, speed: 50 }),
      startNodes({ connection, nodes: 1, speed: 50 }),
    ];
  });
  afterEach(async () => {
    await client.close();
    await Promise.all(running.map(part => part.stop()));
    await server.close();
    await rm(directory, { recursive: true });
  });

  const images = async () => {
    const { items } = await client.list(resources.replicaSets, {
      namespace: 'shop',
    });
    return items
      .map(({ spec }) => spec.template.spec.containers[0].image.split(':')[1])
      .sort();
  };

  it('rolls out one version after the other, so that there is a past', async () => {
    expect(await seed({ connection, directory })).toEqual({
      created: 2,
      updated: 3,
      existing: 0,
    });
    while ((await images()).length < 4) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    expect(await images()).toEqual(['1.0.0', '1.1.0', '1.2.0', '1.3.0-crash']);
  });

  it('does nothing where everything is there', async () => {
    await seed({ connection, directory });
    const before = await client.get(resources.deployments, CART);
    expect(await seed({ connection, directory })).toEqual({
      created: 0,
      updated: 0,
      existing: 2,
    });
    const after = await client.get(resources.deployments, CART);
    expect(after.spec).toEqual(before.spec);
  });

  it('goes on where an earlier one was interrupted', async () => {
    await seed({ connection, directory });
    await client.patch(
      resources.deployments,
      CART,
      { metadata: { annotations: { [SEEDED_REVISION]: '2' } } },
      { type: 'merge' },
    );
    expect(await seed({ connection, directory })).toMatchObject({ updated: 2 });
  });

  it('adds no version to what others have made', async () => {
    await client.create(resources.namespaces, { metadata: { name: 'shop' } });
    const labels = { app: 'cart' };
    await client.create(resources.deployments, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: CART,
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'mine', image: 'mine:1' }] },
        },
      },
    });
    expect(await seed({ connection, directory })).toEqual({
      created: 0,
      updated: 0,
      existing: 2,
    });
  });

  it('names the file and the object of what the cluster refuses', async () => {
    await writeFile(
      join(directory, 'wrong.yaml'),
      'apiVersion: v1\nkind: Service\nmetadata: {name: x, namespace: shop}\nspec: {type: Nonsense}\n',
    );
    await expect(seed({ connection, directory })).rejects.toThrow(
      /wrong\.yaml: Service x: .*Nonsense/,
    );
  });
});
