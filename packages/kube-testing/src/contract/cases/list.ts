import assert from 'node:assert/strict';
import { area, ContractTest } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { assertFailure, version } from '../expectations';
import { configMap, unscheduledPod } from '../objects';

async function seed(t: ContractContext): Promise<void> {
  await t.create(
    'configmaps',
    configMap('a', { labels: { app: 'web', tier: '1' } }),
  );
  await t.create(
    'configmaps',
    configMap('b', { labels: { app: 'api', tier: '2' } }),
  );
  await t.create(
    'configmaps',
    configMap('c', { labels: { app: 'web', tier: '3' } }),
  );
  await t.create('configmaps', configMap('d'));
}

function selects(labelSelector: string, names: string[]): ContractTest {
  return async t => {
    await seed(t);
    assert.deepEqual(await t.names('configmaps', { labelSelector }), names);
  };
}

function refuses(
  query: { labelSelector: string } | { fieldSelector: string },
  message: string | RegExp,
): ContractTest {
  return async t =>
    assertFailure(await t.client.get(t.path('configmaps'), { query }), {
      code: 400,
      reason: 'BadRequest',
      message,
    });
}

/** Lists, and what selectors leave of them. */
export const listCases = area('list', {
  'says its kind once, and not in every item': async t => {
    await seed(t);
    const list = await t.list('configmaps');
    assert.equal(list.kind, 'ConfigMapList');
    assert.equal(list.apiVersion, 'v1');
    assert.deepEqual(Object.keys(list.metadata), ['resourceVersion']);
    assert.equal(list.items[0].kind, undefined);
    assert.equal(list.items[0].apiVersion, undefined);
  },

  'of nothing is an empty array': async t => {
    assert.deepEqual((await t.list('deployments')).items, []);
  },

  'in a namespace that does not exist is empty': async t => {
    const list = await t.ok('/api/v1/namespaces/not-there/configmaps');
    assert.deepEqual(list.items, []);
  },

  'is ordered by name': async t => {
    for (const name of ['b', 'a-1', 'a', 'c.d', 'a1']) {
      await t.create('configmaps', configMap(name));
    }
    assert.deepEqual(await t.names('configmaps'), [
      'a',
      'a-1',
      'a1',
      'b',
      'c.d',
    ]);
  },

  'of all namespaces is ordered by "namespace/name"': async t => {
    const second = `${t.namespace}-b`;
    await t.client.post('/api/v1/namespaces', { metadata: { name: second } });
    const labels = { run: t.namespace };
    await t.client.post(
      `/api/v1/namespaces/${second}/configmaps`,
      configMap('a', { labels }),
    );
    await t.create('configmaps', configMap('z', { labels }));
    const { items } = await t.ok('/api/v1/configmaps', {
      query: { labelSelector: `run=${t.namespace}` },
    });
    assert.deepEqual(
      items.map((it: any) => `${it.metadata.namespace}/${it.metadata.name}`),
      [`${second}/a`, `${t.namespace}/z`],
    );
  },

  'has a resourceVersion not older than its items, that grows': async t => {
    await t.create('configmaps', configMap('a'));
    const before = await t.list('configmaps');
    assert.ok(version(before) >= version(before.items[0]));
    await t.create('configmaps', configMap('b'));
    assert.ok(version(await t.list('configmaps')) > version(before));
  },

  'label =': selects('app=web', ['a', 'c']),
  'label ==': selects('app==web', ['a', 'c']),
  'label != also takes objects without it': selects('app!=web', ['b', 'd']),
  'label in': selects('app in (web, api)', ['a', 'b', 'c']),
  'label notin also takes objects without it': selects('app notin (web)', [
    'b',
    'd',
  ]),
  'label exists': selects('app', ['a', 'b', 'c']),
  'label does not exist': selects('!app', ['d']),
  'label greater than': selects('tier>1', ['b', 'c']),
  'label less than': selects('tier<2', ['a']),
  'labels with a comma are all required': selects('app=web,tier in (2,3)', [
    'c',
  ]),
  'an empty label value is a value': async t => {
    await seed(t);
    await t.create('configmaps', configMap('e', { labels: { app: '' } }));
    assert.deepEqual(await t.names('configmaps', { labelSelector: 'app=' }), [
      'e',
    ]);
  },

  'a label selector that cannot be read is 400': refuses(
    { labelSelector: 'app in web' },
    `unable to parse requirement: found 'web' expected: '('`,
  ),
  'a label key that breaks the rules is 400': refuses(
    { labelSelector: '-app=web' },
    /^unable to parse requirement: /,
  ),

  'field metadata.name': async t => {
    await seed(t);
    assert.deepEqual(
      await t.names('configmaps', { fieldSelector: 'metadata.name=b' }),
      ['b'],
    );
    assert.deepEqual(
      await t.names('configmaps', { fieldSelector: 'metadata.name!=b' }),
      ['a', 'c', 'd'],
    );
  },

  'field metadata.namespace': async t => {
    await seed(t);
    const { items } = await t.ok('/api/v1/configmaps', {
      query: { fieldSelector: `metadata.namespace=${t.namespace}` },
    });
    assert.equal(items.length, 4);
  },

  'label and field selectors together': async t => {
    await seed(t);
    assert.deepEqual(
      await t.names('configmaps', {
        labelSelector: 'app=web',
        fieldSelector: 'metadata.name!=a',
      }),
      ['c'],
    );
  },

  'fields of pods: node, phase, restart policy': async t => {
    const onNode = unscheduledPod('on-node');
    onNode.spec.nodeName = 'no-such-node';
    await t.create('pods', onNode);
    await t.create('pods', unscheduledPod('off-node'));
    await t.ok(t.path('pods', 'off-node/status'), {
      method: 'PATCH',
      contentType: 'application/merge-patch+json',
      body: { status: { phase: 'Failed' } },
    });
    const named = (fieldSelector: string) => t.names('pods', { fieldSelector });
    assert.deepEqual(await named('spec.nodeName=no-such-node'), ['on-node']);
    assert.deepEqual(await named('spec.nodeName='), ['off-node']);
    assert.deepEqual(await named('status.phase=Failed'), ['off-node']);
    assert.deepEqual(
      await named('status.phase!=Failed,spec.restartPolicy=Always'),
      ['on-node'],
    );
    await t.remove('pods', 'on-node', { gracePeriodSeconds: 0 });
  },

  'a field that cannot be selected by is 400': refuses(
    { fieldSelector: 'data.k=v' },
    '"data.k" is not a known field selector: only "metadata.name", "metadata.namespace"',
  ),
  'a field selector that cannot be read is 400': refuses(
    { fieldSelector: 'metadata.name' },
    /^invalid selector: 'metadata.name'; can't understand 'metadata.name'$/,
  ),
});
