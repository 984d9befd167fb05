/* eslint jest/expect-expect: ["warn", { "assertFunctionNames": ["expect", "expectHealed", "until"] }] */
import { connectionTo, startFleet, TestFleet } from './__testUtils__/fleetOf';
import {
  FaultServer,
  RawObject,
  reply,
  replyStatus,
} from './__testUtils__/FaultServer';
import { rawNamespace, rawPod } from './__testUtils__/rawObjects';
import { TcpGate } from './__testUtils__/TcpGate';
import { until } from './__testUtils__/until';
import { WATCHED_RESOURCES } from './WatchedResource';

jest.setTimeout(120_000);

const PODS = 40;

/** A faulty cluster and a good one, both followed. */
interface Bench {
  server: FaultServer;
  gate: TcpGate;
  test: TestFleet;
  pods: RawObject[];
  /** Changes, creates and deletes a pod. */
  stir(): void;
  /** Answers the next request of that type for pods with the fault, as often as told. */
  once(
    type: 'list' | 'watch',
    fault: Parameters<FaultServer['inject']>[0],
    times?: number,
  ): void;
  stats(): ReturnType<TestFleet['fleet']['stats']>[number];
  podStats(): ReturnType<Bench['stats']>['reflectors'][number];
}

let bench: Bench;
let good: FaultServer;
let toldOfGood: number;

interface OpenOptions {
  http1?: boolean;
  pages?: boolean;
  /** The account may read single namespaces only. */
  apart?: boolean;
}

async function open(options: OpenOptions = {}) {
  good = await FaultServer.start();
  good.put('Pod', rawPod('good'));
  const server = await FaultServer.start(options);
  server.streams = !options.pages;
  server.put('Namespace', rawNamespace('shop'));
  if (options.apart) {
    server.inject(({ kind, namespace, response }) => {
      if (kind === 'Namespace' || namespace !== undefined) {
        return false;
      }
      replyStatus(response, { code: 403, message: 'not all namespaces' });
      return true;
    });
  }
  const pods = Array.from({ length: PODS }, (_, i) =>
    server.put('Pod', rawPod(`web-${i}`, { owner: `rs-${i % 5}` })),
  );
  const gate = await TcpGate.open(server.url);
  const test = startFleet([
    connectionTo({ name: 'good', url: good.url, ca: good.ca }),
    connectionTo({
      name: 'bad',
      url: gate.url,
      ca: server.ca,
      namespaces: options.apart ? ['shop'] : undefined,
    }),
  ]);
  await test.untilCondition('good', 'live');
  await test.untilCondition('bad', 'live');
  await test.untilEqual('bad', kind => server.list(kind));
  // A page by page list is complete before its watch is open; a fault must not fall into that gap.
  await until(
    () => WATCHED_RESOURCES.every(({ kind }) => server.openWatches(kind) === 1),
    { what: 'all watches are open' },
  );
  await new Promise(resolve => setImmediate(resolve));
  toldOfGood = test.mirror.told.get('good')!;
  let stirred = 0;
  const stats = () =>
    test.fleet.stats().find(({ state }) => state.name === 'bad')!;
  bench = {
    server,
    gate,
    test,
    pods,
    stir() {
      stirred += 1;
      server.put('Pod', rawPod(`new-${stirred}`));
      server.put(
        'Pod',
        rawPod('web-1', { uid: pods[1].metadata.uid, ready: stirred % 2 > 0 }),
      );
      server.delete('Pod', pods[1 + stirred]);
    },
    once(type, fault, times = 1) {
      let left = times;
      const heal = server.inject(request => {
        const { kind, namespace } = request;
        const mine = kind === 'Pod' && !options.apart === !namespace;
        if (!mine || request.type !== type || left === 0) {
          return false;
        }
        left -= 1;
        if (left === 0) {
          heal();
        }
        return fault(request);
      });
    },
    stats,
    podStats: () =>
      stats().reflectors.find(
        ({ kind, namespace }) =>
          kind === 'Pod' && !options.apart === !namespace,
      )!,
  };
}

