/* eslint jest/expect-expect: ["warn", { "assertFunctionNames": ["expect", "onPair", "follow"] }] */
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
import { ReaderAccount } from './__testUtils__/ReaderAccount';
import { send } from './__testUtils__/serverObjects';
import {
  deployServices,
  resolveServices,
  UNKNOWN_WITHOUT,
} from './__testUtils__/workloadServices';

jest.setTimeout(120_000);

const IN_NAMESPACES = WATCHED_RESOURCES.filter(({ namespaced }) => namespaced);

describe.each([
  ['the sandbox', startSandboxPair],
  ['real API servers', startRealPair],
])('the account of the manifests, on %s', (_name, startPair) => {
  let pair: ApiServerPair | undefined;
  let account: ReaderAccount;
  let test: TestFleet | undefined;
  let services: ReturnType<typeof resolveServices> | undefined;

  beforeAll(async () => {
    pair = await startPair();
    if (!pair) return;
    const { client } = pair.faulty;
    await send(client, 'POST', '/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop' },
    });
    // Which the namespace's pods run as; a controller makes it in a cluster that has some.
    await send(client, 'POST', '/api/v1/namespaces/shop/serviceaccounts', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default' },
    });
    await deployServices(client, 'shop');
    account = await ReaderAccount.create(pair.faulty);
  });

  afterAll(async () => {
    account?.close();
    await pair?.stop();
  });

  afterEach(() => {
    services?.stop();
    test?.stop();
  });

  /** A target that is not there is said once by the control plane's own tests. */
  const onPair = (run: () => Promise<void>) => async () => {
    if (pair) await run();
  };

  /** Follows the cluster as the account, and expects that just these kinds cannot be read. */
  async function follow(...unread: string[]) {
    const { url, ca } = pair!.faulty;
    test = startFleet(
      [
        connectionTo({
          name: 'faulty',
          url,
          ca,
          credential: async () => ({ type: 'token', token: account.token }),
        }),
      ],
      () => ({ names: ['shop'], byLabel: false }),
    );
    const { inventory } = test.fleet;
    services = resolveServices({
      inventory,
      cluster: 'faulty',
      namespace: 'shop',
    });
    const states = () =>
      WATCHED_RESOURCES.map(({ kind, namespaced }) => ({
        kind,
        ...inventory.kindState('faulty', kind, namespaced ? 'shop' : undefined),
      }));
    await until(() => states().every(({ synced, error }) => synced || error), {
      what: 'every kind is read or refused',
    });
    expect(states().filter(({ error }) => error)).toEqual(
      unread.map(kind => ({
        kind,
        synced: false,
        error: {
          code: 'forbidden',
          verb: 'watch',
          message: expect.stringContaining('cannot watch resource'),
        },
      })),
    );
    return inventory;
  }

  /** Namespaces are in no namespace, so that no Role lets them be listed; they are not missed. */
  const followNamespace = (...unread: string[]) =>
    follow('Namespace', ...unread);

  /** Expects that just these services are unknown, for want of a kind. */
  async function expectUnknown(kind: WatchedKind) {
    const expected = UNKNOWN_WITHOUT[kind] ?? [];
    await until(
      () => Object.keys(services!.reasons()).join() === expected.join(),
      { what: `unknown without ${kind}: ${expected}` },
    ).catch(error => {
      throw new Error(
        `${error.message}, not ${Object.keys(services!.reasons())}`,
      );
    });
    for (const reason of Object.values(services!.reasons())) {
      expect(reason).toEqual({
        code: 'KindForbidden',
        message: `The account may not watch ${kind} in the namespace shop of faulty.`,
        nextStep: expect.stringContaining('Role'),
        object: { kind: 'Namespace', name: 'shop' },
      });
    }
  }

  describe('in all namespaces', () => {
    it(
      'reads every kind, and knows every service',
      onPair(async () => {
        await follow();
        await test!.untilCondition('faulty', 'live');
        await until(() => Object.keys(services!.reasons()).length === 0, {
          what: 'every service is known',
        });
      }),
    );

    it(
      'may not read Secrets, nor logs and single objects, nor change anything',
      onPair(async () => {
        for (const path of [
          '/api/v1/secrets',
          '/api/v1/namespaces/shop/secrets',
          '/api/v1/namespaces/shop/secrets/password',
          '/api/v1/namespaces/shop/pods/web/log',
          '/apis/apps/v1/namespaces/shop/deployments/web',
        ]) {
          const { status, text } = await account.client.get(path);
          expect([path, status]).toEqual([path, 403]);
          expect(text).not.toContain('hunter2');
        }
        for (const { group, plural: resource } of [
          ...WATCHED_RESOURCES,
          { group: '', plural: 'secrets' },
        ]) {
          for (const verb of ['get', 'create', 'update', 'patch', 'delete']) {
            const may = await account.may({
              group,
              resource,
              verb,
              namespace: 'shop',
            });
            expect([verb, resource, may]).toEqual([verb, resource, false]);
          }
        }
      }),
    );

    it(
      'needs no list where lists are streamed as watches',
      onPair(async () => {
        const lost = { group: '', plural: 'pods', verbs: ['list'] };
        await account.lose(lost);
        try {
          await follow();
          await test!.untilCondition('faulty', 'live');
        } finally {
          await account.regain(lost);
        }
      }),
    );

    describe.each(WATCHED_RESOURCES)(
      'without watch of $plural',
      ({ kind, group, plural }) => {
        const lost = { group, plural, verbs: ['watch'] };

        it(
          `does not read ${kind}, and nothing else is lost`,
          onPair(async () => {
            await account.lose(lost);
            try {
              const inventory = await follow(kind);
              await test!.untilCondition('faulty', 'partial');
              const { kinds } = inventory.clusterState('faulty')!;
              expect(Object.keys(kinds!)).toEqual([kind]);
              await expectUnknown(kind);
            } finally {
              await account.regain(lost);
            }
          }),
        );
      },
    );
  });

  describe('in one namespace', () => {
    beforeAll(
      onPair(async () => {
        await account.narrowTo('shop');
      }),
    );

    it(
      'reads every kind there, knows every service, and sees no other namespace',
      onPair(async () => {
        await followNamespace();
        await test!.untilCondition('faulty', 'live');
        await until(() => Object.keys(services!.reasons()).length === 0, {
          what: 'every service is known',
        });
        for (const path of [
          '/api/v1/namespaces/shop/secrets',
          '/api/v1/namespaces/koala/pods',
          '/api/v1/namespaces',
        ]) {
          const { status } = await account.client.get(path);
          expect([path, status]).toEqual([path, 403]);
        }
      }),
    );

    describe.each(IN_NAMESPACES)(
      'without $plural',
      ({ kind, group, plural }) => {
        const lost = { group, plural };

        it(
          `does not read ${kind}, and nothing else is lost`,
          onPair(async () => {
            await account.lose(lost, 'shop');
            try {
              const inventory = await followNamespace(kind);
              await test!.untilCondition('faulty', 'partial');
              const { kinds } = inventory.clusterState('faulty')!;
              expect(Object.keys(kinds!)).toEqual([kind]);
              await expectUnknown(kind);
            } finally {
              await account.regain(lost, 'shop');
            }
          }),
        );
      },
    );
  });
});
