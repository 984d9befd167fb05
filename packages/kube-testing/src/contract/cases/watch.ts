import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertGrowing, sequence, version } from '../expectations';
import { configMap } from '../objects';

/** What a watch tells, in which order, and from where it goes on. */
export const watchCases = area('watch', {
  'from a list tells every later change in order': async t => {
    await t.create('configmaps', configMap('old'));
    const { metadata } = await t.list('configmaps');
    const watch = await t.watch('configmaps', {
      resourceVersion: metadata.resourceVersion,
    });
    const created = await t.create('configmaps', configMap('a'));
    const changed = await t.merge('configmaps', 'a', { data: { k: 'v' } });
    await t.remove('configmaps', 'a');
    const frames = await watch.take(3);
    assert.deepEqual(sequence(frames), ['ADDED a', 'MODIFIED a', 'DELETED a']);
    assert.deepEqual(frames[0].object, created);
    assert.deepEqual(frames[1].object, changed);
    assertGrowing(frames);
  },

  'tells of a deletion with the last state and a newer resourceVersion':
    async t => {
      const { metadata, data, kind } = await t.create(
        'configmaps',
        configMap('a', { data: { k: 'v' } }),
      );
      const watch = await t.watch('configmaps', {
        resourceVersion: metadata.resourceVersion,
      });
      await t.remove('configmaps', 'a');
      const [frame] = await watch.take(1);
      assert.equal(frame.type, 'DELETED');
      assert.equal(frame.object.kind, kind);
      assert.deepEqual(frame.object.data, data);
      assert.equal(frame.object.metadata.uid, metadata.uid);
      assert.ok(version(frame.object) > BigInt(metadata.resourceVersion));
    },

  'without a resourceVersion starts with what is there': async t => {
    await t.create('configmaps', configMap('a'));
    await t.create('configmaps', configMap('b'));
    const watch = await t.watch('configmaps');
    await t.create('configmaps', configMap('c'));
    const frames = await watch.take(3);
    assert.deepEqual(sequence(frames).slice(0, 2).sort(), [
      'ADDED a',
      'ADDED b',
    ]);
    assert.deepEqual(sequence(frames)[2], 'ADDED c');
  },

  'from 0 starts with what is there': async t => {
    const { metadata } = await t.create('configmaps', configMap('a'));
    // What is at hand may be behind for a moment; a list makes it catch up.
    await t.list('configmaps', { resourceVersion: metadata.resourceVersion });
    const watch = await t.watch('configmaps', { resourceVersion: 0 });
    assert.deepEqual(sequence(await watch.take(1)), ['ADDED a']);
  },

  'goes on after the event whose resourceVersion it is given': async t => {
    const { metadata } = await t.list('configmaps');
    const watch = await t.watch('configmaps', {
      resourceVersion: metadata.resourceVersion,
    });
    for (const name of ['a', 'b', 'c']) {
      await t.create('configmaps', configMap(name));
    }
    await t.remove('configmaps', 'b');
    const all = await watch.take(4);
    const resumed = await t.watch('configmaps', {
      resourceVersion: all[1].object.metadata.resourceVersion,
    });
    assert.deepEqual(await resumed.take(2), all.slice(2));
  },

  'tells two watchers the same': async t => {
    const { metadata } = await t.list('configmaps');
    const query = { resourceVersion: metadata.resourceVersion };
    const one = await t.watch('configmaps', query);
    const two = await t.watch('configmaps', query);
    await t.create('configmaps', configMap('a'));
    await t.merge('configmaps', 'a', { data: { k: 'v' } });
    await t.remove('configmaps', 'a');
    assert.deepEqual(await one.take(3), await two.take(3));
  },

  'tells of a successor as of another object': async t => {
    const { metadata } = await t.create('configmaps', configMap('a'));
    const watch = await t.watch('configmaps', {
      resourceVersion: metadata.resourceVersion,
    });
    await t.remove('configmaps', 'a');
    await t.create('configmaps', configMap('a'));
    const frames = await watch.take(2);
    assert.deepEqual(sequence(frames), ['DELETED a', 'ADDED a']);
    assert.notEqual(
      frames[0].object.metadata.uid,
      frames[1].object.metadata.uid,
    );
  },

  'is silent about writes that change nothing': async t => {
    const created = await t.create(
      'configmaps',
      configMap('a', { data: { k: 'v' } }),
    );
    const watch = await t.watch('configmaps', {
      resourceVersion: created.metadata.resourceVersion,
    });
    await t.merge('configmaps', 'a', { data: { k: 'v' } });
    await t.client.put(t.path('configmaps', 'a'), created);
    await t.create('configmaps', configMap('b'));
    assert.deepEqual(sequence(await watch.take(1)), ['ADDED b']);
  },

  'of one namespace is silent about the others': async t => {
    const other = `${t.namespace}-b`;
    await t.client.post('/api/v1/namespaces', { metadata: { name: other } });
    const { metadata } = await t.list('configmaps');
    const watch = await t.watch('configmaps', {
      resourceVersion: metadata.resourceVersion,
    });
    await t.client.post(
      `/api/v1/namespaces/${other}/configmaps`,
      configMap('elsewhere'),
    );
    await t.create('configmaps', configMap('a'));
    assert.deepEqual(sequence(await watch.take(1)), ['ADDED a']);
  },

  'of all namespaces tells of each': async t => {
    const { metadata } = await t.ok('/api/v1/configmaps', {
      query: { limit: 1 },
    });
    const watch = await t.client.watch('/api/v1/configmaps', {
      query: {
        resourceVersion: metadata.resourceVersion,
        labelSelector: `run=${t.namespace}`,
      },
    });
    await t.create(
      'configmaps',
      configMap('a', { labels: { run: t.namespace } }),
    );
    const [frame] = await watch.take(1);
    watch.close();
    assert.equal(frame.object.metadata.namespace, t.namespace);
  },

  "of an object's own path is a plain read": async t => {
    const created = await t.create('configmaps', configMap('a'));
    const body = await t.ok(t.path('configmaps', 'a'), { query: { watch: 1 } });
    assert.deepEqual(body, created);
  },

  'tells of objects that begin and cease to match its labels': async t => {
    await t.create('configmaps', configMap('a', { labels: { app: 'web' } }));
    await t.create('configmaps', configMap('b', { labels: { app: 'api' } }));
    const { metadata } = await t.list('configmaps');
    const watch = await t.watch('configmaps', {
      resourceVersion: metadata.resourceVersion,
      labelSelector: 'app=web',
    });
    const relabel = (name: string, app: string | null) =>
      t.merge('configmaps', name, { metadata: { labels: { app } } });
    await relabel('b', 'web');
    await t.merge('configmaps', 'b', { data: { k: 'v' } });
    const left = await relabel('b', null);
    await t.merge('configmaps', 'b', { data: { k: 'w' } });
    await t.remove('configmaps', 'b');
    await t.remove('configmaps', 'a');
    const frames = await watch.take(4);
    assert.deepEqual(sequence(frames), [
      'ADDED b',
      'MODIFIED b',
      'DELETED b',
      'DELETED a',
    ]);
    assert.equal(
      frames[2].object.metadata.resourceVersion,
      left.metadata.resourceVersion,
    );
    assert.equal(frames[2].object.metadata.labels.app, 'web');
  },

  'selects by field': async t => {
    const { metadata } = await t.list('configmaps');
    const watch = await t.watch('configmaps', {
      resourceVersion: metadata.resourceVersion,
      fieldSelector: 'metadata.name=b',
    });
    await t.create('configmaps', configMap('a'));
    await t.create('configmaps', configMap('b'));
    await t.remove('configmaps', 'a');
    await t.remove('configmaps', 'b');
    assert.deepEqual(sequence(await watch.take(2)), ['ADDED b', 'DELETED b']);
  },
});