/** After a fault: all as in a fresh LIST, nothing invented, at most one relist, and the other cluster silent. */
async function expectHealed(options: { relists?: number } = {}) {
  const { server, test } = bench;
  server.put('Pod', rawPod('after'));
  await test.untilEqual('bad', kind => server.list(kind));
  await test.untilCondition('bad', 'live');
  expect(test.mirror.invented).toEqual([]);
  for (const [kind, lists] of Object.entries(test.lists('bad'))) {
    expect([kind, lists - 1]).toEqual([
      kind,
      kind === 'Pod' ? options.relists ?? 0 : expect.any(Number),
    ]);
    expect(lists - 1).toBeLessThanOrEqual(1);
  }
  expect(test.mirror.told.get('good')).toBe(toldOfGood);
}

afterEach(async () => {
  bench?.test.stop();
  await bench?.gate.close();
  await bench?.server.stop();
  await good?.stop();
});

const line = (type: string, object: unknown) =>
  `${JSON.stringify({ type, object })}\n`;

describe.each([
  ['HTTP/2', {}],
  ['HTTP/1.1', { http1: true }],
  ['HTTP/2 without streaming lists', { pages: true }],
  ['HTTP/2 in a namespace', { apart: true }],
])('a reflector over %s', (_name, options) => {
  beforeEach(() => open(options));

  it('follows changes', async () => {
    bench.stir();
    bench.server.put('Deployment', {
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      metadata: { name: 'web', namespace: 'shop', uid: 'd' },
      spec: { selector: { matchLabels: { app: 'web' } } },
    });
    await expectHealed();
    expect(bench.stats().protocol).toBe('http1' in options ? 'http/1.1' : 'h2');
    expect([
      ...bench.test.fleet.inventory.ownedBy('bad', 'Pod', 'rs-0'),
    ]).toHaveLength(PODS / 5);
  });

  it('resumes after a TCP reset', async () => {
    bench.gate.reset();
    bench.stir();
    await expectHealed();
  });

  it('resumes after a reset that hid changes which are too old by then', async () => {
    bench.server.silently(() => {
      bench.gate.reset();
      bench.stir();
      bench.server.tick();
      bench.server.compact();
    });
    await expectHealed({ relists: 1 });
  });

  it('notices a frozen server and shows since when, then is whole again', async () => {
    const before = bench.stats().lastByteAt!;
    bench.gate.freeze();
    await bench.test.untilCondition('bad', 'unreachable');
    const state = bench.test.fleet.inventory.clusterState('bad')!;
    expect(state.lastByteAt).toBeGreaterThanOrEqual(before);
    expect(state.since).toBeLessThanOrEqual(Date.now());
    expect(state.message).toMatch(/stopped answering|does not complete/);
    expect(bench.test.fleet.inventory.kindState('bad', 'Pod')).toMatchObject({
      synced: true,
      error: { code: 'unreachable' },
    });
    expect([
      ...bench.test.fleet.inventory.list('bad', 'Pod', 'shop'),
    ]).toHaveLength(PODS);
    bench.stir();
    bench.gate.thaw();
    await expectHealed();
  });

  it('survives a server that is killed and comes back', async () => {
    await bench.gate.close();
    await bench.test.untilCondition('bad', 'unreachable');
    expect(bench.test.fleet.inventory.clusterState('bad')!.message).toMatch(
      /refuses the connection/,
    );
    bench.stir();
    await bench.gate.reopen();
    await expectHealed();
  });

  it('does not take a watch that is dropped and resumed for a lost cluster', async () => {
    const conditions = new Set<string>();
    bench.test.fleet.inventory.subscribe(({ cluster }) =>
      conditions.add(
        `${cluster} ${
          bench.test.fleet.inventory.clusterState(cluster)!.condition
        }`,
      ),
    );
    bench.gate.reset();
    bench.stir();
    await expectHealed();
    expect([...conditions]).toEqual(['bad live']);
  });

  it.each<[string, () => void]>([
    [
      'a watch event in the stream',
      () =>
        bench.server.silently(() => {
          bench.server.compact();
          bench.server.tick();
          bench.server.compact();
        }),
    ],
    [
      'a status',
      () =>
        bench.once('watch', ({ response }) => {
          replyStatus(response, { code: 410, reason: 'Expired' });
          return true;
        }),
    ],
  ])('relists once after 410 as %s', async (_kind, prepare) => {
    prepare();
    bench.server.endWatches('Pod');
    bench.stir();
    await expectHealed({ relists: 1 });
  });

  it('relists once after 410 in the middle of a watch', async () => {
    bench.server.send(
      'Pod',
      line('ERROR', { kind: 'Status', code: 410, reason: 'Expired' }),
    );
    bench.stir();
    await expectHealed({ relists: 1 });
  });

  it('resumes when the server reports another error inside a watch', async () => {
    bench.server.send('Pod', line('ERROR', { kind: 'Status', code: 500 }));
    bench.stir();
    await expectHealed();
  });

  it.each([
    [{ 'retry-after': '1' }, 1_000],
    [{}, 0],
  ])('waits after 429 %j', async (headers, atLeastMs) => {
    const asked: number[] = [];
    bench.once(
      'watch',
      ({ response }) => {
        asked.push(Date.now());
        replyStatus(response, { code: 429 }, headers);
        return true;
      },
      2,
    );
    bench.server.endWatches('Pod');
    bench.stir();
    await expectHealed();
    expect(asked).toHaveLength(2);
    expect(asked[1] - asked[0]).toBeGreaterThanOrEqual(atLeastMs);
  });

  it('rides out 500 and 503', async () => {
    let code = 500;
    bench.once(
      'watch',
      ({ response }) => {
        code = code === 500 ? 503 : 500;
        replyStatus(response, { code });
        return true;
      },
      5,
    );
    bench.server.endWatches('Pod');
    bench.stir();
    await expectHealed();
  });

  it('parks a kind whose right is taken away, says so, and takes it up again', async () => {
    let allowed = false;
    bench.server.inject(({ kind, response }) => {
      if (kind !== 'Pod' || allowed) {
        return false;
      }
      replyStatus(response, {
        code: 403,
        reason: 'Forbidden',
        message: 'pods is forbidden',
      });
      return true;
    });
    bench.server.endWatches('Pod');
    bench.stir();
    await bench.test.untilCondition('bad', 'partial');
    expect(bench.test.fleet.inventory.clusterState('bad')).toMatchObject({
      kinds: {
        Pod: expect.stringMatching(/pods is forbidden|in any namespace/),
      },
      nextStep: expect.stringMatching(/allows list and watch/),
    });
    expect(bench.test.fleet.inventory.kindState('bad', 'Pod')).toMatchObject({
      synced: true,
      error: { code: 'forbidden' },
    });
    allowed = true;
    await expectHealed();
  });

  it.each<[string, string]>([
    ['cut JSON', '{"type":"MODIFIED","object":{"kin\n'],
    ['HTML', '<html><body>Bad Gateway</body></html>\n'],
    ['an unknown type', line('RENAMED', rawPod('x'))],
    ['no metadata', line('ADDED', { kind: 'Pod' })],
    ['no name', line('ADDED', { metadata: { resourceVersion: '9999999' } })],
    ['an empty version', line('ADDED', withVersion(rawPod('x'), ''))],
    ['a version that goes back', line('ADDED', withVersion(rawPod('x'), '1'))],
    ['null', 'null\n'],
    [
      'a bookmark that goes back',
      line('BOOKMARK', withVersion(rawPod(''), '2')),
    ],
  ])('drops a watch that sends %s, and relists once', async (_what, bytes) => {
    bench.server.send('Pod', bytes);
    bench.stir();
    await expectHealed({ relists: 1 });
  });

  it('resumes from the last whole event after one that was cut off', async () => {
    bench.stir();
    bench.server.send('Pod', '{"type":"ADDED","object":{"kind":"Po');
    bench.server.endWatches('Pod');
    await expectHealed();
  });

  it('takes an event twice as no change', async () => {
    const pod = bench.server.put('Pod', rawPod('twice'));
    bench.server.send('Pod', line('ADDED', pod));
    bench.server.send('Pod', line('MODIFIED', pod));
    await expectHealed();
  });

  it('drops a watch whose events come in another order', async () => {
    const [one, two] = [
      withVersion(rawPod('one'), '5001'),
      withVersion(rawPod('two'), '5002'),
    ];
    bench.server.send('Pod', line('ADDED', two) + line('ADDED', one));
    await expectHealed({ relists: 1 });
  });

  it('copes with huge versions', async () => {
    const pod = rawPod('huge');
    bench.server.send(
      'Pod',
      line('ADDED', withVersion(pod, '99999999999999999999998')) +
        line('DELETED', withVersion(pod, '99999999999999999999999')),
    );
    bench.stir();
    await expectHealed({ relists: 1 });
  });

  it('keeps line separators of Unicode, and keys that look like prototypes', async () => {
    const pod = rawPod('odd');
    pod.metadata.labels = JSON.parse(
      '{"__proto__":"a","constructor":"b","text":"a\u2028b\u2029c"}',
    );
    bench.server.put('Pod', pod);
    await expectHealed();
    const [held] = [
      ...bench.test.fleet.inventory.list('bad', 'Pod', 'shop'),
    ].filter(({ meta }) => meta.name === 'odd');
    expect(held.meta.labels.text).toBe('a\u2028b\u2029c');
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });

  it('drops a watch that sends an event larger than any object', async () => {
    bench.server.send('Pod', Buffer.alloc(17 * 1024 * 1024, 'x'));
    await expectHealed({ relists: 1 });
  });

  it('replaces an object of the same name with a new uid', async () => {
    const before = [...bench.test.fleet.inventory.list('bad', 'Pod', 'shop')];
    bench.server.put('Pod', rawPod('web-0', { owner: 'rs-9' }));
    await expectHealed();
    expect(before.map(({ meta }) => meta.uid)).toContain(
      bench.pods[0].metadata.uid,
    );
    expect([
      ...bench.test.fleet.inventory.ownedBy('bad', 'Pod', 'rs-9'),
    ]).toHaveLength(1);
    expect([
      ...bench.test.fleet.inventory.ownedBy('bad', 'Pod', 'rs-0'),
    ]).toHaveLength(PODS / 5 - 1);
  });

  it('goes on after bookmarks and after watches that end in good order', async () => {
    bench.server.bookmark('Pod');
    await until(() => bench.podStats().bookmarks === 1, {
      what: 'the bookmark is taken',
    });
    bench.server.compact();
    bench.server.endWatches('Pod');
    bench.stir();
    await expectHealed();
  });

  it('takes over a relist without telling what is the same', async () => {
    const { inventory } = bench.test.fleet;
    const before = [...inventory.list('bad', 'Pod', 'shop')];
    bench.server.send('Pod', line('ERROR', { code: 410, reason: 'Expired' }));
    await expectHealed({ relists: 1 });
    const after = new Set(inventory.list('bad', 'Pod', 'shop'));
    expect(before.every(pod => after.has(pod))).toBe(true);
  });
});

