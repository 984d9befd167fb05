import assert from 'node:assert/strict';
import { conditionsOf, isRolledOut } from '../conditions';
import { area } from '../ContractCase';
import { deployment, READINESS_PROBE } from '../objects';
import { REVISION, replicaSets, rolledOut, setImage } from '../rollouts';

/** Rollouts that wait, get stuck or are done differently. */
export const rolloutTroubleCases = area(
  'rollout',
  {
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
      const { metadata, items } = await t.list('pods');
      const watch = await t.watch('pods', {
        resourceVersion: metadata.resourceVersion,
      });
      await setImage(t, 'shop/cart:2.0.0');
      await rolledOut(t);
      const old = new Set<string>(items.map((pod: any) => pod.metadata.uid));
      const ended = new Set<string>();
      let added = 0;
      while (added < 2) {
        const [{ type, object }] = await watch.take(1);
        const { uid } = object.metadata;
        if (type === 'ADDED') {
          // Ended is enough: the object may still be there.
          assert.equal(ended.size, 2);
          added += 1;
        } else if (
          old.has(uid) &&
          (type === 'DELETED' ||
            ['Failed', 'Succeeded'].includes(object.status.phase))
        ) {
          ended.add(uid);
        }
      }
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
