import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiServer, startApiServer } from '../apiserver/startApiServer';
import {
  ApiClient,
  ApiConnection,
  ApiError,
  Deployment,
  KubeObject,
  Pod,
  resources,
} from '../client';
import { startNodes } from '../nodes';
import { startControllers } from './startControllers';

const TOKEN = 'test';
const SPEED = 20;

jest.setTimeout(120_000);

interface EventObject extends KubeObject {
  reason: string;
  message: string;
  count: number;
  involvedObject: { kind: string; name: string };
}

/** Polls until `read` gives something true; the bound is for hangs only. */
async function until<T>(
  read: () => Promise<T | false | undefined>,
  what: string,
): Promise<T> {
  for (const started = Date.now(); ; ) {
    const result = await read();
    if (result) {
      return result;
    }
    if (Date.now() - started > 60_000) {
      throw new Error(`It never happened: ${what}`);
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

function deployment(name: string, image: string, replicas = 3): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'shop', name },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            {
              name,
              image,
              ports: [{ name: 'http', containerPort: 8080 }],
            },
          ],
        },
      },
    },
  };
}

describe('controllers and nodes on the sandbox', () => {
  let dir: string;
  let server: ApiServer;
  let connection: ApiConnection;
  let client: ApiClient;
  let running: { stop(): Promise<void> }[];

  const listen = (
    options: { port?: number; store?: ApiServer['store'] } = {},
  ) =>
    startApiServer({
      name: 'test',
      tokens: { [TOKEN]: { user: 'admin', groups: ['system:masters'] } },
      tls: { dir },
      ...options,
    });

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'koala-controllers-'));
    server = await listen();
    connection = { server: server.url, token: TOKEN, ca: server.caPem };
    client = ApiClient.create(connection);
    running = [
      startControllers({ connection, speed: SPEED }),
      startNodes({ connection, nodes: 2, speed: SPEED }),
    ];
    await client.create(resources.namespaces, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop' },
    });
  });

  afterAll(async () => {
    await Promise.all(running.map(part => part.stop()));
    await client.close();
    await server.close();
    await rm(dir, { recursive: true });
  });

  const get = (name: string) =>
    client.get(resources.deployments, { namespace: 'shop', name });

  async function podsOf(name: string): Promise<Pod[]> {
    const { items } = await client.list(resources.pods, {
      namespace: 'shop',
      query: { labelSelector: `app=${name}` },
    });
    return items;
  }

  const rolledOut = (name: string) =>
    until(async () => {
      const current = await get(name);
      const { spec, status, metadata } = current;
      return (
        status?.observedGeneration === metadata.generation &&
        (status?.replicas ?? 0) === spec.replicas &&
        (status?.updatedReplicas ?? 0) === spec.replicas &&
        (status?.availableReplicas ?? 0) === spec.replicas &&
        current
      );
    }, `${name} is rolled out`);

  const setImage = (name: string, image: string) =>
    client.patch(
      resources.deployments,
      { namespace: 'shop', name },
      { spec: { template: { spec: { containers: [{ name, image }] } } } },
      { type: 'strategic-merge' },
    );

  const waitingReason = (name: string, reason: string) =>
    until(
      async () =>
        (await podsOf(name)).find(
          ({ status }) =>
            status?.containerStatuses?.[0].state?.waiting?.reason === reason,
        ),
      `a pod of ${name} is in ${reason}`,
    );

  const condition = ({ status }: Deployment, type: string) =>
    status?.conditions?.find(candidate => candidate.type === type);

  async function eventsOf(kind: string): Promise<EventObject[]> {
    const { items } = await client.list(resources.events, {
      namespace: 'shop',
    });
    return (items as EventObject[]).filter(
      ({ involvedObject }) => involvedObject.kind === kind,
    );
  }

  it('rolls a Deployment out, and a new image over it', async () => {
    await client.create(resources.deployments, deployment('cart', 'cart:1'));
    const first = await rolledOut('cart');
    expect(first.metadata.annotations).toMatchObject({
      'deployment.kubernetes.io/revision': '1',
    });
    await setImage('cart', 'cart:2');
    const second = await until(async () => {
      const current = await rolledOut('cart');
      return (
        condition(current, 'Progressing')?.reason ===
          'NewReplicaSetAvailable' &&
        current.metadata.annotations?.['deployment.kubernetes.io/revision'] ===
          '2' &&
        current
      );
    }, 'the second revision is complete');
    expect(condition(second, 'Available')?.status).toBe('True');
    const pods = await until(async () => {
      const found = await podsOf('cart');
      return found.length === 3 && found;
    }, 'the old pods are gone');
    expect(
      pods.map(({ status }) => [
        status?.phase,
        status?.containerStatuses?.[0].image,
      ]),
    ).toEqual(Array(3).fill(['Running', 'docker.io/library/cart:2']));
    expect(new Set(pods.map(({ status }) => status?.podIP)).size).toBe(3);
    const { items } = await client.list(resources.replicaSets, {
      namespace: 'shop',
      query: { labelSelector: 'app=cart' },
    });
    expect(items.map(({ spec }) => spec.replicas).sort()).toEqual([0, 3]);
  });

  it('keeps the old pods while the new ones crash, and recovers', async () => {
    await client.create(resources.deployments, deployment('pay', 'pay:1'));
    await rolledOut('pay');
    await setImage('pay', 'pay:2-crash');
    const crashing = await waitingReason('pay', 'CrashLoopBackOff');
    expect(
      crashing.status?.containerStatuses?.[0].lastState?.terminated,
    ).toMatchObject({ exitCode: 1, reason: 'Error' });
    const stuck = await get('pay');
    expect(stuck.status).toMatchObject({ availableReplicas: 3 });
    expect(condition(stuck, 'Available')?.status).toBe('True');
    await setImage('pay', 'pay:3');
    await rolledOut('pay');
  });

  it('says that an image cannot be pulled, in statuses and events', async () => {
    await client.create(
      resources.deployments,
      deployment('gone', 'registry.example.com/gone:9-missing', 1),
    );
    const pod = await waitingReason('gone', 'ImagePullBackOff');
    expect(pod.status?.phase).toBe('Pending');
    const events = await until(async () => {
      const found = (await eventsOf('Pod')).filter(
        ({ involvedObject }) => involvedObject.name === pod.metadata.name,
      );
      return (
        found.some(({ message }) => message === 'Error: ImagePullBackOff') &&
        found
      );
    }, 'the events are written');
    expect(events.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['Scheduled', 'Pulling', 'Failed', 'BackOff']),
    );
  });

  it('gives up on a rollout after its deadline', async () => {
    const never = deployment('never', 'never:1-unready', 1);
    never.spec.progressDeadlineSeconds = 20;
    await client.create(resources.deployments, never);
    const failed = await until(async () => {
      const current = await get('never');
      const progressing = condition(current, 'Progressing');
      return progressing?.reason === 'ProgressDeadlineExceeded' && progressing;
    }, 'the deadline passes');
    expect(failed.message).toMatch(
      /^ReplicaSet "never-\w+" has timed out progressing\.$/,
    );
  });

  it('scales, and says so in an event', async () => {
    const scale = (replicas: number) =>
      client.patch(
        resources.deployments,
        { namespace: 'shop', name: 'cart' },
        { spec: { replicas } },
      );
    await scale(5);
    await rolledOut('cart');
    await scale(1);
    await rolledOut('cart');
    await until(
      async () => (await podsOf('cart')).length === 1,
      'the pods are gone',
    );
    const messages = (await eventsOf('Deployment')).map(
      ({ message }) => message,
    );
    expect(messages).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Scaled up replica set cart-\w+ from 3 to 5$/),
        expect.stringMatching(/^Scaled down replica set cart-\w+ from 5 to 1$/),
      ]),
    );
  });

  it('lists the pods of a Service in a slice of its own', async () => {
    await client.create(resources.services, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace: 'shop', name: 'cart' },
      spec: {
        selector: { app: 'cart' },
        ports: [{ name: 'http', port: 80, targetPort: 'http' }],
      },
    });
    const slice = await until(async () => {
      const { items } = await client.list(resources.endpointSlices, {
        namespace: 'shop',
        query: { labelSelector: 'kubernetes.io/service-name=cart' },
      });
      return items.length === 1 && items[0].endpoints?.length === 1 && items[0];
    }, 'the slice is written');
    expect(slice).toMatchObject({
      addressType: 'IPv4',
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
      endpoints: [{ conditions: { ready: true } }],
    });
  });

  it('says why a pod fits on no node, and schedules it once it does', async () => {
    const picky = deployment('picky', 'picky:1', 1);
    picky.spec.template.spec.nodeSelector = { disk: 'ssd' };
    await client.create(resources.deployments, picky);
    const message = await until(async () => {
      const [pod] = await podsOf('picky');
      return pod?.status?.conditions?.find(
        ({ type, reason }) =>
          type === 'PodScheduled' && reason === 'Unschedulable',
      )?.message;
    }, 'the pod is refused');
    expect(message).toMatch(
      /^0\/2 nodes are available: 2 node\(s\) didn't match Pod's node affinity\/selector\./,
    );
    await client.patch(
      resources.nodes,
      { name: 'node-2' },
      { metadata: { labels: { disk: 'ssd' } } },
    );
    await rolledOut('picky');
  });

  it('goes on after the API server was restarted', async () => {
    const { store, port } = server;
    await server.close();
    server = await listen({ port, store });
    await setImage('cart', 'cart:4');
    const { status } = await rolledOut('cart');
    expect(status?.readyReplicas).toBe(1);
  });

  it('registers a node again that was deleted', async () => {
    const before = await client.get(resources.nodes, { name: 'node-1' });
    await client.delete(resources.nodes, { name: 'node-1' });
    await until(async () => {
      const node = await client
        .get(resources.nodes, { name: 'node-1' })
        .catch(() => undefined);
      return (
        node !== undefined &&
        node.metadata.uid !== before.metadata.uid &&
        (node.spec?.taints ?? []).length === 0 &&
        node.status?.conditions?.some(
          ({ type, status }) => type === 'Ready' && status === 'True',
        )
      );
    }, 'the node is back, ready and free of taints');
  });

  it.each(['Background', 'Foreground'] as const)(
    'deletes what a Deployment owns (%s)',
    async propagationPolicy => {
      const name = `doomed-${propagationPolicy.toLowerCase()}`;
      await client.create(resources.deployments, deployment(name, 'doomed:1'));
      await rolledOut(name);
      await client.delete(
        resources.deployments,
        { namespace: 'shop', name },
        { propagationPolicy },
      );
      await until(async () => {
        const { items } = await client.list(resources.replicaSets, {
          namespace: 'shop',
          query: { labelSelector: `app=${name}` },
        });
        // In the foreground the Deployment itself goes last.
        const isGone = ApiError.is(await get(name).catch(error => error), 404);
        return (
          isGone && items.length === 0 && (await podsOf(name)).length === 0
        );
      }, 'everything is gone');
    },
  );

  it('leaves orphans, which a new Deployment adopts', async () => {
    await client.create(resources.deployments, deployment('heir', 'heir:1', 1));
    await rolledOut('heir');
    const [before] = await podsOf('heir');
    await client.delete(
      resources.deployments,
      { namespace: 'shop', name: 'heir' },
      { propagationPolicy: 'Orphan' },
    );
    await until(
      async () => ApiError.is(await get('heir').catch(error => error), 404),
      'the Deployment is gone',
    );
    await client.create(resources.deployments, deployment('heir', 'heir:1', 1));
    await rolledOut('heir');
    const pods = await podsOf('heir');
    expect(pods.map(({ metadata }) => metadata.uid)).toEqual([
      before.metadata.uid,
    ]);
  });

  it('empties a namespace that is deleted, and lets it go', async () => {
    await client.delete(resources.namespaces, { name: 'shop' });
    await until(async () => {
      const error = await client
        .get(resources.namespaces, { name: 'shop' })
        .catch(reason => reason);
      return ApiError.is(error, 404);
    }, 'the namespace is gone');
    const { items } = await client.list(resources.pods);
    expect(items).toEqual([]);
  });
});
