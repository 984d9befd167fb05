import assert from 'node:assert/strict';
import { conditionsOf, isRolledOut } from '../conditions';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { deployment, READINESS_PROBE } from '../objects';

const REVISION = 'deployment.kubernetes.io/revision';

function rolledOut(t: ContractContext, name = 'web'): Promise<any> {
  return t.eventually({
    resource: 'deployments',
    name,
    what: 'being rolled out',
    is: isRolledOut,
  });
}

function setImage(t: ContractContext, image: string): Promise<any> {
  return t.ok(t.path('deployments', 'web'), {
    method: 'PATCH',
    contentType: 'application/strategic-merge-patch+json',
    body: {
      spec: { template: { spec: { containers: [{ name: 'main', image }] } } },
    },
  });
}

/** ReplicaSets by revision, oldest first. */
async function replicaSets(t: ContractContext): Promise<any[]> {
  const { items } = await t.list('replicasets', { labelSelector: 'app=web' });
  return items.sort(
    (a: any, b: any) =>
      Number(a.metadata.annotations[REVISION]) -
      Number(b.metadata.annotations[REVISION]),
  );
}

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

    'a Deployment scaled to zero is rolled out and available': async t => {
      await t.create('deployments', deployment('web', { replicas: 0 }));
      const { status } = await t.eventually({
        resource: 'deployments',
        name: 'web',
        what: 'being seen',
        is: body =>
          isRolledOut(body) &&
          /^True.NewReplicaSetAvailable/.test(conditionsOf(body).Progressing),
      });
      assert.equal(status.replicas, undefined);
      assert.equal(
        conditionsOf({ status }).Available,
        'True/MinimumReplicasAvailable',
      );
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

    'a rollout that gets stuck keeps the old pods': async t => {
      await t.create('deployments', deployment('web', { replicas: 2 }));
      await rolledOut(t);
      await setImage(t, 'shop/cart:2.0.0-missing');
      const stuck = await t.eventually({
        resource: 'deployments',
        name: 'web',
        what: 'having one new pod',
        is: ({ status }) =>
          status.observedGeneration === 2 && status.updatedReplicas === 1,
      });
      const { replicas, availableReplicas, unavailableReplicas } = stuck.status;
      assert.deepEqual(
        { replicas, availableReplicas, unavailableReplicas },
        { replicas: 3, availableReplicas: 2, unavailableReplicas: 1 },
      );
    },

    'a rollout that takes too long is said to have failed': async t => {
      await t.create(
        'deployments',
        deployment('web', {
          image: 'shop/cart:1.0.0-missing',
          spec: { progressDeadlineSeconds: 3 },
        }),
      );
      const { status } = await t.eventually({
        resource: 'deployments',
        name: 'web',
        what: 'missing its deadline',
        is: body => /^False/.test(conditionsOf(body).Progressing),
      });
      assert.deepEqual(conditionsOf({ status }), {
        Available: 'False/MinimumReplicasUnavailable',
        Progressing: 'False/ProgressDeadlineExceeded',
      });
      const { message } = status.conditions.find(
        (it: any) => it.type === 'Progressing',
      );
      assert.match(
        message,
        /^ReplicaSet "web-[a-z0-9]+" has timed out progressing\.$/,
      );
    },

    'a paused Deployment waits': async t => {
      await t.create('deployments', deployment('web'));
      await rolledOut(t);
      await t.merge('deployments', 'web', { spec: { paused: true } });
      await setImage(t, 'shop/cart:2.0.0');
      const { status } = await t.eventually({
        resource: 'deployments',
        name: 'web',
        what: 'being seen as paused',
        is: body =>
          body.status.observedGeneration === body.metadata.generation &&
          conditionsOf(body).Progressing === 'Unknown/DeploymentPaused',
      });
      assert.equal(status.updatedReplicas, undefined);
      assert.equal((await replicaSets(t)).length, 1);
      await t.merge('deployments', 'web', { spec: { paused: false } });
      await rolledOut(t);
      assert.equal((await replicaSets(t)).length, 2);
    },

    'recreating ends the old pods before the new ones start': async t => {
      await t.create(
        'deployments',
        deployment('web', {
          replicas: 2,
          spec: { strategy: { type: 'Recreate' } },
        }),
      );
      await rolledOut(t);
      const { metadata } = await t.list('pods');
      const watch = await t.watch('pods', {
        resourceVersion: metadata.resourceVersion,
      });
      await setImage(t, 'shop/cart:2.0.0');
      await rolledOut(t);
      const order: string[] = [];
      while (order.length < 4) {
        const [{ type }] = await watch.take(1);
        if (type === 'ADDED' || type === 'DELETED') {
          order.push(type);
        }
      }
      assert.deepEqual(order, ['DELETED', 'DELETED', 'ADDED', 'ADDED']);
    },

    'a pod that does not get ready is not available': async t => {
      await t.create(
        'deployments',
        deployment('web', {
          image: 'shop/cart:1.0.0-never-ready',
          readinessProbe: READINESS_PROBE,
        }),
      );
      const { status } = await t.eventually({
        resource: 'deployments',
        name: 'web',
        what: 'having a pod',
        is: body =>
          body.status?.updatedReplicas === 1 &&
          conditionsOf(body).Available !== undefined &&
          conditionsOf(body).Progressing === 'True/ReplicaSetUpdated',
      });
      assert.equal(status.unavailableReplicas, 1);
      assert.equal(status.readyReplicas, undefined);
      assert.equal(
        conditionsOf({ status }).Available,
        'False/MinimumReplicasUnavailable',
      );
    },

    'old ReplicaSets go beyond the limit of the history': async t => {
      await t.create(
        'deployments',
        deployment('web', { spec: { revisionHistoryLimit: 1 } }),
      );
      await rolledOut(t);
      for (const tag of ['2.0.0', '3.0.0']) {
        await setImage(t, `shop/cart:${tag}`);
        await rolledOut(t);
      }
      const [first] = await replicaSets(t);
      if (first.metadata.annotations[REVISION] === '1') {
        await t.gone('replicasets', first.metadata.name);
      }
      assert.deepEqual(
        (await replicaSets(t)).map(it => it.metadata.annotations[REVISION]),
        ['2', '3'],
      );
    },
  },
  { controllers: true },
);
