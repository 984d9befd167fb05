import { runningServer } from './__testing__/runningServer';

jest.setTimeout(60_000);

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
const names = (items: { metadata: { name: string } }[]) =>
  items.map(({ metadata }) => metadata.name);

async function fill(
  client: ReturnType<typeof runningServer>['client'],
  ...wanted: string[]
) {
  for (const name of wanted) {
    await client.post(CONFIG_MAPS, { metadata: { name, labels: { name } } });
  }
}

describe('lists', () => {
  const running = runningServer();

  it('pages through the state of the first page', async () => {
    const { client } = running;
    await fill(client, 'a', 'b', 'c', 'd', 'e');
    const first = (await client.get(`${CONFIG_MAPS}?limit=2`)).body;
    expect(names(first.items)).toEqual(['a', 'b']);
    expect(first.metadata.remainingItemCount).toBe(3);
    await client.delete(`${CONFIG_MAPS}/d`);
    await fill(client, 'bb');
    const { continue: token, resourceVersion } = first.metadata;
    const second = (
      await client.get(`${CONFIG_MAPS}?limit=2&continue=${token}`)
    ).body;
    expect(names(second.items)).toEqual(['c', 'd']);
    expect(second.metadata.resourceVersion).toBe(resourceVersion);
    const third = (
      await client.get(
        `${CONFIG_MAPS}?limit=2&continue=${second.metadata.continue}`,
      )
    ).body;
    expect(names(third.items)).toEqual(['e']);
    expect(third.metadata.continue).toBeUndefined();
  });

  it('answers 410 with a token to go on, once the history is gone', async () => {
    const { client, server } = running;
    await fill(client, 'a', 'b', 'c');
    const { metadata } = (await client.get(`${CONFIG_MAPS}?limit=1`)).body;
    await fill(client, 'aa');
    server.store.compact();
    const gone = await client.get(
      `${CONFIG_MAPS}?limit=1&continue=${metadata.continue}`,
    );
    expect(gone.code).toBe(410);
    expect(gone.body.reason).toBe('Expired');
    const rest = await client.get(
      `${CONFIG_MAPS}?continue=${gone.body.metadata.continue}`,
    );
    expect(names(rest.body.items)).toEqual(['aa', 'b', 'c']);
    const exact = await client.get(
      `${CONFIG_MAPS}?resourceVersion=${metadata.resourceVersion}&resourceVersionMatch=Exact`,
    );
    expect(exact.body.message).toBe(
      'The resourceVersion for the provided list is too old.',
    );
  });

  it('lists an exact revision, any newer one, and refuses the future', async () => {
    const { client, server } = running;
    await fill(client, 'a');
    const then = server.store.revision;
    await fill(client, 'b');
    const at = (query: string) => client.get(`${CONFIG_MAPS}?${query}`);
    const exact = await at(
      `resourceVersion=${then}&resourceVersionMatch=Exact`,
    );
    expect(names(exact.body.items)).toEqual(['a']);
    expect(exact.body.metadata.resourceVersion).toBe(String(then));
    for (const query of ['resourceVersion=0', `resourceVersion=${then}`]) {
      expect(names((await at(query)).body.items)).toEqual(['a', 'b']);
    }
    const legacy = await at(`resourceVersion=${then}&limit=5`);
    expect(names(legacy.body.items)).toEqual(['a']);
    const future = await at('resourceVersion=999999');
    expect(future.code).toBe(504);
    expect(future.headers['retry-after']).toBe('1');
    expect(future.body.details.causes[0].reason).toBe(
      'ResourceVersionTooLarge',
    );
  });

  it.each([
    ['limit=x', 400],
    ['resourceVersion=x', 400],
    ['continue=x', 400],
    ['labelSelector=a%3D%3D%3Db', 400],
    ['fieldSelector=spec.x%3Dy', 400],
    ['resourceVersionMatch=Exact', 422],
    ['resourceVersion=0&resourceVersionMatch=Exact', 422],
    ['resourceVersion=1&resourceVersionMatch=Some', 422],
    ['sendInitialEvents=true', 422],
    ['watch=1&sendInitialEvents=true', 422],
    ['watch=1&resourceVersionMatch=NotOlderThan', 422],
    ['watch=1&resourceVersion=x', 500],
  ])('%s is %d', async (query, code) => {
    expect((await running.client.get(`${CONFIG_MAPS}?${query}`)).code).toBe(
      code,
    );
  });
});

