import assert from 'node:assert/strict';
import { conditionsOf } from '../conditions';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { READINESS_PROBE } from '../objects';
import { job, jobIs } from '../batch';
import { runPod } from '../pods';

const sidecar = (name: string, image: string, more: object = {}) => ({
  name,
  image,
  restartPolicy: 'Always',
  ...more,
});

/** Reads the pod until it is as wanted. */
function pod(
  t: ContractContext,
  what: string,
  is: (body: any) => boolean,
): Promise<any> {
  return t.eventually({ resource: 'pods', name: 'a', what, is });
}

const isReady = (body: any) => /^True/.test(conditionsOf(body).Ready ?? '');
const stateOf = (status: any) => Object.keys(status.state)[0];

/** Containers that run before the others, and beside them. */
export const initContainerCases = area(
  'init containers',
  {
    'init containers run one after the other, then the rest': async t => {
      await runPod(t, 'a', {
        initContainers: [
          { name: 'first', image: 'shop/migrate:1-runs-4s' },
          { name: 'second', image: 'shop/migrate:2' },
        ],
        containers: [{ name: 'main', image: 'shop/cart:1.0.0' }],
      });
      const running = await pod(
        t,
        'running its first init container',
        body => body.status.initContainerStatuses?.[0]?.state?.running,
      );
      const [first, second] = running.status.initContainerStatuses;
      assert.equal(first.ready, false);
      assert.deepEqual(second.state, {
        waiting: { reason: 'PodInitializing' },
      });
      const [main] = running.status.containerStatuses;
      assert.deepEqual(main.state, { waiting: { reason: 'PodInitializing' } });
      assert.equal(running.status.phase, 'Pending');
      assert.equal(
        conditionsOf(running).Initialized,
        'False/ContainersNotInitialized',
      );
      const { status } = await pod(t, 'being ready', isReady);
      const times = status.initContainerStatuses.map(
        (it: any) => it.state.terminated,
      );
      assert.deepEqual(
        times.map((it: any) => `${it.exitCode} ${it.reason}`),
        ['0 Completed', '0 Completed'],
      );
      assert.ok(times[0].finishedAt <= times[1].startedAt);
    },

    'an init container that fails is tried again': async t => {
      await runPod(t, 'a', {
        initContainers: [{ name: 'first', image: 'shop/migrate:1-crash' }],
        containers: [{ name: 'main', image: 'shop/cart:1.0.0' }],
      });
      const { status } = await pod(
        t,
        'backing off',
        body =>
          body.status.initContainerStatuses?.[0]?.state?.waiting?.reason ===
          'CrashLoopBackOff',
      );
      assert.equal(status.phase, 'Pending');
      assert.equal(
        status.initContainerStatuses[0].lastState.terminated.exitCode,
        1,
      );
    },

    'an init container that fails for good fails the pod': async t => {
      await runPod(t, 'a', {
        restartPolicy: 'Never',
        initContainers: [{ name: 'first', image: 'shop/migrate:1-exit-7' }],
        containers: [{ name: 'main', image: 'shop/cart:1.0.0' }],
      });
      const { status } = await pod(
        t,
        'having failed',
        body => body.status.phase === 'Failed',
      );
      const [first] = status.initContainerStatuses;
      assert.equal(first.state.terminated.exitCode, 7);
      assert.equal(stateOf(status.containerStatuses[0]), 'waiting');
      assert.equal(conditionsOf({ status }).Ready, 'False/PodFailed');
    },

    'a sidecar is started before the rest and stays': async t => {
      await runPod(t, 'a', {
        initContainers: [
          sidecar('proxy', 'shop/proxy:1', { startupProbe: READINESS_PROBE }),
          { name: 'migrate', image: 'shop/migrate:1' },
        ],
        containers: [{ name: 'main', image: 'shop/cart:1.0.0' }],
      });
      const { status } = await pod(t, 'being ready', isReady);
      const [proxy, migrate] = status.initContainerStatuses;
      assert.equal(stateOf(proxy), 'running');
      assert.equal(proxy.ready, true);
      assert.equal(proxy.started, true);
      assert.ok(
        proxy.state.running.startedAt <= migrate.state.terminated.startedAt,
      );
    },

    'a sidecar that crashes is restarted and the pod unready': async t => {
      await runPod(t, 'a', {
        initContainers: [sidecar('proxy', 'shop/proxy:1-runs-4s-crash')],
        containers: [{ name: 'main', image: 'shop/cart:1.0.0' }],
      });
      const { status } = await pod(
        t,
        'having restarted its sidecar',
        body => body.status.initContainerStatuses?.[0]?.restartCount > 1,
      );
      assert.equal(stateOf(status.containerStatuses[0]), 'running');
      assert.equal(status.containerStatuses[0].restartCount, 0);
      assert.equal(status.phase, 'Running');
    },

    'a sidecar does not keep a Job from completing': async t => {
      await t.create(
        'jobs',
        job(
          'a',
          {},
          {
            podSpec: {
              initContainers: [
                sidecar('one', 'shop/proxy:1'),
                sidecar('two', 'shop/proxy:2'),
              ],
            },
          },
        ),
      );
      await jobIs(t, 'a', 'Complete');
      const { items } = await t.list('pods');
      const [{ status }] = items;
      assert.equal(status.phase, 'Succeeded');
      const [main] = status.containerStatuses;
      const [one, two] = status.initContainerStatuses.map(
        (it: any) => it.state.terminated,
      );
      assert.equal(main.state.terminated.exitCode, 0);
      // The last to start is the first to stop, after the main container.
      assert.ok(main.state.terminated.finishedAt <= two.finishedAt);
      assert.ok(two.finishedAt <= one.finishedAt);
      assert.equal(one.exitCode, 143);
    },
  },
  { controllers: true },
);
