import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { masked, sequence } from '../expectations';
import { applied, apply, ownersOf } from '../fieldOwners';
import { configMap, deployment, unscheduledPod } from '../objects';

/** Server-side apply: what it makes of an object, and who owns it afterwards. */
export const applyCases = area('apply', {
  'creates an object that is not there': async t => {
    const watch = await t.watch('configmaps', {
      fieldSelector: 'metadata.name=a',
    });
    const response = await apply(
      t,
      'configmaps',
      configMap('a', { data: { x: '1' }, labels: { l: 'm' } }),
    );
    assert.equal(response.status, 201);
    assert.deepEqual(masked(response.body), {
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: {
        name: 'a',
        namespace: t.namespace,
        uid: '<uid>',
        resourceVersion: '<resourceVersion>',
        creationTimestamp: '<creationTimestamp>',
        labels: { l: 'm' },
      },
      data: { x: '1' },
    });
    assert.deepEqual(ownersOf(response.body), {
      'me Apply v1': ['data.x', 'metadata.labels.l'],
    });
    assert.deepEqual(sequence(await watch.take(1)), ['ADDED a']);
    const { metadata } = await t.read('configmaps', 'a');
    assert.deepEqual(metadata, response.body.metadata);
  },

  'tells the owners in the form of the real server': async t => {
    const { metadata } = await applied(t, 'pods', {
      ...unscheduledPod('a'),
      metadata: { name: 'a', finalizers: ['example.com/b', 'example.com/a'] },
    });
    await t.merge('pods', 'a', { metadata: { finalizers: null } });
    const [{ time, ...entry }] = metadata.managedFields;
    assert.deepEqual(
      JSON.stringify(entry),
      '{"manager":"me","operation":"Apply","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:finalizers":{"v:\\"example.com/a\\"":{},"v:\\"example.com/b\\"":{}}},"f:spec":{"f:automountServiceAccountToken":{},"f:containers":{"k:{\\"name\\":\\"main\\"}":{".":{},"f:image":{},"f:name":{}}},"f:schedulerName":{}}}}',
    );
  },

  'says 200 where the object is there': async t => {
    await t.create('configmaps', configMap('a', { data: { x: '1' } }));
    const response = await apply(
      t,
      'configmaps',
      configMap('a', { data: { y: '1' } }),
    );
    assert.equal(response.status, 200);
    assert.deepEqual(response.body.data, { x: '1', y: '1' });
    assert.deepEqual(ownersOf(response.body), {
      'me Apply v1': ['data.y'],
      'unknown Update v1': ['data', 'data.x'],
    });
  },

  'of the same again changes nothing, not even a time': async t => {
    const object = configMap('a', { data: { x: '1' } });
    const first = await applied(t, 'configmaps', object);
    assert.deepEqual(await applied(t, 'configmaps', object), first);
  },

  'by another of what is there already makes an owner without a time':
    async t => {
      const object = configMap('a', { data: { x: '1' } });
      const first = await applied(t, 'configmaps', object);
      const second = await applied(t, 'configmaps', object, { manager: 'you' });
      assert.deepEqual(ownersOf(second), {
        'you Apply v1 without time': ['data.x'],
        'me Apply v1': ['data.x'],
      });
      assert.notEqual(
        second.metadata.resourceVersion,
        first.metadata.resourceVersion,
      );
      const again = await applied(t, 'configmaps', object, { manager: 'you' });
      assert.deepEqual(again, second);
    },

  'reads YAML': async t => {
    const response = await t.client.request(t.path('configmaps', 'a'), {
      method: 'PATCH',
      contentType: 'application/apply-patch+yaml',
      query: { fieldManager: 'me' },
      body: [
        '# a comment',
        'apiVersion: v1',
        'kind: ConfigMap',
        'metadata:',
        '  name: a',
        '  annotations: {example.com/on: "true"}',
        'data:',
        '  x: |',
        '    two',
        '    lines',
        '---',
        'second: document',
      ].join('\n'),
    });
    assert.equal(response.status, 201, response.text);
    assert.deepEqual(response.body.data, { x: 'two\nlines\n' });
    assert.deepEqual(ownersOf(response.body), {
      'me Apply v1': ['data.x', 'metadata.annotations.example.com/on'],
    });
  },

  'as a dry run writes nothing': async t => {
    const created = await apply(
      t,
      'configmaps',
      configMap('new', { data: { x: '1' } }),
      { query: { dryRun: 'All' } },
    );
    assert.equal(created.status, 201);
    assert.equal(created.body.metadata.resourceVersion, undefined);
    assert.equal((await t.client.get(t.path('configmaps', 'new'))).status, 404);
    const before = await applied(
      t,
      'configmaps',
      configMap('a', { data: { x: '1' } }),
    );
    const dry = await applied(
      t,
      'configmaps',
      configMap('a', { data: { x: '2', y: '1' } }),
      { query: { dryRun: 'All' } },
    );
    assert.deepEqual(dry.data, { x: '2', y: '1' });
    assert.equal(dry.metadata.resourceVersion, before.metadata.resourceVersion);
    assert.deepEqual(ownersOf(dry), { 'me Apply v1': ['data.x', 'data.y'] });
    assert.deepEqual(await t.read('configmaps', 'a'), before);
  },

  'does not give a Deployment a new generation for labels': async t => {
    const object = deployment('web', { replicas: 0 });
    await applied(t, 'deployments', object);
    object.metadata.labels = { app: 'web', team: 'x' };
    const labelled = await applied(t, 'deployments', object);
    assert.equal(labelled.metadata.generation, 1);
    object.spec.template.spec.containers[0].image = 'shop/cart:2.0.0';
    const changed = await applied(t, 'deployments', object);
    assert.equal(changed.metadata.generation, 2);
    assert.deepEqual(ownersOf(changed), {
      'me Apply apps/v1': [
        'metadata.labels.app',
        'metadata.labels.team',
        'spec.replicas',
        'spec.selector',
        'spec.template.metadata.labels.app',
        'spec.template.spec.containers[name=main]',
        'spec.template.spec.containers[name=main].image',
        'spec.template.spec.containers[name=main].name',
        'spec.template.spec.terminationGracePeriodSeconds',
      ],
    });
  },
});
