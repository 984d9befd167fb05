import assert from 'node:assert/strict';
import { eventStory } from '../batch';
import { conditionsOf } from '../conditions';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { configMap } from '../objects';
import { runPod } from '../pods';

const main = (image: string, more: object = {}) => ({
  containers: [{ name: 'main', image, ...more }],
});
const http = { httpGet: { path: '/healthz', port: 8080 } };

function pod(
  t: ContractContext,
  what: string,
  is: (body: any) => boolean,
): Promise<any> {
  return t.eventually({ resource: 'pods', name: 'a', what, is });
}

/** Waits until an event of the object matches. */
async function event(
  t: ContractContext,
  object: any,
  wanted: RegExp,
): Promise<void> {
  await t.eventuallyTrue(`the event ${wanted}`, async () =>
    (await eventStory(t, object)).some(it => wanted.test(it)),
  );
}

const first = (body: any) => body.status?.containerStatuses?.[0];
const isRunning = (body: any) => body.status?.phase === 'Running';

/** What becomes of pods on simulated nodes, on either API server. */
export const podLifeCases = area(
  'pod life',
  {
    'a container that answers no more is killed by its liveness probe':
      async t => {
        const created = await runPod(
          t,
          'a',
          main('shop/cart:1-hangs', {
            livenessProbe: { ...http, periodSeconds: 1, failureThreshold: 2 },
          }),
        );
        const { status } = await pod(
          t,
          'having restarted',
          body => first(body)?.restartCount === 1,
        );
        const { terminated } = status.containerStatuses[0].lastState;
        assert.equal(terminated.exitCode, 137);
        assert.equal(terminated.reason, 'Error');
        await event(
          t,
          created,
          /^Warning Unhealthy: Liveness probe failed: Get "http:\/\/[\d.]+:8080\/healthz": context deadline exceeded/,
        );
        await event(
          t,
          created,
          /^Normal Killing: Container main failed liveness probe, will be restarted$/,
        );
      },

    'a startup probe holds back the others': async t => {
      await runPod(
        t,
        'a',
        main('shop/cart:1-slow', {
          startupProbe: { ...http, periodSeconds: 1, failureThreshold: 60 },
        }),
      );
      const starting = await pod(t, 'running', isRunning);
      assert.equal(first(starting).started, false);
      assert.equal(first(starting).ready, false);
      await pod(t, 'being started', body => first(body).started === true);
      await pod(t, 'being ready', body => first(body).ready === true);
    },

    'a pod with a readiness gate waits for it': async t => {
      await runPod(t, 'a', {
        ...main('shop/cart:1.0.0'),
        readinessGates: [{ conditionType: 'example.com/gate' }],
      });
      const { status } = await pod(
        t,
        'having ready containers',
        body => conditionsOf(body).ContainersReady === 'True',
      );
      assert.equal(
        conditionsOf({ status }).Ready,
        'False/ReadinessGatesNotReady',
      );
      assert.equal(
        status.conditions.find((it: any) => it.type === 'Ready').message,
        'corresponding condition of pod readiness gate "example.com/gate" does not exist.',
      );
      const gate = { type: 'example.com/gate', status: 'True' };
      await t.ok(t.path('pods', 'a/status'), {
        method: 'PATCH',
        contentType: 'application/strategic-merge-patch+json',
        body: { status: { conditions: [gate] } },
      });
      await pod(t, 'being ready', body => conditionsOf(body).Ready === 'True');
    },

    'a ConfigMap that is missing holds a container back until it is there':
      async t => {
        const created = await runPod(
          t,
          'a',
          main('shop/cart:1.0.0', {
            envFrom: [{ configMapRef: { name: 'settings' } }],
          }),
        );
        const { status } = await pod(
          t,
          'being misconfigured',
          body =>
            first(body)?.state?.waiting?.reason ===
            'CreateContainerConfigError',
        );
        assert.equal(
          status.containerStatuses[0].state.waiting.message,
          'configmap "settings" not found',
        );
        assert.equal(status.phase, 'Pending');
        await event(
          t,
          created,
          /^Warning Failed: Error: configmap "settings" not found$/,
        );
        await t.create('configmaps', configMap('settings'));
        await pod(t, 'running', isRunning);
      },

    'a key that is missing is named': async t => {
      await runPod(
        t,
        'a',
        main('shop/cart:1.0.0', {
          env: [
            {
              name: 'PASSWORD',
              valueFrom: { secretKeyRef: { name: 'db', key: 'password' } },
            },
          ],
        }),
      );
      const isMisconfigured = (message: string) => (body: any) =>
        first(body)?.state?.waiting?.message === message;
      await pod(t, 'missing it', isMisconfigured('secret "db" not found'));
      await t.create('secrets', {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'db' },
        stringData: { user: 'shop' },
      });
      await pod(
        t,
        'missing the key',
        isMisconfigured(
          `couldn't find key password in Secret ${t.namespace}/db`,
        ),
      );
    },

    'a volume that cannot be mounted keeps the pod from starting': async t => {
      const created = await runPod(t, 'a', {
        ...main('shop/cart:1.0.0'),
        volumes: [{ name: 'settings', configMap: { name: 'settings' } }],
      });
      await event(
        t,
        created,
        /^Warning FailedMount: MountVolume\.SetUp failed for volume "settings" : configmap "settings" not found$/,
      );
      const { status } = await t.read('pods', 'a');
      assert.deepEqual(status.containerStatuses[0].state, {
        waiting: { reason: 'ContainerCreating' },
      });
      await t.create('configmaps', configMap('settings'));
      await pod(t, 'running', isRunning);
    },

    'an image that must not be pulled has to be there': async t => {
      const created = await runPod(
        t,
        'a',
        main(`shop/${t.namespace}:1`, { imagePullPolicy: 'Never' }),
      );
      const { status } = await pod(
        t,
        'lacking its image',
        body => first(body)?.state?.waiting?.reason === 'ErrImageNeverPull',
      );
      assert.equal(
        status.containerStatuses[0].state.waiting.message,
        `Container image "shop/${t.namespace}:1" is not present with pull policy of Never`,
      );
      await event(t, created, /^Warning Failed: Error: ErrImageNeverPull$/);
    },

    'a pod past its deadline fails': async t => {
      const created = await runPod(t, 'a', {
        ...main('shop/cart:1.0.0'),
        activeDeadlineSeconds: 8,
      });
      const { status } = await pod(
        t,
        'having failed',
        body => body.status.phase === 'Failed',
      );
      assert.equal(status.reason, 'DeadlineExceeded');
      assert.equal(
        status.message,
        'Pod was active on the node longer than the specified deadline',
      );
      assert.equal(stateOf(status), 'terminated');
      await event(
        t,
        created,
        /^Normal DeadlineExceeded: Pod was active on the node longer than the specified deadline$/,
      );
    },

    'a pod that fills the disk of its node is evicted': async t => {
      const created = await runPod(t, 'a', main('shop/cart:1-evict'));
      const { status } = await pod(
        t,
        'having failed',
        body => body.status.phase === 'Failed',
      );
      assert.equal(status.reason, 'Evicted');
      assert.match(
        status.message,
        /^The node was low on resource: ephemeral-storage\. /,
      );
      assert.equal(
        conditionsOf({ status }).DisruptionTarget,
        'True/TerminationByKubelet',
      );
      await event(t, created, /^Warning Evicted: The node was low on/);
    },

    'a container has a restart policy of its own': async t => {
      await runPod(t, 'a', {
        containers: [
          { name: 'main', image: 'shop/cart:1.0.0' },
          { name: 'once', image: 'shop/warm-up:1', restartPolicy: 'Never' },
        ],
      });
      const { status } = await pod(t, 'having ended one container', body =>
        body.status.containerStatuses?.some(
          (it: any) => it.name === 'once' && it.state.terminated,
        ),
      );
      const once = status.containerStatuses.find(
        (it: any) => it.name === 'once',
      );
      assert.equal(once.state.terminated.exitCode, 0);
      assert.equal(once.restartCount, 0);
      assert.equal(status.phase, 'Running');
    },

    'a deleted pod shows how its containers ended': async t => {
      await runPod(t, 'a', main('shop/cart:1.0.0'));
      const { metadata } = await pod(t, 'running', isRunning);
      const watch = await t.watch('pods', {
        resourceVersion: metadata.resourceVersion,
      });
      await t.remove('pods', 'a');
      const deleted = await watch.takeUntil(({ type }) => type === 'DELETED');
      const { status } = deleted.at(-1)!.object as any;
      const [{ state }] = status.containerStatuses;
      assert.equal(state.terminated.exitCode, 143);
      assert.equal(status.phase, 'Failed');
    },

    'a finalizer keeps a pod that has ended, with its last status': async t => {
      await runPod(t, 'a', main('shop/cart:1-stubborn'));
      await pod(t, 'running', isRunning);
      await t.merge('pods', 'a', {
        metadata: { finalizers: ['example.com/hold'] },
      });
      await t.remove('pods', 'a');
      const { status, metadata } = await pod(
        t,
        'having ended',
        body => body.status.phase === 'Failed',
      );
      assert.ok(metadata.deletionTimestamp);
      assert.equal(status.containerStatuses[0].state.terminated.exitCode, 137);
      await t.merge('pods', 'a', { metadata: { finalizers: null } });
      await t.gone('pods', 'a');
    },
  },
  { controllers: true },
);

function stateOf(status: any): string {
  return Object.keys(status.containerStatuses[0].state)[0];
}
