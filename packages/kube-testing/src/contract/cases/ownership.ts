import assert from 'node:assert/strict';
import { isRolledOut } from '../conditions';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { configMap, deployment } from '../objects';

async function web(t: ContractContext): Promise<any> {
  await t.create('deployments', deployment('web', { replicas: 2 }));
  await t.eventually({
    resource: 'deployments',
    name: 'web',
    what: 'being rolled out',
    is: isRolledOut,
  });
  const { items } = await t.list('replicasets');
  return items[0];
}

const emptied = (t: ContractContext, resource: string) =>
  t.eventuallyTrue(
    `an end of ${resource}`,
    async () => (await t.names(resource)).length === 0,
  );

function owned(
  name: string,
  owner: any,
  uid: string = owner.metadata.uid,
): any {
  return configMap(name, {
    metadata: {
      ownerReferences: [
        { apiVersion: 'v1', kind: 'ConfigMap', name: owner.metadata.name, uid },
      ],
    },
  });
}

/** What goes with its owner, what stays, and what is made anew. */
export const ownershipCases = area(
  'ownership',
  {
    'a deleted pod of a ReplicaSet is replaced': async t => {
      const replicaSet = await web(t);
      const [name] = await t.names('pods');
      await t.remove('pods', name);
      await t.eventuallyTrue('another pod', async () => {
        const names = await t.names('pods');
        return names.length === 2 && !names.includes(name);
      });
      const { items } = await t.list('pods');
      assert.ok(
        items.every(
          (it: any) =>
            it.metadata.ownerReferences[0].uid === replicaSet.metadata.uid,
        ),
      );
    },

    'a deleted Deployment takes ReplicaSets and pods along': async t => {
      await web(t);
      await t.remove('deployments', 'web');
      await t.gone('deployments', 'web');
      await emptied(t, 'replicasets');
      await emptied(t, 'pods');
    },

    'in the foreground it goes after what it owns': async t => {
      const { metadata } = await web(t);
      const answer = await t.remove('deployments', 'web', {
        propagationPolicy: 'Foreground',
      });
      assert.deepEqual(answer.metadata.finalizers, ['foregroundDeletion']);
      await t.gone('deployments', 'web');
      const { status } = await t.client.get(
        t.path('replicasets', metadata.name),
      );
      assert.equal(status, 404);
      assert.deepEqual(await t.names('pods'), []);
    },

    'orphans stay, without an owner': async t => {
      const { metadata } = await web(t);
      await t.remove('deployments', 'web', { propagationPolicy: 'Orphan' });
      await t.gone('deployments', 'web');
      const replicaSet = await t.read('replicasets', metadata.name);
      assert.equal(replicaSet.metadata.ownerReferences, undefined);
      assert.equal((await t.names('pods')).length, 2);
      await t.remove('replicasets', metadata.name);
      await emptied(t, 'pods');
    },

    'objects of any kind go with their owner': async t => {
      const owner = await t.create('configmaps', configMap('owner'));
      await t.create('configmaps', owned('child', owner));
      const { metadata } = await t.read('configmaps', 'child');
      assert.equal(metadata.ownerReferences[0].name, 'owner');
      await t.remove('configmaps', 'owner');
      await t.gone('configmaps', 'child');
    },

    'an owner of another uid is no owner': async t => {
      const owner = await t.create('configmaps', configMap('owner'));
      await t.create(
        'configmaps',
        owned('child', owner, '00000000-0000-4000-8000-000000000000'),
      );
      await t.gone('configmaps', 'child');
      await t.read('configmaps', 'owner');
    },
  },
  { controllers: true },
);
