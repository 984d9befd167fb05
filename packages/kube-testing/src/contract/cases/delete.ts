import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure, masked, sequence, version } from '../expectations';
import { configMap, unscheduledPod } from '../objects';

const FINALIZER = { finalizers: ['example.com/hold'] };

/** How objects go: at once, after their finalizers, or not at all. */
export const deleteCases = area('delete', {
  'answers with what was deleted': async t => {
    const { metadata } = await t.create('configmaps', configMap('a'));
    assert.deepEqual(await t.remove('configmaps', 'a'), {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name: 'a', kind: 'configmaps', uid: metadata.uid },
    });
    assert.equal((await t.client.get(t.path('configmaps', 'a'))).status, 404);
  },

  'an object that is not there is 404': async t => {
    assertFailure(await t.client.delete(t.path('configmaps', 'a')), {
      code: 404,
      reason: 'NotFound',
      message: 'configmaps "a" not found',
      details: { name: 'a', kind: 'configmaps' },
    });
  },

  'an object with a finalizer stays, marked': async t => {
    const created = await t.create(
      'configmaps',
      configMap('a', { metadata: FINALIZER }),
    );
    const answer = await t.remove('configmaps', 'a');
    assert.equal(answer.kind, 'ConfigMap');
    assert.match(answer.metadata.deletionTimestamp, /^\d{4}-/);
    assert.equal(answer.metadata.deletionGracePeriodSeconds, 0);
    assert.ok(version(answer) > version(created));
    assert.deepEqual(await t.read('configmaps', 'a'), answer);
  },

  'it goes once the last finalizer is removed': async t => {
    await t.create('configmaps', configMap('a', { metadata: FINALIZER }));
    const watch = await t.watch('configmaps', {
      fieldSelector: 'metadata.name=a',
    });
    await t.remove('configmaps', 'a');
    await t.merge('configmaps', 'a', { metadata: { finalizers: null } });
    assert.equal((await t.client.get(t.path('configmaps', 'a'))).status, 404);
    assert.deepEqual(sequence(await watch.take(3)), [
      'ADDED a',
      'MODIFIED a',
      'DELETED a',
    ]);
  },

  'deleting it again changes nothing': async t => {
    await t.create('configmaps', configMap('a', { metadata: FINALIZER }));
    const first = await t.remove('configmaps', 'a');
    const second = await t.remove('configmaps', 'a');
    assert.deepEqual(second.metadata, first.metadata);
  },

  'no finalizer can be added to an object on its way out': async t => {
    await t.create('configmaps', configMap('a', { metadata: FINALIZER }));
    await t.remove('configmaps', 'a');
    const message =
      'Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/new"}';
    const { status, body } = await t.client.patch(
      t.path('configmaps', 'a'),
      'merge',
      { metadata: { finalizers: ['example.com/hold', 'example.com/new'] } },
    );
    assert.equal(status, 422);
    assert.equal(body.reason, 'Invalid');
    // A real server finds this fault twice.
    assert.deepEqual(body.details.causes[0], {
      reason: 'FieldValueForbidden',
      message,
      field: 'metadata.finalizers',
    });
  },

  'the mark cannot be taken away': async t => {
    await t.create('configmaps', configMap('a', { metadata: FINALIZER }));
    const marked = await t.remove('configmaps', 'a');
    const updated = await t.merge('configmaps', 'a', {
      metadata: { deletionTimestamp: null },
      data: { k: 'v' },
    });
    assert.equal(
      updated.metadata.deletionTimestamp,
      marked.metadata.deletionTimestamp,
    );
  },

  'the wrong uid as a precondition is 409': async t => {
    const { metadata } = await t.create('configmaps', configMap('a'));
    const uid = '00000000-0000-4000-8000-000000000000';
    assertFailure(
      await t.client.delete(t.path('configmaps', 'a'), {
        body: { preconditions: { uid } },
      }),
      {
        code: 409,
        reason: 'Conflict',
        message: `Operation cannot be fulfilled on ConfigMap "a": the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
        details: { name: 'a', kind: 'ConfigMap' },
      },
    );
  },

  'an outdated resourceVersion as a precondition is 409': async t => {
    const { metadata } = await t.create('configmaps', configMap('a'));
    const updated = await t.merge('configmaps', 'a', { data: { k: 'v' } });
    assertFailure(
      await t.client.delete(t.path('configmaps', 'a'), {
        body: { preconditions: { resourceVersion: metadata.resourceVersion } },
      }),
      {
        code: 409,
        reason: 'Conflict',
        message: `Operation cannot be fulfilled on ConfigMap "a": the ResourceVersion in the precondition (${metadata.resourceVersion}) does not match the ResourceVersion in record (${updated.metadata.resourceVersion}). The object might have been modified`,
        details: { name: 'a', kind: 'ConfigMap' },
      },
    );
    assert.deepEqual((await t.read('configmaps', 'a')).data, { k: 'v' });
  },

  'matching preconditions let it pass': async t => {
    const { metadata } = await t.create('configmaps', configMap('a'));
    const { uid, resourceVersion } = metadata;
    const answer = await t.remove('configmaps', 'a', {
      preconditions: { uid, resourceVersion },
    });
    assert.equal(answer.status, 'Success');
  },

  'a propagation policy that does not exist is 422': async t => {
    await t.create('configmaps', configMap('a'));
    const response = await t.client.delete(t.path('configmaps', 'a'), {
      body: { propagationPolicy: 'Sideways' },
    });
    assertFailure(response, {
      code: 422,
      reason: 'Invalid',
      message:
        'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "Sideways": supported values: "Foreground", "Background", "Orphan", "nil"',
      details: {
        group: 'meta.k8s.io',
        kind: 'DeleteOptions',
        causes: [
          {
            reason: 'FieldValueNotSupported',
            message:
              'Unsupported value: "Sideways": supported values: "Foreground", "Background", "Orphan", "nil"',
            field: 'propagationPolicy',
          },
        ],
      },
    });
  },

  'a name that was deleted can be used again, with another uid': async t => {
    const before = await t.create('configmaps', configMap('a'));
    await t.remove('configmaps', 'a');
    const after = await t.create('configmaps', configMap('a'));
    assert.notEqual(after.metadata.uid, before.metadata.uid);
    assert.ok(version(after) > version(before));
  },

  'a pod on no node goes at once': async t => {
    await t.create('pods', unscheduledPod('a'));
    const answer = await t.remove('pods', 'a');
    assert.equal(answer.kind, 'Pod');
    assert.equal((await t.client.get(t.path('pods', 'a'))).status, 404);
  },

  'a pod on a node is given its grace period': async t => {
    const object = unscheduledPod('a');
    object.spec.nodeName = 'no-such-node';
    object.spec.terminationGracePeriodSeconds = 25;
    await t.create('pods', object);
    const answer = await t.remove('pods', 'a');
    assert.equal(answer.metadata.deletionGracePeriodSeconds, 25);
    assert.ok(answer.metadata.deletionTimestamp);
    const forced = await t.remove('pods', 'a', { gracePeriodSeconds: 0 });
    assert.equal(forced.kind, 'Pod');
    assert.equal((await t.client.get(t.path('pods', 'a'))).status, 404);
  },

  'a collection is deleted by label, and answers with the list': async t => {
    await t.create('configmaps', configMap('a', { labels: { app: 'x' } }));
    await t.create('configmaps', configMap('b', { labels: { app: 'y' } }));
    await t.create('configmaps', configMap('c', { labels: { app: 'x' } }));
    const answer = await t.ok(t.path('configmaps'), {
      method: 'DELETE',
      query: { labelSelector: 'app=x' },
    });
    assert.equal(answer.kind, 'ConfigMapList');
    assert.deepEqual(
      answer.items.map((it: any) => masked(it).metadata.name),
      ['a', 'c'],
    );
    assert.deepEqual(await t.names('configmaps'), ['b']);
  },

  'all namespaces at once cannot be deleted from': async t => {
    assertFailure(await t.client.delete('/api/v1/configmaps'), {
      code: 405,
      reason: 'MethodNotAllowed',
      message:
        'the server does not allow this method on the requested resource',
      details: {},
    });
  },
});
