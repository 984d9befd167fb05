import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { WatchFrame } from '../../client/RawWatch';
import { assertFailure, sequence, version } from '../expectations';
import { configMap } from '../objects';
import { METADATA } from '../mediaTypes';

const STREAMING = {
  sendInitialEvents: true,
  allowWatchBookmarks: true,
  resourceVersionMatch: 'NotOlderThan',
};
const END = 'k8s.io/initial-events-end';

const isEnd = ({ type, object }: WatchFrame) =>
  type === 'BOOKMARK' && object.metadata.annotations?.[END] === 'true';

function refusal(field: string, message: string) {
  return {
    code: 422,
    reason: 'Invalid',
    message: `ListOptions.meta.k8s.io "" is invalid: ${field}: ${message}`,
    details: {
      group: 'meta.k8s.io',
      kind: 'ListOptions',
      causes: [{ reason: 'FieldValueForbidden', message, field }],
    },
  };
}

/** Lists that come as a watch (`sendInitialEvents`). */
export const streamingListCases = area('streaming list', {
  'sends what is there, then the end of it, then what comes': async t => {
    await t.create('configmaps', configMap('a'));
    await t.create('configmaps', configMap('b'));
    const watch = await t.watch('configmaps', STREAMING);
    const initial = await watch.takeUntil(isEnd);
    assert.deepEqual(sequence(initial.slice(0, -1)).sort(), [
      'ADDED a',
      'ADDED b',
    ]);
    await t.create('configmaps', configMap('c'));
    assert.deepEqual(sequence(await watch.take(1)), ['ADDED c']);
  },

  'its end carries a resourceVersion and nothing else': async t => {
    const created = await t.create('configmaps', configMap('a'));
    const watch = await t.watch('configmaps', STREAMING);
    const end = (await watch.takeUntil(isEnd)).at(-1)!;
    assert.deepEqual(end.object, {
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: {
        resourceVersion: end.object.metadata.resourceVersion,
        annotations: { [END]: 'true' },
      },
    });
    assert.ok(version(end.object) >= version(created));
  },

  'of nothing is its end only': async t => {
    const watch = await t.watch('deployments', STREAMING);
    const [frame] = await watch.take(1);
    assert.ok(isEnd(frame), JSON.stringify(frame));
  },

  'selects by label': async t => {
    await t.create('configmaps', configMap('a', { labels: { app: 'web' } }));
    await t.create('configmaps', configMap('b', { labels: { app: 'api' } }));
    const watch = await t.watch('configmaps', {
      ...STREAMING,
      labelSelector: 'app=api',
    });
    const initial = await watch.takeUntil(isEnd);
    assert.deepEqual(sequence(initial.slice(0, -1)), ['ADDED b']);
  },

  'selects by field': async t => {
    await t.create('configmaps', configMap('a'));
    await t.create('configmaps', configMap('b'));
    const watch = await t.watch('configmaps', {
      ...STREAMING,
      fieldSelector: 'metadata.name=a',
    });
    const initial = await watch.takeUntil(isEnd);
    assert.deepEqual(sequence(initial.slice(0, -1)), ['ADDED a']);
  },

  'is not older than the resourceVersion that it is given': async t => {
    const created = await t.create('configmaps', configMap('a'));
    const watch = await t.watch('configmaps', {
      ...STREAMING,
      resourceVersion: created.metadata.resourceVersion,
    });
    const initial = await watch.takeUntil(isEnd);
    assert.deepEqual(initial[0].object, created);
    assert.ok(version(initial.at(-1)!.object) >= version(created));
  },

  'a watch can go on from its end': async t => {
    await t.create('configmaps', configMap('a'));
    const list = await t.watch('configmaps', STREAMING);
    const end = (await list.takeUntil(isEnd)).at(-1)!;
    list.close();
    await t.create('configmaps', configMap('b'));
    const watch = await t.watch('configmaps', {
      resourceVersion: end.object.metadata.resourceVersion,
    });
    assert.deepEqual(sequence(await watch.take(1)), ['ADDED b']);
  },

  'gives metadata only to those who ask for it': async t => {
    await t.create('configmaps', configMap('a', { data: { k: 'v' } }));
    const watch = await t.watch('configmaps', STREAMING, {
      headers: {
        accept: METADATA,
      },
    });
    const initial = await watch.takeUntil(isEnd);
    assert.deepEqual(
      initial.map(frame => frame.object.kind),
      ['PartialObjectMetadata', 'PartialObjectMetadata'],
    );
  },

  'without resourceVersionMatch is 422': async t => {
    assertFailure(
      await t.client.get(t.path('configmaps'), {
        query: { watch: 1, sendInitialEvents: true, allowWatchBookmarks: true },
      }),
      refusal(
        'resourceVersionMatch',
        'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      ),
    );
  },

  'outside a watch is 422': async t => {
    assertFailure(
      await t.client.get(t.path('configmaps'), {
        query: { sendInitialEvents: true },
      }),
      {
        ...refusal(
          'sendInitialEvents',
          'Forbidden: sendInitialEvents is forbidden for list',
        ),
      },
    );
  },

  'resourceVersionMatch in a plain watch is 422': async t => {
    assertFailure(
      await t.client.get(t.path('configmaps'), {
        query: {
          watch: 1,
          resourceVersionMatch: 'NotOlderThan',
          resourceVersion: 1,
        },
      }),
      refusal(
        'resourceVersionMatch',
        'Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      ),
    );
  },
});
