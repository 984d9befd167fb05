/* eslint jest/expect-expect: ["warn", { "assertFunctionNames": ["expect", "expectHealed", "onPair"] }] */
import { WatchedKind } from '@koala-ops/backstage-plugin-koala-common';
import { RawKubeClient } from '@koala-ops/kube-testing';
import {
  ApiServerPair,
  startRealPair,
  startSandboxPair,
} from '../reflector/__testUtils__/apiServerTargets';
import {
  connectionTo,
  startFleet,
  TestFleet,
} from '../reflector/__testUtils__/fleetOf';
import { resourcePath, WATCHED_RESOURCES } from '../reflector/WatchedResource';

jest.setTimeout(300_000);

const labels = { app: 'web' };
const template = {
  metadata: { labels },
  spec: { containers: [{ name: 'web', image: 'web:1' }] },
};

/** Objects of every kind that Koala follows, as a user would apply them. */
function objectsOf(name: string): Array<[path: string, body: unknown]> {
  const metadata = { name, namespace: 'shop' };
  return [
    [
      '/apis/apps/v1/namespaces/shop/deployments',
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata,
        spec: { replicas: 1, selector: { matchLabels: labels }, template },
      },
    ],
    [
      '/apis/apps/v1/namespaces/shop/replicasets',
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata,
        spec: { replicas: 1, selector: { matchLabels: labels }, template },
      },
    ],
    [
      '/api/v1/namespaces/shop/pods',
      { apiVersion: 'v1', kind: 'Pod', metadata, spec: template.spec },
    ],
    [
      '/api/v1/namespaces/shop/services',
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata,
        spec: { selector: labels, ports: [{ port: 80 }] },
      },
    ],
    [
      '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices',
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {
          ...metadata,
          labels: { 'kubernetes.io/service-name': name },
        },
        addressType: 'IPv4',
        endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: true } }],
        ports: [{ port: 80 }],
      },
    ],
  ];
}

async function send(
  client: RawKubeClient,
  method: string,
  path: string,
  body?: unknown,
  contentType?: string,
): Promise<void> {
  const { status, text } = await client.request(path, {
    method,
    body,
    contentType,
  });
  if (status >= 300) {
    throw new Error(`${method} ${path}: ${status} ${text}`);
  }
}

const create = async (client: RawKubeClient, name: string) => {
  for (const [path, body] of objectsOf(name)) {
    await send(client, 'POST', path, body);
  }
};

const freshList = (client: RawKubeClient) => async (kind: WatchedKind) => {
  const resource = WATCHED_RESOURCES.find(one => one.kind === kind)!;
  const { status, body } = await client.get(resourcePath(resource));
  if (status !== 200) {
    throw new Error(`list ${kind}: ${status}`);
  }
  return body.items as unknown[];
};

describe.each([
  ['the sandbox', startSandboxPair],
  ['real API servers', startRealPair],
])('a fleet that follows %s', (_name, startPair) => {
  let pair: ApiServerPair | undefined;
  let test: TestFleet;
  let toldOfOther: number | undefined;
  let changed = 0;

  beforeAll(async () => {
    pair = await startPair();
    if (!pair) {
      return;
    }
    for (const { client } of [pair.faulty, pair.other]) {
      await send(client, 'POST', '/api/v1/namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'shop' },
      });
      await create(client, 'web');
      await create(client, 'api');
    }
  });

  afterAll(() => pair?.stop());

  beforeEach(async () => {
    if (!pair) {
      return;
    }
    const { faulty, other } = pair;
    test = startFleet([
      connectionTo({
        name: 'faulty',
        url: faulty.url,
        ca: faulty.ca,
        credential: async () => ({ type: 'token', token: faulty.token }),
      }),
      connectionTo({
        name: 'other',
        url: other.url,
        ca: other.ca,
        credential: async () => ({ type: 'token', token: other.token }),
      }),
    ]);
    await test.untilCondition('faulty', 'live');
    await test.untilCondition('other', 'live');
    await test.untilEqual('faulty', freshList(faulty.client));
    await test.untilEqual('other', freshList(other.client));
    toldOfOther = test.mirror.told.get('other');
  });

  afterEach(() => test?.stop());

  /** Changes, creates and deletes objects of the faulty cluster. */
  async function stir() {
    const { client } = pair!.faulty;
    changed += 1;
    await create(client, `new-${changed}`);
    await send(
      client,
      'PATCH',
      '/apis/apps/v1/namespaces/shop/deployments/web',
      { spec: { replicas: changed } },
      'application/merge-patch+json',
    );
    await send(
      client,
      'DELETE',
      `/api/v1/namespaces/shop/pods/new-${changed}?gracePeriodSeconds=0`,
    );
    await send(
      client,
      'DELETE',
      `/api/v1/namespaces/shop/services/new-${changed}`,
    );
  }

  async function expectHealed(maxRelists: number) {
    await stir();
    await test.untilEqual('faulty', freshList(pair!.faulty.client));
    await test.untilCondition('faulty', 'live');
    expect(test.mirror.invented).toEqual([]);
    const lists = Object.values(test.lists('faulty'));
    expect(lists).toHaveLength(WATCHED_RESOURCES.length);
    expect(Math.max(...lists) - 1).toBeLessThanOrEqual(maxRelists);
    expect(test.mirror.told.get('other')).toBe(toldOfOther);
    const other = test.fleet
      .stats()
      .find(({ state }) => state.name === 'other')!;
    expect(other.connections).toBe(1);
  }

  /** A target that is not there is said once by the control plane's own tests. */
  const onPair = (run: () => Promise<void>) => async () => {
    if (pair) {
      await run();
    }
  };

  it(
    'follows changes of every kind',
    onPair(async () => expectHealed(0)),
  );

  it(
    'resumes after a reset',
    onPair(async () => {
      pair!.faulty.reset();
      await stir();
      await expectHealed(0);
    }),
  );

  it(
    'notices a frozen server and goes on when it is woken',
    onPair(async () => {
      pair!.faulty.freeze();
      await test.untilCondition('faulty', 'unreachable');
      pair!.faulty.thaw();
      await expectHealed(1);
    }),
  );

  it(
    'survives a server that is killed while frozen and started again',
    onPair(async () => {
      pair!.faulty.freeze();
      await test.untilCondition('faulty', 'unreachable');
      await pair!.faulty.kill();
      await pair!.faulty.restart();
      await expectHealed(1);
    }),
  );

  it(
    'lists once where the server has forgotten what it missed',
    onPair(async () => {
      await pair!.faulty.cutOff();
      await test.untilCondition('faulty', 'unreachable');
      await stir();
      await pair!.faulty.forgetHistory();
      await pair!.faulty.reconnect();
      await expectHealed(1);
    }),
  );
});
