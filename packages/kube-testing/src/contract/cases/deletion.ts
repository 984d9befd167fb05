import assert from 'node:assert/strict';
import { RawRequestInit } from '../../client/RawKubeClient';
import { area } from '../ContractCase';
import { sequence } from '../expectations';
import { configMap, deployment, unscheduledPod } from '../objects';

/** The ways in which a DELETE can be asked for, and what an object lives through until it is gone. */
export const deletionCases = area('deletion', {
  'options in the query and in the body': async t => {
    const asks: RawRequestInit[] = [
      { query: { propagationPolicy: 'Orphan' } },
      { query: { propagationPolicy: 'Foreground' } },
      { query: { propagationPolicy: 'Background' } },
      { query: { orphanDependents: true } },
      { query: { orphanDependents: false } },
      { query: { gracePeriodSeconds: 0 } },
      { query: { gracePeriodSeconds: 'soon' } },
      { query: { gracePeriodSeconds: -1 } },
      { query: { propagationPolicy: 'Sideways' } },
      { query: { propagationPolicy: 'Orphan', orphanDependents: true } },
      { query: { dryRun: 'All' } },
      { query: { dryRun: 'Some' } },
      { body: { propagationPolicy: 'Orphan' } },
      { body: { orphanDependents: true } },
      { body: { dryRun: ['All'] } },
      { body: { preconditions: { uid: 'other' } } },
      { body: { preconditions: { resourceVersion: '1' } } },
      { body: { preconditions: {} } },
      { body: { gracePeriodSeconds: 'soon' } },
      { body: { kind: 'DeleteOptions', apiVersion: 'v1', wombat: 1 } },
      { body: { kind: 'DeleteOptions', apiVersion: 'apps/v1' } },
      { body: { kind: 'DeleteOptions', apiVersion: 'meta.k8s.io/v1' } },
      { body: { kind: 'Pod', apiVersion: 'v1' } },
      { body: '{' },
      { body: 'null' },
      {
        body: 'kind: DeleteOptions\napiVersion: v1\npropagationPolicy: Orphan\n',
        contentType: 'application/yaml',
      },
    ];
    for (const [index, ask] of asks.entries()) {
      const name = `a-${index}`;
      await t.create('configmaps', configMap(name));
      await t.client.delete(t.path('configmaps', name), ask);
      const left = await t.client.get(t.path('configmaps', name));
      assert.ok([200, 404].includes(left.status));
    }
  },

  'the finalizers of a policy, one after the other': async t => {
    const held = { finalizers: ['example.com/hold'] };
    await t.create('configmaps', configMap('a', { metadata: held }));
    const watch = await t.watch('configmaps', {
      fieldSelector: 'metadata.name=a',
    });
    for (const propagationPolicy of [
      'Foreground',
      'Orphan',
      'Background',
      'Foreground',
    ]) {
      await t.remove('configmaps', 'a', { propagationPolicy });
    }
    const { metadata } = await t.read('configmaps', 'a');
    assert.deepEqual(metadata.finalizers, [
      'example.com/hold',
      'foregroundDeletion',
    ]);
    // On its way out an object may still be changed, but not be made anew.
    await t.merge('configmaps', 'a', { data: { k: 'v' } });
    const again = await t.client.post(t.path('configmaps'), configMap('a'));
    assert.equal(again.status, 409);
    await t.merge('configmaps', 'a', {
      metadata: { finalizers: ['foregroundDeletion'] },
    });
    await t.merge('configmaps', 'a', { metadata: { finalizers: [] } });
    assert.equal((await t.client.get(t.path('configmaps', 'a'))).status, 404);
    const frames = sequence(await watch.take(8));
    assert.equal(frames[7], 'DELETED a');
  },

  'grace periods of pods, which only get shorter': async t => {
    const bound = (name: string) => {
      const pod = unscheduledPod(name);
      pod.spec.nodeName = 'nowhere';
      return pod;
    };
    await t.create('pods', bound('a'));
    for (const body of [
      { gracePeriodSeconds: 20 },
      { gracePeriodSeconds: 50 },
      {},
      { gracePeriodSeconds: 10 },
      { gracePeriodSeconds: -5 },
    ]) {
      const { metadata } = await t.remove('pods', 'a', body);
      assert.ok(metadata.deletionGracePeriodSeconds <= 20);
    }
    await t.create('pods', bound('b'));
    await t.remove('pods', 'b', { gracePeriodSeconds: 0 });
    assert.equal((await t.client.get(t.path('pods', 'b'))).status, 404);
    const finished = bound('c');
    finished.metadata.finalizers = ['example.com/hold'];
    await t.create('pods', finished);
    await t.remove('pods', 'c', { gracePeriodSeconds: 0 });
    await t.merge('pods', 'c', { metadata: { finalizers: null } });
    assert.equal((await t.client.get(t.path('pods', 'c'))).status, 404);
  },

  'collections: by label, by field, dry, with preconditions': async t => {
    for (const name of ['a', 'b', 'c']) {
      await t.create('configmaps', configMap(name, { labels: { in: name } }));
      await t.create(
        'deployments',
        deployment(name, { replicas: 0, labels: { in: name } }),
      );
    }
    for (const ask of [
      { query: { labelSelector: 'in=a', dryRun: 'All' } },
      { query: { labelSelector: 'in=(' } },
      { query: { fieldSelector: 'metadata.wombat=a' } },
      {
        query: {
          labelSelector: 'in in (a,b)',
          fieldSelector: 'metadata.name=a',
        },
      },
      {
        query: { labelSelector: 'in=b' },
        body: { preconditions: { uid: 'x' } },
      },
      { query: { labelSelector: 'in=b', propagationPolicy: 'Foreground' } },
      { query: { labelSelector: 'in=nothing' } },
    ]) {
      for (const resource of ['configmaps', 'deployments']) {
        await t.client.delete(t.path(resource), ask);
      }
    }
    const left = await t.names('configmaps', { labelSelector: 'in' });
    assert.ok(left.includes('c') && !left.includes('a'));
  },

  'generateName: completed, cut, and refused': async t => {
    const make = async (generateName: string, more: object = {}) => {
      const object = configMap('', { metadata: { generateName, ...more } });
      if (!('name' in more)) {
        delete object.metadata.name;
      }
      const { status, body } = await t.transcript.quietly(() =>
        t.client.post(t.path('configmaps'), object),
      );
      const name: string = body.metadata?.name ?? '';
      t.transcript.note(generateName, {
        status,
        length: name.length,
        kept: name.slice(0, -5),
        fields: body.details?.causes?.map((it: any) => it.field),
      });
      return name;
    };
    assert.match(await make('a-'), /^a-[b-df-hj-np-tv-z2-9]{5}$/);
    assert.equal(await make('a-', { name: 'given' }), 'given');
    const long = await make(`${'a'.repeat(80)}-`);
    assert.equal(long.length, 63);
    await make('Not_Valid');
    await make('-a');
  },

  'namespaces on their way out': async t => {
    const name = `${t.namespace}-end`;
    const path = `/api/v1/namespaces/${name}`;
    const quietly = <T>(work: () => Promise<T>) => t.transcript.quietly(work);
    await quietly(() =>
      t.client.post('/api/v1/namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      }),
    );
    await quietly(() =>
      t.client.post(`${path}/configmaps`, {
        ...configMap('held'),
        metadata: { name: 'held', finalizers: ['example.com/hold'] },
      }),
    );
    const deleted = await t.client.delete(path);
    assert.equal(deleted.body.status.phase, 'Terminating');
    const late = await t.client.post(`${path}/configmaps`, configMap('late'));
    assert.equal(late.status, 403);
    const changed = await t.client.patch(`${path}/configmaps/held`, 'merge', {
      data: { k: 'v' },
    });
    assert.equal(changed.status, 200);
    for (const protectedName of ['default', 'kube-system', 'kube-public']) {
      await t.client.delete(`/api/v1/namespaces/${protectedName}`);
    }
    await quietly(() =>
      t.client.patch(`${path}/configmaps/held`, 'merge', {
        metadata: { finalizers: null },
      }),
    );
    const finalized = await quietly(() =>
      t.client.put(`${path}/finalize`, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
        spec: { finalizers: [] },
      }),
    );
    assert.equal(finalized.status, 200);
    await t.eventuallyTrue('the namespace to be gone', async () => {
      return (await t.client.get(path)).status === 404;
    });
  },
});
