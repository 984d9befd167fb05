import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure } from '../expectations';
import { configMap, deployment } from '../objects';

const MODIFIED =
  'the object has been modified; please apply your changes to the latest version and try again';

/** What GET and PUT promise. */
export const updateCases = area('read and update', {
  'an object is read as it was created': async t => {
    const created = await t.create(
      'configmaps',
      configMap('a', { data: { k: 'v' } }),
    );
    assert.deepEqual(await t.read('configmaps', 'a'), created);
  },

  'an object that is not there is 404': async t => {
    assertFailure(await t.client.get(t.path('configmaps', 'a')), {
      code: 404,
      reason: 'NotFound',
      message: 'configmaps "a" not found',
      details: { name: 'a', kind: 'configmaps' },
    });
    assertFailure(await t.client.get(t.path('deployments', 'a')), {
      code: 404,
      reason: 'NotFound',
      message: 'deployments.apps "a" not found',
      details: { name: 'a', group: 'apps', kind: 'deployments' },
    });
  },

  'a replaced object has a newer resourceVersion and the same identity':
    async t => {
      const created = await t.create(
        'configmaps',
        configMap('a', { labels: { old: 'yes' }, data: { k: '1' } }),
      );
      const updated = await t.ok(t.path('configmaps', 'a'), {
        method: 'PUT',
        body: configMap('a', {
          data: { k: '2' },
          metadata: { resourceVersion: created.metadata.resourceVersion },
        }),
      });
      assert.deepEqual(updated.data, { k: '2' });
      assert.equal(updated.metadata.labels, undefined);
      assert.equal(updated.metadata.uid, created.metadata.uid);
      assert.equal(
        updated.metadata.creationTimestamp,
        created.metadata.creationTimestamp,
      );
      assert.ok(
        BigInt(updated.metadata.resourceVersion) >
          BigInt(created.metadata.resourceVersion),
      );
    },

  'an outdated resourceVersion is 409': async t => {
    const created = await t.create('configmaps', configMap('a'));
    await t.merge('configmaps', 'a', { data: { k: 'v' } });
    assertFailure(await t.client.put(t.path('configmaps', 'a'), created), {
      code: 409,
      reason: 'Conflict',
      message: `Operation cannot be fulfilled on configmaps "a": ${MODIFIED}`,
      details: { name: 'a', kind: 'configmaps' },
    });
  },

  'a conflict names the group of the kind': async t => {
    const created = await t.create(
      'deployments',
      deployment('web', { replicas: 0 }),
    );
    await t.merge('deployments', 'web', { metadata: { labels: { x: 'y' } } });
    assertFailure(await t.client.put(t.path('deployments', 'web'), created), {
      code: 409,
      reason: 'Conflict',
      message: `Operation cannot be fulfilled on deployments.apps "web": ${MODIFIED}`,
      details: { name: 'web', group: 'apps', kind: 'deployments' },
    });
  },

  'without a resourceVersion the last writer wins': async t => {
    await t.create('configmaps', configMap('a', { data: { k: '1' } }));
    const updated = await t.ok(t.path('configmaps', 'a'), {
      method: 'PUT',
      body: configMap('a', { data: { k: '2' } }),
    });
    assert.deepEqual(updated.data, { k: '2' });
  },

  'replacing an object that is not there is 404': async t => {
    assertFailure(
      await t.client.put(t.path('configmaps', 'a'), configMap('a')),
      {
        code: 404,
        reason: 'NotFound',
        message: 'configmaps "a" not found',
        details: { name: 'a', kind: 'configmaps' },
      },
    );
  },

  'another name in the object than in the path is 400': async t => {
    await t.create('configmaps', configMap('a'));
    assertFailure(
      await t.client.put(t.path('configmaps', 'a'), configMap('b')),
      {
        code: 400,
        reason: 'BadRequest',
        message:
          'the name of the object (b) does not match the name on the URL (a)',
      },
    );
  },

  'the uid of a predecessor is 409': async t => {
    const { metadata } = await t.create('configmaps', configMap('a'));
    const uid = '00000000-0000-4000-8000-000000000000';
    assertFailure(
      await t.client.put(
        t.path('configmaps', 'a'),
        configMap('a', { metadata: { uid } }),
      ),
      {
        code: 409,
        reason: 'Conflict',
        // The key in etcd is nobody's business but the server's.
        message: new RegExp(
          `^Operation cannot be fulfilled on configmaps "a": StorageError: invalid object, Code: 4, Key: .*/configmaps/${t.namespace}/a, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}$`,
        ),
        details: { name: 'a', kind: 'configmaps' },
      },
    );
  },

  'an update that changes nothing keeps the resourceVersion': async t => {
    const created = await t.create(
      'configmaps',
      configMap('a', { data: { k: '1' } }),
    );
    const updated = await t.ok(t.path('configmaps', 'a'), {
      method: 'PUT',
      body: created,
    });
    assert.equal(
      updated.metadata.resourceVersion,
      created.metadata.resourceVersion,
    );
  },

  'generation counts changes of the spec only': async t => {
    await t.create('deployments', deployment('web', { replicas: 0 }));
    const labelled = await t.merge('deployments', 'web', {
      metadata: { labels: { x: 'y' } },
    });
    assert.equal(labelled.metadata.generation, 1);
    const changed = await t.merge('deployments', 'web', {
      spec: { minReadySeconds: 1 },
    });
    assert.equal(changed.metadata.generation, 2);
  },

  'the selector of a Deployment cannot be changed': async t => {
    await t.create('deployments', deployment('web', { replicas: 0 }));
    const object = deployment('web', { replicas: 0 });
    object.spec.selector.matchLabels = { app: 'other' };
    object.spec.template.metadata.labels = { app: 'other' };
    const value = '{"matchLabels":{"app":"other"}}';
    assertFailure(await t.client.put(t.path('deployments', 'web'), object), {
      code: 422,
      reason: 'Invalid',
      message: `Deployment.apps "web" is invalid: spec.selector: Invalid value: ${value}: field is immutable`,
      details: {
        name: 'web',
        group: 'apps',
        kind: 'Deployment',
        causes: [
          {
            reason: 'FieldValueInvalid',
            message: `Invalid value: ${value}: field is immutable`,
            field: 'spec.selector',
          },
        ],
      },
    });
  },

  'a ConfigMap marked immutable stays as it is': async t => {
    await t.create(
      'configmaps',
      configMap('a', { data: { k: '1' }, immutable: true }),
    );
    const message = 'Forbidden: field is immutable when `immutable` is set';
    assertFailure(
      await t.client.patch(t.path('configmaps', 'a'), 'merge', {
        data: { k: '2' },
      }),
      {
        code: 422,
        reason: 'Invalid',
        message: `ConfigMap "a" is invalid: data: ${message}`,
        details: {
          name: 'a',
          kind: 'ConfigMap',
          causes: [{ reason: 'FieldValueForbidden', message, field: 'data' }],
        },
      },
    );
  },
});
