/* eslint jest/expect-expect: ["warn", { "assertFunctionNames": ["expect", "expectHealed", "onPair"] }] */
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
import { WATCHED_RESOURCES } from '../reflector/WatchedResource';
import { create, freshList, send } from './__testUtils__/serverObjects';

jest.setTimeout(300_000);

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
