import assert from 'node:assert/strict';
import { conditionsOf } from '../conditions';
import { area } from '../ContractCase';
import { deployment } from '../objects';
import { REVISION, replicaSets, rolledOut, setImage } from '../rollouts';

const ownersOf = (object: any) =>
  object.metadata.ownerReferences.map((it: any) => ({ ...it }));

/** Deployments, from the first pod to the next version. */
export const rolloutCases = area(
  'rollout',
  {
    'a Deployment gets its pods and says so': async t => {
      await t.create('deployments', deployment('web', { replicas: 2 }));
      const { status, metadata } = await rolledOut(t);
      assert.equal(metadata.annotations[REVISION], '1');
      const { conditions, ...counts } = status;
      delete counts.terminatingReplicas;
      assert.deepEqual(counts, {
        observedGeneration: 1,
        replicas: 2,
        updatedReplicas: 2,
        readyReplicas: 2,
        availableReplicas: 2,
      });
      assert.deepEqual(conditionsOf({ status: { conditions } }), {
        Available: 'True/MinimumReplicasAvailable',
        Progressing: 'True/NewReplicaSetAvailable',
      });
    },

    'owners and labels lead from the Deployment to its pods': async t => {
      const { metadata } = await t.create('deployments', deployment('web'));
      await rolledOut(t);
      const [replicaSet] = await replicaSets(t);
      const hash = replicaSet.metadata.labels['pod-template-hash'];
      assert.equal(replicaSet.metadata.name, `web-${hash}`);
      assert.deepEqual(ownersOf(replicaSet), [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'web',
          uid: metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ]);
      const { items } = await t.list('pods', {
        labelSelector: `app=web,pod-template-hash=${hash}`,
      });
      assert.equal(items.length, 1);
      assert.match(
        items[0].metadata.name,
        new RegExp(`^web-${hash}-[a-z0-9]{5}$`),
      );
      assert.deepEqual(ownersOf(items[0]), [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: replicaSet.metadata.name,
          uid: replicaSet.metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ]);
    },

    'scaling moves the number of pods, not the revision': async t => {
      await t.create('deployments', deployment('web', { replicas: 1 }));
      await rolledOut(t);
      for (const replicas of [3, 1]) {
        await t.ok(t.path('deployments', 'web/scale'), {
          method: 'PATCH',
          contentType: 'application/merge-patch+json',
          body: { spec: { replicas } },
        });
        await rolledOut(t);
        await t.eventually({
          resource: 'replicasets',
          name: (await replicaSets(t))[0].metadata.name,
          what: `having ${replicas} pods`,
          is: ({ status }) => status.replicas === replicas,
        });
      }
      assert.equal((await replicaSets(t)).length, 1);
    },

    'a new image is a new revision, and the old ReplicaSet stays empty':
      async t => {
        await t.create('deployments', deployment('web', { replicas: 2 }));
        await rolledOut(t);
        const { metadata } = await setImage(t, 'shop/cart:2.0.0');
        assert.equal(metadata.generation, 2);
        const done = await rolledOut(t);
        assert.equal(done.metadata.annotations[REVISION], '2');
        const [old, current] = await replicaSets(t);
        assert.deepEqual(
          [old, current].map(it => [
            it.metadata.annotations[REVISION],
            it.spec.template.spec.containers[0].image,
            it.spec.replicas,
          ]),
          [
            ['1', 'shop/cart:1.0.0', 0],
            ['2', 'shop/cart:2.0.0', 2],
          ],
        );
        const { items } = await t.list('pods', { labelSelector: 'app=web' });
        assert.deepEqual(
          items
            .filter((it: any) => !it.metadata.deletionTimestamp)
            .map((it: any) => it.status.containerStatuses[0].image),
          Array(2).fill('docker.io/shop/cart:2.0.0'),
        );
      },

    'an image that was there before takes its ReplicaSet again': async t => {
      await t.create('deployments', deployment('web'));
      await rolledOut(t);
      await setImage(t, 'shop/cart:2.0.0');
      await rolledOut(t);
      await setImage(t, 'shop/cart:1.0.0');
      const done = await rolledOut(t);
      assert.equal(done.metadata.annotations[REVISION], '3');
      assert.deepEqual(
        (await replicaSets(t)).map(it => [
          it.metadata.annotations[REVISION],
          it.spec.template.spec.containers[0].image,
        ]),
        [
          ['2', 'shop/cart:2.0.0'],
          ['3', 'shop/cart:1.0.0'],
        ],
      );
    },
  },
  { controllers: true },
);
