import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApiServer } from '@koala-ops/kube-sandbox';
import { RawKubeClient } from '@koala-ops/kube-testing';
import {
  connectionTo,
  startFleet,
  TestFleet,
} from '../reflector/__testUtils__/fleetOf';
import { until } from '../reflector/__testUtils__/until';
import { WATCHED_RESOURCES } from '../reflector/WatchedResource';
import { ReaderAccount } from './__testUtils__/ReaderAccount';

/** Older API servers do not know how to stream a list. */
const NO_STREAMING = {
  status: 422,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    code: 422,
    reason: 'Invalid',
    message: 'sendInitialEvents: Forbidden',
  }),
};

describe('the account of the manifests, where lists are not streamed', () => {
  let dir: string;
  let server: Awaited<ReturnType<typeof startApiServer>>;
  let client: RawKubeClient;
  let account: ReaderAccount;
  let test: TestFleet;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'koala-pages-'));
    server = await startApiServer({
      name: 'older',
      tls: { dir },
      tokens: { admin: { user: 'admin', groups: ['system:masters'] } },
      faults: {
        respond: ({ query }) =>
          query.has('sendInitialEvents') ? NO_STREAMING : undefined,
      },
    });
    const { url, caPem } = server;
    client = RawKubeClient.create({ url, caPem, token: 'admin' });
    account = await ReaderAccount.create({ url, ca: caPem, client });
  });

  afterEach(() => test.stop());

  afterAll(async () => {
    account.close();
    client.close();
    await server.close();
    await rm(dir, { recursive: true });
  });

  async function follow() {
    test = startFleet([
      connectionTo({
        name: 'older',
        url: server.url,
        ca: server.caPem,
        credential: async () => ({ type: 'token', token: account.token }),
      }),
    ]);
    const states = () =>
      WATCHED_RESOURCES.map(({ kind }) => ({
        kind,
        ...test.fleet.inventory.kindState('older', kind),
      }));
    await until(() => states().every(({ synced, error }) => synced || error), {
      what: 'every kind is read or refused',
    });
    return states().flatMap(({ kind, error }) =>
      error ? [{ kind, ...error }] : [],
    );
  }

  it('reads every kind', async () => {
    expect(await follow()).toEqual([]);
    await test.untilCondition('older', 'live');
    expect(
      test.fleet.stats()[0].reflectors.map(({ listMode }) => listMode),
    ).toEqual(WATCHED_RESOURCES.map(() => 'pages'));
  });

  it.each(WATCHED_RESOURCES)(
    'without list of $plural, does not read $kind, and nothing else is lost',
    async ({ kind, group, plural }) => {
      const lost = { group, plural, verbs: ['list'] };
      await account.lose(lost);
      try {
        expect(await follow()).toMatchObject([
          { kind, code: 'forbidden', verb: 'list' },
        ]);
      } finally {
        await account.regain(lost);
      }
    },
  );
});
