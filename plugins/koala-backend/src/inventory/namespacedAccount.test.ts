/* eslint jest/expect-expect: ["warn", { "assertFunctionNames": ["expect", "onPair"] }] */
import { WatchedKind } from '@koala-ops/backstage-plugin-koala-common';
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
import { until } from '../reflector/__testUtils__/until';
import { WATCHED_RESOURCES } from '../reflector/WatchedResource';
import { LimitedAccount } from './__testUtils__/limitedAccount';
import { create, freshList, send } from './__testUtils__/serverObjects';

jest.setTimeout(300_000);

const KINDS = WATCHED_RESOURCES.filter(({ namespaced }) => namespaced).map(
  ({ kind }) => kind,
);

describe.each([
  ['the sandbox', startSandboxPair],
  ['real API servers', startRealPair],
])('an account that may read single namespaces of %s', (_name, startPair) => {
  let pair: ApiServerPair | undefined;
  let account: LimitedAccount;
  let test: TestFleet;
  let wanted: string[];

  beforeAll(async () => {
    pair = await startPair();
    if (!pair) return;
    const { client } = pair.faulty;
    account = new LimitedAccount(client);
    for (const namespace of ['shop', 'pay', 'closed', 'other']) {
      await send(client, 'POST', '/api/v1/namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      });
      await create(client, 'web', namespace);
    }
  });

  afterAll(() => pair?.stop());

  beforeEach(async () => {
    if (!pair) return;
    const { url, ca, limitedToken } = pair.faulty;
    await account.allow('shop');
    await account.allow('pay');
    wanted = ['closed', 'pay', 'shop'];
    test = startFleet(
      [
        connectionTo({
          name: 'faulty',
          url,
          ca,
          credential: async () => ({ type: 'token', token: limitedToken }),
        }),
      ],
      () => ({ names: wanted, byLabel: false }),
    );
    await untilFollowed('shop', 'pay');
    await untilRefused('closed');
  });

  afterEach(async () => {
    if (!pair) return;
    test.stop();
    await account.forbid('shop').catch(() => {});
    await account.forbid('pay');
  });

  const stateOf = (kind: WatchedKind, namespace: string) =>
    test.fleet.inventory.kindState('faulty', kind, namespace);

  async function untilFollowed(...namespaces: string[]) {
    await until(
      () =>
        namespaces.every(namespace =>
          KINDS.every(kind => {
            const { synced, error } = stateOf(kind, namespace);
            return synced && !error;
          }),
        ),
      { what: `${namespaces} are read` },
    );
  }

  async function untilRefused(namespace: string) {
    await until(
      () =>
        KINDS.every(kind => stateOf(kind, namespace).error?.verb !== undefined),
      { what: `${namespace} is refused` },
    );
  }

  /** Waits until what is held, and what was told, is just what these namespaces hold. */
  async function untilEqual(...namespaces: string[]) {
    await test.untilEqual('faulty', async kind =>
      kind === 'Namespace' ? [] : listOf(kind, ...namespaces),
    );
  }

  async function listOf(kind: WatchedKind, ...namespaces: string[]) {
    const lists = namespaces.map(namespace =>
      freshList(pair!.faulty.client, namespace)(kind),
    );
    return (await Promise.all(lists)).flat();
  }

  const stats = () => test.fleet.stats()[0];

  /** A target that is not there is said once by the control plane's own tests. */
  const onPair = (run: () => Promise<void>) => async () => {
    if (!pair) return;
    await run();
    expect(test.mirror.invented).toEqual([]);
  };

  it(
    'follows those that it may, and names what may not be read in the others',
    onPair(async () => {
      await untilEqual('shop', 'pay');
      await create(pair!.faulty.client, 'more', 'pay');
      await create(pair!.faulty.client, 'unseen', 'closed');
      await untilEqual('shop', 'pay');
      expect(stateOf('Pod', 'closed')).toEqual({
        synced: false,
        error: {
          code: 'forbidden',
          verb: 'watch',
          message: expect.stringContaining(
            'cannot watch resource "pods" in API group "" in the namespace "closed"',
          ),
        },
      });
      await test.untilCondition('faulty', 'partial');
      expect(test.fleet.inventory.clusterState('faulty')).toMatchObject({
        message: expect.stringContaining('1 of 3 namespaces'),
        nextStep: expect.stringContaining('Role'),
      });
      expect(stats().connections).toBe(1);
    }),
  );

  it(
    'needs few connections for many namespaces',
    onPair(async () => {
      const many = Array.from({ length: 8 }, (_, index) => `many-${index}`);
      for (const namespace of many) {
        await send(pair!.faulty.client, 'POST', '/api/v1/namespaces', {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: namespace },
        });
        await account.allow(namespace);
        await create(pair!.faulty.client, 'web', namespace);
      }
      wanted = [...many, 'pay', 'shop'];
      test.fleet.demandChanged();
      await untilFollowed(...wanted);
      await untilEqual(...wanted);
      const watches = stats().reflectors.filter(
        ({ phase }) => phase === 'watching',
      );
      expect(watches).toHaveLength(KINDS.length * wanted.length);
      // An API server takes a hundred streams on a connection, or more.
      expect(stats().connections).toBeLessThanOrEqual(
        Math.ceil((watches.length + 10) / 100),
      );
    }),
  );

  it(
    'takes up and leaves namespaces as they are wanted',
    onPair(async () => {
      wanted = ['pay'];
      test.fleet.demandChanged();
      await test.untilCondition('faulty', 'live');
      await untilEqual('pay');
      expect(
        stats().reflectors.filter(({ namespace }) => namespace === 'shop'),
      ).toEqual([]);
      wanted = ['pay', 'shop'];
      test.fleet.demandChanged();
      await untilFollowed('shop', 'pay');
      await untilEqual('shop', 'pay');
    }),
  );

  it(
    'notices a namespace that is opened, one that is closed, and a kind that is missing',
    onPair(async () => {
      await account.allow('closed', { without: 'configmaps' });
      await until(
        () =>
          KINDS.every(
            kind =>
              kind === 'ConfigMap' ||
              stateOf(kind, 'closed').error === undefined,
          ),
        { what: 'closed is read but for one kind' },
      );
      expect(stateOf('ConfigMap', 'closed').error?.code).toBe('forbidden');
      await account.forbid('closed');
      const told = stateOf('Pod', 'pay');
      await account.forbid('shop');
      // A watch that is open goes on without the right; the next one is refused.
      pair!.faulty.reset();
      await untilRefused('shop');
      await untilRefused('closed');
      await untilFollowed('pay');
      expect(stateOf('Pod', 'pay')).toEqual(told);
      await account.allow('shop');
      await untilFollowed('shop', 'pay');
    }),
  );

  it(
    'goes over to the whole cluster when it may, and back when it may not, without a gap',
    onPair(async () => {
      const { client } = pair!.faulty;
      const gaps: string[] = [];
      const seen = () =>
        [...test.fleet.inventory.list('faulty', 'Deployment', 'shop')].some(
          ({ meta }) => meta.name === 'web',
        );
      const leave = test.fleet.inventory.subscribe(() => {
        if (!seen()) gaps.push('web of shop is gone');
      });
      await account.allowAll();
      let changed = 0;
      const stir = async () => {
        changed += 1;
        await create(client, `new-${changed}`, 'shop');
        await send(
          client,
          'DELETE',
          `/api/v1/namespaces/shop/services/new-${changed}`,
        );
      };
      while (stats().reflectors.some(({ namespace }) => namespace)) {
        await stir();
      }
      await stir();
      await test.untilCondition('faulty', 'live');
      await test.untilEqual('faulty', freshList(client));

      await account.forbidAll();
      pair!.faulty.reset();
      await stir();
      await untilFollowed('shop', 'pay');
      await untilRefused('closed');
      // What was read of a namespace that is wanted stays, with its age; all others are dropped.
      await test.untilEqual('faulty', async kind =>
        kind === 'Namespace'
          ? freshList(client)(kind)
          : listOf(kind, ...wanted),
      );
      leave();
      expect(gaps).toEqual([]);
    }),
  );
});
