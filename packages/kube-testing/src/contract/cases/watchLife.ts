import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import {
  assertFailure,
  assertStatus,
  sequence,
  version,
} from '../expectations';
import { configMap } from '../objects';
import { METADATA, TABLE } from '../mediaTypes';

/** How watches begin and end, and in which form they speak. */
export const watchLifeCases = area('watch', {
  'a selector that cannot be read is 400': async t => {
    const watch = await t.client.watch(t.path('configmaps'), {
      query: { labelSelector: 'app in web' },
    });
    watch.close();
    assert.equal(watch.status, 400);
  },

  'a resourceVersion that is no number is refused': async t => {
    assertFailure(
      await t.client.get(t.path('configmaps'), {
        query: { watch: 1, resourceVersion: 'abc' },
      }),
      {
        code: 500,
        message:
          'resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
      },
    );
  },

  'ends by itself after timeoutSeconds': async t => {
    await t.create('configmaps', configMap('a'));
    const watch = await t.watch('configmaps', { timeoutSeconds: 1 });
    assert.deepEqual(sequence(await watch.rest()), ['ADDED a']);
    assert.match(watch.headers['content-type'], /^application\/json/);
  },

  'bookmarks tell how far it is, before it ends': async t => {
    const { metadata } = await t.list('configmaps');
    const watch = await t.watch('configmaps', {
      resourceVersion: metadata.resourceVersion,
      allowWatchBookmarks: true,
      timeoutSeconds: 3,
    });
    // Of another kind: the watch learns how far the cluster is, and of nothing else.
    const other = await t.create('serviceaccounts', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'a' },
    });
    await t.list('configmaps');
    const frames = await watch.rest();
    const last = frames.at(-1)!;
    assert.ok(frames.every(frame => frame.type === 'BOOKMARK'));
    assert.deepEqual(last.object, {
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: { resourceVersion: last.object.metadata.resourceVersion },
    });
    assert.ok(version(last.object) >= version(other));
  },

  'has no bookmarks unless they are asked for': async t => {
    const { metadata } = await t.list('configmaps');
    const watch = await t.watch('configmaps', {
      resourceVersion: metadata.resourceVersion,
      timeoutSeconds: 3,
    });
    assert.deepEqual(await watch.rest(), []);
  },

  'can be resumed from a bookmark': async t => {
    const watch = await t.watch('configmaps', {
      resourceVersion: (await t.list('configmaps')).metadata.resourceVersion,
      allowWatchBookmarks: true,
      timeoutSeconds: 3,
    });
    await t.create('configmaps', configMap('a'));
    const bookmark = (await watch.rest()).at(-1)!;
    assert.equal(bookmark.type, 'BOOKMARK');
    const resumed = await t.watch('configmaps', {
      resourceVersion: bookmark.object.metadata.resourceVersion,
    });
    await t.create('configmaps', configMap('b'));
    assert.deepEqual(sequence(await resumed.take(1)), ['ADDED b']);
  },

  'from a forgotten moment is one ERROR of 410, and the end': async t => {
    const { metadata } = await t.list('configmaps');
    await t.create('configmaps', configMap('a'));
    await t.cluster.forgetHistory();
    const watch = await t.watch('configmaps', {
      resourceVersion: metadata.resourceVersion,
    });
    const frames = await watch.rest();
    assert.deepEqual(
      frames.map(frame => frame.type),
      ['ERROR'],
    );
    assertStatus(frames[0].object, {
      code: 410,
      reason: 'Expired',
      message: new RegExp(
        `^too old resource version: ${metadata.resourceVersion} \\(\\d+\\)$`,
      ),
    });
  },

  'gives metadata only to those who ask for it': async t => {
    await t.create('configmaps', configMap('a', { data: { k: 'v' } }));
    const watch = await t.watch(
      'configmaps',
      {},
      { headers: { accept: METADATA } },
    );
    const [frame] = await watch.take(1);
    assert.equal(frame.object.kind, 'PartialObjectMetadata');
    assert.equal(frame.object.metadata.name, 'a');
    assert.equal(frame.object.data, undefined);
  },

  'gives rows of a table, with its columns once': async t => {
    await t.create('configmaps', configMap('a'));
    const watch = await t.watch(
      'configmaps',
      {},
      { headers: { accept: TABLE } },
    );
    await t.create('configmaps', configMap('b'));
    const [first, second] = await watch.take(2);
    assert.equal(first.object.kind, 'Table');
    assert.equal(first.object.columnDefinitions.length, 3);
    assert.equal(first.object.rows[0].cells[0], 'a');
    assert.equal(second.object.columnDefinitions ?? null, null);
    assert.equal(second.object.rows[0].cells[0], 'b');
  },
});
