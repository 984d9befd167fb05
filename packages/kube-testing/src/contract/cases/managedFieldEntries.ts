import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure } from '../expectations';
import { applied, ownersOf, written } from '../fieldOwners';
import { configMap, unscheduledPod } from '../objects';

/** The entries of `managedFields`: how they are named, kept, cleared and shown. */
export const managedFieldEntryCases = area('managedFields entries', {
  'the manager is the first part of the User-Agent where none is named':
    async t => {
      const names: unknown[] = [];
      for (const [index, agent] of [
        'kubectl/v1.35.1 (linux/amd64) kubernetes/abc',
        'curl',
        '/x',
        `${'y'.repeat(140)}/1`,
        undefined,
      ].entries()) {
        const { body } = await t.client.post(
          t.path('configmaps'),
          configMap(`a${index}`, { data: { x: '1' } }),
          { headers: agent ? { 'user-agent': agent } : {} },
        );
        names.push(body.metadata.managedFields[0].manager);
      }
      assert.deepEqual(names, [
        'kubectl',
        'curl',
        'unknown',
        'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy',
        'unknown',
      ]);
    },

  'a manager is checked in creates and updates too': async t => {
    const manager = 'x'.repeat(129);
    const created = await t.client.post(t.path('configmaps'), configMap('a'), {
      query: { fieldManager: manager },
    });
    assertFailure(created, {
      message:
        'CreateOptions.meta.k8s.io "" is invalid: fieldManager: Too long: may not be more than 128 bytes',
      reason: 'Invalid',
      details: {
        group: 'meta.k8s.io',
        kind: 'CreateOptions',
        causes: [
          {
            reason: 'FieldValueTooLong',
            message: 'Too long: may not be more than 128 bytes',
            field: 'fieldManager',
          },
        ],
      },
      code: 422,
    });
    await t.create('configmaps', configMap('a'));
    const updated = await t.client.put(
      t.path('configmaps', 'a'),
      configMap('a'),
      {
        query: { fieldManager: manager },
      },
    );
    assertFailure(updated, {
      message:
        'UpdateOptions.meta.k8s.io "" is invalid: fieldManager: Too long: may not be more than 128 bytes',
      reason: 'Invalid',
      details: {
        group: 'meta.k8s.io',
        kind: 'UpdateOptions',
        causes: [
          {
            reason: 'FieldValueTooLong',
            message: 'Too long: may not be more than 128 bytes',
            field: 'fieldManager',
          },
        ],
      },
      code: 422,
    });
  },

  'there are ten updaters at most': async t => {
    await t.create('configmaps', configMap('a', { data: { x: '1' } }));
    await applied(t, 'configmaps', configMap('a', { data: { y: '1' } }));
    for (let index = 0; index < 12; index += 1) {
      await written(t, 'configmaps', {
        manager: `updater-${String.fromCharCode(97 + index)}`,
        name: 'a',
        patch: { data: { [`f${index}`]: '1' } },
      });
    }
    const { metadata } = await t.read('configmaps', 'a');
    const managers = metadata.managedFields.map((it: any) => it.manager);
    assert.equal(managers.length, 11);
    assert.ok(managers.includes('ancient-changes'), managers.join());
  },

  'owners are cleared by an empty list or an empty entry': async t => {
    for (const [name, managedFields] of [
      ['a', []],
      ['b', [{}]],
    ] as const) {
      await written(t, 'configmaps', {
        manager: 'one',
        body: configMap(name, { data: { x: '1' } }),
      });
      const cleared = await written(t, 'configmaps', {
        manager: 'two',
        name,
        patch: { metadata: { managedFields } },
      });
      assert.equal(cleared.metadata.managedFields, undefined);
      const later = await written(t, 'configmaps', {
        manager: 'three',
        name,
        patch: { data: { y: '1' } },
      });
      assert.equal(later.metadata.managedFields, undefined);
    }
    const body = configMap('c', {
      metadata: { managedFields: [] },
      data: { x: '1' },
    });
    assert.deepEqual(
      ownersOf(await written(t, 'configmaps', { manager: 'one', body })),
      { 'one Update v1': ['data', 'data.x'] },
    );
  },

  'owners can be written': async t => {
    const created = await written(t, 'configmaps', {
      manager: 'one',
      body: configMap('a', { data: { x: '1' } }),
    });
    created.metadata.managedFields[0].manager = 'renamed';
    const renamed = await written(t, 'configmaps', {
      manager: 'two',
      name: 'a',
      body: created,
    });
    assert.deepEqual(ownersOf(renamed), {
      'renamed Update v1': ['data', 'data.x'],
    });
    const broken = {
      manager: 'x',
      operation: 'Nonsense',
      apiVersion: 'v1',
      fieldsType: 'FieldsV1',
      fieldsV1: {},
    };
    const { body } = await t.client.patch(t.path('configmaps', 'a'), 'merge', {
      metadata: { managedFields: [broken] },
    });
    assert.deepEqual(ownersOf(body), {
      'renamed Update v1': ['data', 'data.x'],
    });
    const gone = {
      manager: 'y',
      operation: 'Update',
      apiVersion: 'example.com/v9',
      fieldsType: 'FieldsV1',
      time: '2026-01-01T00:00:00Z',
      fieldsV1: { 'f:data': { 'f:x': {} } },
    };
    const after = await written(t, 'configmaps', {
      manager: 'two',
      name: 'a',
      patch: { metadata: { managedFields: [gone] }, data: { z: '1' } },
    });
    assert.deepEqual(ownersOf(after), { 'two Update v1': ['data.z'] });
  },

  'nobody owns what the server sets': async t => {
    const created = await written(t, 'pods', {
      manager: 'one',
      body: unscheduledPod('a'),
    });
    const updated = await written(t, 'pods', {
      manager: 'two',
      name: 'a',
      patch: {
        metadata: {
          labels: { a: 'b' },
          ownerReferences: [
            {
              apiVersion: 'v1',
              kind: 'ConfigMap',
              name: 'x',
              uid: 'e8a2d3a6-6f0c-4c1e-9a55-1d3f7f3c2b1a',
            },
          ],
        },
      },
    });
    assert.deepEqual(Object.keys(ownersOf(created)), ['one Update v1']);
    assert.deepEqual(ownersOf(updated)['two Update v1'], [
      'metadata.labels',
      'metadata.labels.a',
      'metadata.ownerReferences',
      'metadata.ownerReferences[uid=e8a2d3a6-6f0c-4c1e-9a55-1d3f7f3c2b1a]',
    ]);
  },

  'deleting changes no owner': async t => {
    const created = await written(t, 'configmaps', {
      manager: 'one',
      body: configMap('a', { metadata: { finalizers: ['example.com/a'] } }),
    });
    await t.client.delete(t.path('configmaps', 'a'), {
      query: { propagationPolicy: 'Foreground' },
    });
    const marked = await t.read('configmaps', 'a');
    assert.deepEqual(
      marked.metadata.managedFields,
      created.metadata.managedFields,
    );
    await t.merge('configmaps', 'a', { metadata: { finalizers: null } });
  },

  'lists, watches and metadata show owners too': async t => {
    const watch = await t.watch('configmaps', {
      fieldSelector: 'metadata.name=a',
    });
    const { metadata } = await written(t, 'configmaps', {
      manager: 'one',
      body: configMap('a', { data: { x: '1' } }),
    });
    const [frame] = await watch.take(1);
    assert.deepEqual(frame.object.metadata, metadata);
    const { items } = await t.list('configmaps', {
      fieldSelector: 'metadata.name=a',
    });
    assert.deepEqual(items[0].metadata, metadata);
    const partial = await t.ok(t.path('configmaps', 'a'), {
      headers: {
        accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
      },
    });
    assert.deepEqual(partial.metadata, metadata);
  },
});
