import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ApiServer, startApiServer } from '../../apiserver/startApiServer';
import { ApiClient, ApiConnection, Deployment, resources } from '../../client';
import { RunningControllers, startControllers } from '../../controllers';
import { RunningNodes, startNodes } from '../../nodes';
import { seed } from '../seed';
import { controlLife } from './controlLife';
import { LifeScript } from './LifeScript';
import { configMaps, LIFE_CONTROL } from './pace';
import { RunningLife, startLife } from './startLife';

const TOKEN = 'admin';
const TOKENS = { [TOKEN]: { user: 'admin', groups: ['system:masters'] } };
const SCRIPT: LifeScript = {
  // Its first stories are releases that pass through.
  seed: 3,
  everySeconds: 600,
  stages: ['dev', 'prod'].map((name, index) => ({
    name,
    clusters: [name],
    namespace: 'shop',
    afterSeconds: index * 240,
  })),
  services: [{ name: 'cart', system: 'shop', scales: false }],
  cronJobs: [],
};

jest.setTimeout(120_000);

async function until(holds: () => Promise<boolean> | boolean) {
  while (!(await holds())) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

describe('startLife', () => {
  const running: (RunningControllers | RunningNodes)[] = [];
  const servers: ApiServer[] = [];
  let clusters: { name: string; connection: ApiConnection }[];
  let clients: Map<string, ApiClient>;
  let life: RunningLife | undefined;
  let said: string[];
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'koala-life-'));
    const manifests = join(directory, 'manifests');
    await mkdir(manifests);
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop' },
    };
    await writeFile(
      join(manifests, 'shop.yaml'),
      [namespace, cart('1.0.0')].map(object => stringify(object)).join('---\n'),
    );
    clusters = [];
    clients = new Map();
    said = [];
    for (const name of ['dev', 'prod']) {
      const server = await startApiServer({
        name,
        tokens: TOKENS,
        tls: { dir: directory },
      });
      servers.push(server);
      const connection = {
        server: server.url,
        token: TOKEN,
        ca: server.caPem,
      };
      clusters.push({ name, connection });
      running.push(
        startControllers({ connection, speed: 50 }),
        startNodes({ connection, nodes: 1, speed: 50 }),
      );
      const client = ApiClient.create(connection);
      clients.set(name, client);
      await seed({ connection, directory: manifests });
    }
  });
  afterEach(async () => {
    await life?.stop();
    for (const client of clients.values()) await client.close();
    await Promise.all(running.splice(0).map(part => part.stop()));
    await Promise.all(servers.splice(0).map(server => server.close()));
    await rm(directory, { recursive: true });
  });

  function cart(version: string): Deployment {
    const labels = { app: 'cart' };
    return {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace: 'shop', name: 'cart' },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              { name: 'cart', image: `registry.example/cart:${version}` },
            ],
          },
        },
      },
    };
  }

  const deployment = (cluster: string) =>
    clients
      .get(cluster)!
      .get(resources.deployments, { namespace: 'shop', name: 'cart' });
  const versionIn = async (cluster: string) =>
    (await deployment(cluster)).spec.template.spec.containers[0].image.split(
      ':',
    )[1];

  function begin(speed: number) {
    const say = (message: string) => said.push(message);
    life = startLife({
      script: SCRIPT,
      clusters,
      speed,
      logger: { info: say, warn: say },
    });
  }

  it('releases, promotes what is healthy, and says why as a pipeline would', async () => {
    begin(200);
    await until(async () => (await versionIn('prod')) !== '1.0.0');
    const { annotations } = (await deployment('prod')).metadata;
    expect(annotations!['kubernetes.io/change-cause']).toMatch(
      /^ci-pipeline: promote 1\.\d+\.\d+ from dev$/,
    );
    expect(said.join('\n')).toMatch(/dev: cart in shop: release 1\./);
  });

  it('stands still while it is paused, and goes on at the speed it is told', async () => {
    begin(0.1);
    const dev = clusters[0].connection;
    const client = clients.get('dev')!;
    await until(() =>
      client.get(configMaps, LIFE_CONTROL).then(
        () => true,
        () => false,
      ),
    );
    expect(await controlLife(dev)).toEqual({ paused: false, speed: 0.1 });
    await controlLife(dev, { paused: true });
    await until(() => said.includes('life is paused'));
    expect(await controlLife(dev, { speed: 300 })).toEqual({
      paused: true,
      speed: 300,
    });
    expect(await versionIn('dev')).toBe('1.0.0');
    await controlLife(dev, { paused: false });
    await until(async () => (await versionIn('dev')) !== '1.0.0');
  });

  it('says what is wrong with its ConfigMap, and lives on as before', async () => {
    begin(200);
    const client = clients.get('dev')!;
    await until(() =>
      client.patch(configMaps, LIFE_CONTROL, { data: { speed: 'fast' } }).then(
        () => true,
        () => false,
      ),
    );
    await until(() => said.some(line => line.includes('speed is "fast"')));
    await until(async () => (await versionIn('dev')) !== '1.0.0');
    expect(said.join('\n')).toContain('cart in shop: release');
  });

  it('goes around what somebody else has changed', async () => {
    const kubectl = ApiClient.create({
      ...clusters[0].connection,
      userAgent: 'kubectl/v1.35.1',
    });
    await kubectl.patch(
      resources.deployments,
      { namespace: 'shop', name: 'cart' },
      cart('7.7.7'),
      { type: 'strategic-merge' },
    );
    await kubectl.close();
    begin(400);
    await until(() =>
      said.some(
        line =>
          line === 'dev: cart in shop: left alone, kubectl has changed it',
      ),
    );
    expect(await versionIn('dev')).toBe('7.7.7');
    expect(await versionIn('prod')).toBe('1.0.0');
  });

  it('waits for a server that is away', async () => {
    const [dev] = servers;
    const { port, store } = dev;
    begin(0.1);
    await until(() =>
      clients
        .get('dev')!
        .get(configMaps, LIFE_CONTROL)
        .then(
          () => true,
          () => false,
        ),
    );
    await dev.close();
    await life!.stop();
    begin(400);
    // Long enough for several steps to come due.
    await new Promise(resolve => setTimeout(resolve, 1_500));
    servers[0] = await startApiServer({
      name: 'dev',
      tokens: TOKENS,
      port,
      store,
      tls: { dir: directory },
    });
    await until(async () => {
      const version = await versionIn('dev').catch(() => '1.0.0');
      return version !== '1.0.0';
    });
    expect(said.join('\n')).toContain('dev: cart in shop: release');
  });
});