describe('watches', () => {
  const running = runningServer({ bookmarkIntervalMs: 20 });

  it('resume after a revision, with every change once and in order', async () => {
    const { client, server } = running;
    await fill(client, 'a');
    const from = server.store.revision;
    await fill(client, 'b');
    const watch = await client.watch(`${CONFIG_MAPS}?resourceVersion=${from}`);
    await client.patch(`${CONFIG_MAPS}/b`, { data: { x: 'y' } });
    await client.delete(`${CONFIG_MAPS}/b`);
    const frames = await watch.until(3);
    watch.close();
    expect(
      frames.map(({ type, object }) => [
        type,
        Number(object.metadata.resourceVersion) - from,
      ]),
    ).toEqual([
      ['ADDED', 1],
      ['MODIFIED', 2],
      ['DELETED', 3],
    ]);
    expect(frames[0].object).toMatchObject({
      kind: 'ConfigMap',
      apiVersion: 'v1',
    });
  });

  it('start with what is there where no revision is given', async () => {
    const { client } = running;
    await fill(client, 'a', 'b');
    const watch = await client.watch(CONFIG_MAPS);
    const frames = await watch.until(2);
    watch.close();
    expect(frames.map(({ type }) => type)).toEqual(['ADDED', 'ADDED']);
  });

  it('stream the initial list up to a bookmark that ends it', async () => {
    const { client, server } = running;
    await fill(client, 'a');
    const watch = await client.watch(
      `${CONFIG_MAPS}?sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`,
    );
    const frames = await watch.until(3);
    watch.close();
    expect(frames[0].type).toBe('ADDED');
    expect(frames[1]).toEqual({
      type: 'BOOKMARK',
      object: {
        kind: 'ConfigMap',
        apiVersion: 'v1',
        metadata: {
          resourceVersion: String(server.store.revision),
          annotations: { 'k8s.io/initial-events-end': 'true' },
        },
      },
    });
    expect(frames[2].object.metadata).not.toHaveProperty('annotations');
  });

  it('tell of objects that enter and leave the selection', async () => {
    const { client } = running;
    const watch = await client.watch(`${CONFIG_MAPS}?labelSelector=on`);
    await fill(client, 'a');
    const label = (on: string | null) =>
      client.patch(`${CONFIG_MAPS}/a`, { metadata: { labels: { on } } });
    await label('1');
    await label('2');
    const left = await label(null);
    await client.delete(`${CONFIG_MAPS}/a`);
    await fill(client, 'b');
    await client.patch(`${CONFIG_MAPS}/b`, {
      metadata: { labels: { on: '1' } },
    });
    const frames = await watch.until(4);
    watch.close();
    expect(frames.map(({ type }) => type)).toEqual([
      'ADDED',
      'MODIFIED',
      'DELETED',
      'ADDED',
    ]);
    expect(frames[2].object.metadata).toMatchObject({
      resourceVersion: left.body.metadata.resourceVersion,
      labels: { on: '2' },
    });
  });

  it('watch one object by its name', async () => {
    const { client } = running;
    const watch = await client.watch(
      `${CONFIG_MAPS}?fieldSelector=metadata.name%3Db`,
    );
    await fill(client, 'a', 'b');
    const [frame] = await watch.until(1);
    watch.close();
    expect(frame.object.metadata.name).toBe('b');
  });

  it('end after timeoutSeconds', async () => {
    const { client } = running;
    const watch = await client.watch(`${CONFIG_MAPS}?timeoutSeconds=1`);
    await watch.ended;
    expect(watch.frames).toEqual([]);
  });

  it('are told with 200 and an ERROR that their revision is gone', async () => {
    const { client, server } = running;
    await fill(client, 'a', 'b');
    server.store.compact();
    const watch = await client.watch(`${CONFIG_MAPS}?resourceVersion=2`);
    await watch.ended;
    expect(watch.frames).toEqual([
      {
        type: 'ERROR',
        object: {
          kind: 'Status',
          apiVersion: 'v1',
          metadata: {},
          status: 'Failure',
          message: `too old resource version: 2 (${server.store.compactedRevision})`,
          reason: 'Expired',
          code: 410,
        },
      },
    ]);
  });
});

describe('faults', () => {
  describe('swallowDelete', () => {
    const running = runningServer({ faults: { swallowDelete: true } });
    it('keeps deletions from watches', async () => {
      const { client, server } = running;
      await fill(client, 'a');
      const watch = await client.watch(
        `${CONFIG_MAPS}?resourceVersion=${server.store.revision}`,
      );
      await client.delete(`${CONFIG_MAPS}/a`);
      await fill(client, 'b');
      const [frame] = await watch.until(1);
      watch.close();
      expect(frame.type).toBe('ADDED');
    });
  });

  describe('ignoreSelector', () => {
    const running = runningServer({ faults: { ignoreSelector: true } });
    it('selects everything', async () => {
      const { client } = running;
      await fill(client, 'a', 'b');
      const { items } = (
        await client.get(`${CONFIG_MAPS}?labelSelector=name%3Da`)
      ).body;
      expect(names(items)).toEqual(['a', 'b']);
    });
  });

  describe('neverGone', () => {
    const running = runningServer({ faults: { neverGone: true } });
    it('answers with what is left', async () => {
      const { client, server } = running;
      await fill(client, 'a', 'b');
      const { metadata } = (await client.get(`${CONFIG_MAPS}?limit=1`)).body;
      await fill(client, 'c');
      server.store.compact();
      const page = await client.get(
        `${CONFIG_MAPS}?continue=${metadata.continue}`,
      );
      expect(page.code).toBe(200);
      const watch = await client.watch(`${CONFIG_MAPS}?resourceVersion=2`);
      await fill(client, 'd');
      const [frame] = await watch.until(1);
      watch.close();
      expect(frame.object.metadata.name).toBe('d');
    });
  });

  describe('respond', () => {
    const running = runningServer();
    it('answers in place of the server, while it is set', async () => {
      const { client, server } = running;
      server.faults.respond = ({ verb, resource }) =>
        verb === 'list' && resource === 'configmaps'
          ? { status: 429, headers: { 'retry-after': '7' }, body: '{}' }
          : undefined;
      const refused = await client.get(CONFIG_MAPS);
      expect(refused.code).toBe(429);
      expect(refused.headers['retry-after']).toBe('7');
      expect((await client.get('/api/v1/pods')).code).toBe(200);
      server.faults.respond = undefined;
      expect((await client.get(CONFIG_MAPS)).code).toBe(200);
    });
  });
});
