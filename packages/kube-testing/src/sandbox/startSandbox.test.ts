import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { ClusterSet } from '../cluster/ClusterSet';
import { TestCluster } from '../cluster/TestCluster';
import { startSandbox } from './startSandbox';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

async function create(cluster: TestCluster, name: string): Promise<any> {
  const { status, body } = await cluster.client.post(CONFIG_MAPS, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name },
  });
  expect(status).toBe(201);
  return body;
}

async function names(cluster: TestCluster): Promise<string[]> {
  const { body } = await cluster.request(CONFIG_MAPS);
  return body.items.map((it: any) => it.metadata.name);
}

jest.setTimeout(120_000);

describe.each(['inside', 'each'] as const)('startSandbox, %s', kind => {
  let sandbox: ClusterSet;
  let one: TestCluster;
  beforeEach(async () => {
    sandbox = await startSandbox({ clusters: ['one', 'two'], process: kind });
    [one] = sandbox.clusters;
  });
  afterEach(() => sandbox.stop());

  it('gives clusters of their own, found by name', async () => {
    await create(one, 'a');
    expect(await names(sandbox.cluster('one'))).toEqual(['a']);
    expect(await names(sandbox.cluster('two'))).toEqual([]);
    expect(() => sandbox.cluster('three')).toThrow(
      'No cluster is called three; there are one, two',
    );
  });

  it('knows an administrator and users without rights', async () => {
    const { nobody } = one.users;
    const { status } = await one.request(CONFIG_MAPS, { token: nobody });
    expect(status).toBe(403);
  });

  it('restarts with the same address, objects and versions', async () => {
    const { url } = one;
    const created = await create(one, 'a');
    await create(one, 'b');
    await one.client.delete(`${CONFIG_MAPS}/b`);
    await one.restart();
    expect(one.url).toBe(url);
    const { body } = await one.request(`${CONFIG_MAPS}/a`);
    expect(body).toEqual(created);
    const later = await create(one, 'c');
    expect(Number(later.metadata.resourceVersion)).toBeGreaterThan(
      Number(created.metadata.resourceVersion) + 2,
    );
    expect(await names(one)).toEqual(['a', 'c']);
  });

  it('forgets its history on demand', async () => {
    const { metadata } = (await one.request(CONFIG_MAPS)).body;
    await create(one, 'a');
    await one.forgetHistory();
    const watch = await one.client.watch(CONFIG_MAPS, {
      query: { resourceVersion: metadata.resourceVersion },
    });
    const [frame] = await watch.rest();
    expect(frame).toMatchObject({ type: 'ERROR', object: { code: 410 } });
  });

  it('removes its files when it stops', async () => {
    const dir = dirname(dirname(one.kubeconfig));
    expect(existsSync(dir)).toBe(true);
    await sandbox.stop();
    expect(existsSync(dir)).toBe(false);
  });
});

describe('a cluster in a process of its own', () => {
  let sandbox: ClusterSet;
  let one: TestCluster;
  let two: TestCluster;
  beforeEach(async () => {
    sandbox = await startSandbox({ clusters: ['one', 'two'], process: 'each' });
    [one, two] = sandbox.clusters;
  });
  afterEach(() => sandbox.stop());

  it('can be frozen without freezing the others', async () => {
    one.signal('SIGSTOP');
    let answered = false;
    const pending = names(one).then(() => {
      answered = true;
    });
    expect(await names(two)).toEqual([]);
    expect(answered).toBe(false);
    one.signal('SIGCONT');
    await pending;
    expect(answered).toBe(true);
  });

  it('can be killed while frozen, and restarted', async () => {
    await create(one, 'a');
    const before = one.pid;
    one.signal('SIGSTOP');
    await one.restart();
    expect(one.pid).not.toBe(before);
    expect(await names(one)).toEqual(['a']);
  });
});

it('says why a cluster inside this process cannot be frozen', async () => {
  const sandbox = await startSandbox();
  try {
    expect(() => sandbox.clusters[0].signal('SIGSTOP')).toThrow(
      "start the sandbox with { process: 'each' }",
    );
  } finally {
    await sandbox.stop();
  }
});

it('refuses a fault that cannot be sent to another process', async () => {
  await expect(
    startSandbox({ process: 'each', faults: { respond: () => undefined } }),
  ).rejects.toThrow('cannot be sent to another process');
});
