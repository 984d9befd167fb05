import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure, masked } from '../expectations';
import { configMap } from '../objects';

/** How namespaces come and go. */
export const namespaceCases = area('namespaces', {
  'a new one is active and labelled with its name': async t => {
    const name = `${t.namespace}-b`;
    const { status, body } = await t.client.post('/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
    assert.equal(status, 201);
    assert.deepEqual(masked(body), {
      kind: 'Namespace',
      apiVersion: 'v1',
      metadata: {
        name,
        uid: '<uid>',
        resourceVersion: '<resourceVersion>',
        creationTimestamp: '<creationTimestamp>',
        labels: { 'kubernetes.io/metadata.name': name },
      },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
  },

  'can be selected by that label': async t => {
    const { items } = await t.ok('/api/v1/namespaces', {
      query: { labelSelector: `kubernetes.io/metadata.name=${t.namespace}` },
    });
    assert.equal(items.length, 1);
  },

  'the default one cannot be deleted': async t => {
    assertFailure(await t.client.delete('/api/v1/namespaces/default'), {
      code: 403,
      reason: 'Forbidden',
      message:
        'namespaces "default" is forbidden: this namespace may not be deleted',
      details: { name: 'default', kind: 'namespaces' },
    });
  },

  'one on its way out takes nothing new': async t => {
    await t.create(
      'configmaps',
      configMap('held', { metadata: { finalizers: ['example.com/hold'] } }),
    );
    const answer = await t.ok(`/api/v1/namespaces/${t.namespace}`, {
      method: 'DELETE',
    });
    assert.equal(answer.kind, 'Namespace');
    assert.equal(answer.status.phase, 'Terminating');
    const message = `namespace ${t.namespace} is being terminated`;
    assertFailure(await t.client.post(t.path('configmaps'), configMap('a')), {
      code: 403,
      reason: 'Forbidden',
      message: `configmaps "a" is forbidden: unable to create new content in namespace ${t.namespace} because it is being terminated`,
      details: {
        name: 'a',
        kind: 'configmaps',
        causes: [
          {
            reason: 'NamespaceTerminating',
            message,
            field: 'metadata.namespace',
          },
        ],
      },
    });
    await t.merge('configmaps', 'held', { metadata: { finalizers: null } });
  },
});

/** What the controllers make of namespaces. */
export const namespaceControllerCases = area(
  'namespaces under controllers',
  {
    'one that is deleted goes, with all that is in it': async t => {
      await t.create('configmaps', configMap('a'));
      await t.create('serviceaccounts', {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'robot' },
      });
      await t.ok(`/api/v1/namespaces/${t.namespace}`, { method: 'DELETE' });
      await t.gone('namespaces', t.namespace);
      assert.deepEqual(await t.names('configmaps'), []);
      assert.deepEqual(await t.names('serviceaccounts'), []);
    },

    'a new one gets its default service account': async t => {
      const account = await t.eventually({
        resource: 'serviceaccounts',
        name: 'default',
        what: 'being there',
        is: body => body.kind === 'ServiceAccount',
      });
      assert.equal(account.metadata.namespace, t.namespace);
    },
  },
  { controllers: true },
);