describe('a reflector that lists', () => {
  const spoilList = async (
    fault: Parameters<FaultServer['inject']>[0],
    times: number,
    pages: boolean,
  ) => {
    await open({ pages });
    bench.once(pages ? 'list' : 'watch', fault, times);
    bench.server.send('Pod', line('ERROR', { code: 410, reason: 'Expired' }));
  };

  it.each<[string, boolean, Parameters<FaultServer['inject']>[0]]>([
    ...[true, false].map(
      pages =>
        [
          'HTML with 200',
          pages,
          ({ response }: { response: any }) => {
            response.writeHead(200, { 'content-type': 'text/html' });
            response.end('<html>login</html>');
            return true;
          },
        ] as [string, boolean, Parameters<FaultServer['inject']>[0]],
    ),
    [
      'HTML that says it is JSON',
      true,
      ({ response }) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end('<html>login</html>');
        return true;
      },
    ],
    [
      'a list that is cut off',
      true,
      ({ response, kind }) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify({
            kind: 'PodList',
            metadata: { resourceVersion: '9' },
            items: bench.server.list(kind),
          }).slice(0, 3_000),
        );
        return true;
      },
    ],
    [
      'a list without a version',
      true,
      ({ response }) => {
        reply(response, 200, { kind: 'PodList', metadata: {}, items: [] });
        return true;
      },
    ],
    [
      'an object without a name in a list',
      true,
      ({ response }) => {
        reply(response, 200, {
          kind: 'PodList',
          metadata: { resourceVersion: '9' },
          items: [{ metadata: { uid: 'x' } }],
        });
        return true;
      },
    ],
    [
      'a streamed list that ends too early',
      false,
      ({ response, kind }) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(line('ADDED', bench.server.list(kind)[0]));
        return true;
      },
    ],
    [
      'a streamed list that is reset',
      false,
      ({ response, kind }) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write(line('ADDED', bench.server.list(kind)[0]));
        setTimeout(() => response.stream.close(2), 50);
        return true;
      },
    ],
    [
      '410 for the next page',
      true,
      ({ response, query }) => {
        if (query.has('continue')) {
          replyStatus(response, { code: 410, reason: 'Expired' });
        } else {
          reply(response, 200, {
            kind: 'PodList',
            metadata: { resourceVersion: '9', continue: 'x' },
            items: [],
          });
        }
        return true;
      },
    ],
  ])('shows nothing of %s (pages: %p)', async (_what, pages, fault) => {
    await spoilList(fault, 2, pages);
    const sizes = new Set<number>();
    bench.test.fleet.inventory.subscribe(() =>
      sizes.add(
        [...bench.test.fleet.inventory.list('bad', 'Pod', 'shop')].length,
      ),
    );
    await expectHealed({ relists: 1 });
    expect([...sizes].every(size => size >= PODS)).toBe(true);
  });

  it.each([[null], [[null]]])(
    'reads %j in place of items as an empty list',
    async items => {
      await open({ pages: true });
      bench.once('list', ({ response }) => {
        const resourceVersion = bench.server.tick();
        reply(response, 200, {
          kind: 'PodList',
          metadata: { resourceVersion },
          items,
        });
        return true;
      });
      bench.server.send('Pod', line('ERROR', { code: 410, reason: 'Expired' }));
      await until(() => bench.podStats().objects === 0, {
        what: 'all pods are gone',
      });
    },
  );

  it('reads many pages as one list', async () => {
    await open({ pages: true });
    bench.server.silently(() => {
      for (let i = 0; i < 1_700; i++) {
        bench.server.put('Pod', rawPod(`many-${i}`));
      }
    });
    bench.server.send('Pod', line('ERROR', { code: 410, reason: 'Expired' }));
    await expectHealed({ relists: 1 });
    expect(bench.podStats().objects).toBe(1_700 + PODS + 1);
  });

  it('is not told half a list by a server that sends a byte at a time', async () => {
    await open();
    const sizes = new Set<number>();
    bench.test.fleet.inventory.subscribe(() =>
      sizes.add(
        [...bench.test.fleet.inventory.list('bad', 'Pod', 'shop')].length,
      ),
    );
    bench.gate.trickle(1_000);
    bench.gate.reset();
    bench.server.compact();
    await new Promise(resolve => setTimeout(resolve, 1_500));
    bench.gate.trickle();
    bench.gate.reset();
    await bench.test.untilEqual('bad', kind => bench.server.list(kind));
    expect([...sizes].every(size => size === PODS)).toBe(true);
    expect(bench.test.mirror.told.get('good')).toBe(toldOfGood);
  });
});

function withVersion(raw: RawObject, resourceVersion: string): RawObject {
  return { ...raw, metadata: { ...raw.metadata, resourceVersion } };
}
