import assert from 'node:assert/strict';
import { conditionsOf } from '../conditions';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { READINESS_PROBE } from '../objects';

function pod(name: string, image: string, spec: object = {}): any {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: name } },
    spec: {
      terminationGracePeriodSeconds: 1,
      containers: [{ name: 'main', image, ...spec }],
    },
  };
}

/** Pods need the namespace's default service account, which comes by itself. */
async function run(t: ContractContext, object: any): Promise<any> {
  await t.eventually({
    resource: 'serviceaccounts',
    name: 'default',
    what: 'being there',
    is: body => body.kind === 'ServiceAccount',
  });
  return t.create('pods', object);
}

const waiting = (body: any) =>
  body.status?.containerStatuses?.[0]?.state?.waiting?.reason;

/** Pods on simulated nodes, whose image says how they fare. */
export const podCases = area(
  'pods',
  {
    'a pod is put on a node, runs and gets ready': async t => {
      await run(t, pod('a', 'shop/cart:1.0.0'));
      const { spec, status } = await t.eventually({
        resource: 'pods',
        name: 'a',
        what: 'being ready',
        is: body => /^True/.test(conditionsOf(body).Ready),
      });
      assert.ok(spec.nodeName);
      assert.equal(status.phase, 'Running');
      assert.match(status.podIP, /^\d+\.\d+\.\d+\.\d+$/);
      const [container] = status.containerStatuses;
      assert.equal(container.ready, true);
      assert.equal(container.restartCount, 0);
      // As container runtimes do, with the registry that is meant where none is named.
      assert.equal(container.image, 'docker.io/shop/cart:1.0.0');
      assert.ok(container.state.running.startedAt);
      for (const type of ['PodScheduled', 'Initialized', 'ContainersReady']) {
        assert.match(conditionsOf({ status })[type], /^True/, type);
      }
    },

    'an image that is not there cannot be pulled': async t => {
      await run(t, pod('a', 'shop/cart:does-not-exist'));
      const { status } = await t.eventually({
        resource: 'pods',
        name: 'a',
        what: 'failing to pull',
        is: body => /^(ErrImagePull|ImagePullBackOff)$/.test(waiting(body)),
      });
      assert.equal(status.phase, 'Pending');
      assert.match(
        status.containerStatuses[0].state.waiting.message,
        /shop\/cart:does-not-exist/,
      );
    },

    'a container that crashes is restarted and backs off': async t => {
      await run(t, pod('a', 'shop/cart:1.0.0-crash'));
      const { status } = await t.eventually({
        resource: 'pods',
        name: 'a',
        what: 'backing off',
        is: body =>
          waiting(body) === 'CrashLoopBackOff' &&
          body.status.containerStatuses[0].restartCount > 0,
      });
      const [container] = status.containerStatuses;
      assert.equal(container.ready, false);
      assert.equal(container.lastState.terminated.exitCode, 1);
      assert.equal(container.lastState.terminated.reason, 'Error');
    },

    'a container that needs too much memory is killed': async t => {
      await run(t, pod('a', 'shop/cart:1.0.0-oom'));
      const { status } = await t.eventually({
        resource: 'pods',
        name: 'a',
        what: 'having been killed',
        is: body =>
          Boolean(body.status.containerStatuses?.[0]?.lastState?.terminated),
      });
      const { terminated } = status.containerStatuses[0].lastState;
      assert.equal(terminated.reason, 'OOMKilled');
      assert.equal(terminated.exitCode, 137);
    },

    'a container that never gets ready runs all the same': async t => {
      await run(
        t,
        pod('a', 'shop/cart:1.0.0-never-ready', {
          readinessProbe: READINESS_PROBE,
        }),
      );
      const { status } = await t.eventually({
        resource: 'pods',
        name: 'a',
        what: 'running',
        is: body => body.status.phase === 'Running',
      });
      assert.equal(status.containerStatuses[0].ready, false);
      assert.equal(conditionsOf({ status }).Ready, 'False/ContainersNotReady');
    },

    'a pod that fits on no node waits and says why': async t => {
      const object = pod('a', 'shop/cart:1.0.0');
      object.spec.nodeSelector = { 'example.com/no': 'such-node' };
      await run(t, object);
      const { status } = await t.eventually({
        resource: 'pods',
        name: 'a',
        what: 'being unschedulable',
        is: body => /^False/.test(conditionsOf(body).PodScheduled),
      });
      assert.equal(
        conditionsOf({ status }).PodScheduled,
        'False/Unschedulable',
      );
      assert.match(
        status.conditions[0].message,
        /^0\/\d+ nodes are available: \d+ node\(s\) didn't match Pod's node affinity\/selector\./,
      );
    },

    'a deleted pod is given its time and goes': async t => {
      await run(t, pod('a', 'shop/cart:1.0.0'));
      await t.eventually({
        resource: 'pods',
        name: 'a',
        what: 'running',
        is: body => body.status.phase === 'Running',
      });
      const answer = await t.remove('pods', 'a');
      assert.equal(answer.metadata.deletionGracePeriodSeconds, 1);
      await t.gone('pods', 'a');
    },

    'events tell the story of a pod': async t => {
      const { metadata } = await run(t, pod('a', 'shop/cart:does-not-exist'));
      const reasons = async () => {
        const { items } = await t.list('events', {
          fieldSelector: `involvedObject.name=a,involvedObject.uid=${metadata.uid}`,
        });
        return items.map((it: any) => `${it.type} ${it.reason}`);
      };
      await t.eventually({
        resource: 'pods',
        name: 'a',
        what: 'failing to pull',
        is: body => waiting(body) === 'ImagePullBackOff',
      });
      await t.eventuallyTrue('the events', async () => {
        const seen = await reasons();
        return ['Normal Scheduled', 'Normal Pulling', 'Warning Failed'].every(
          it => seen.includes(it),
        );
      });
    },
  },
  { controllers: true },
);
