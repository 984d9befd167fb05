import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { kubectl } from '../kubectl';
import { daemonSet, revisionsOf, statefulSet } from '../workloads';

const KINDS = [
  { kind: 'statefulset', resource: 'statefulsets', make: statefulSet },
  { kind: 'daemonset', resource: 'daemonsets', make: daemonSet },
] as const;

function rolloutStatus(t: ContractContext, kind: string): Promise<string> {
  return kubectl(t, 'rollout', 'status', `${kind}/web`, '--timeout=60s');
}

function setImage(
  t: ContractContext,
  kind: string,
  image: string,
): Promise<string> {
  return kubectl(t, 'set', 'image', `${kind}/web`, `main=${image}`);
}

/** One promise about each of the two kinds. */
function forBoth(
  promise: string,
  test: (t: ContractContext, it: (typeof KINDS)[number]) => Promise<void>,
): Record<string, (t: ContractContext) => Promise<void>> {
  return Object.fromEntries(
    KINDS.map(it => [`${promise} of a ${it.kind}`, t => test(t, it)]),
  );
}

/** What people type about StatefulSets and DaemonSets. */
export const statefulKubectlCases = area(
  'kubectl',
  {
    ...forBoth(
      'rollout status waits for the update',
      async (t, { kind, resource, make }) => {
        await t.create(resource, make('web'));
        assert.match(await rolloutStatus(t, kind), /(complete|rolled out)/);
        await setImage(t, kind, 'shop/cart:2.0.0');
        const said = (await rolloutStatus(t, kind)).trim().split('\n').at(-1);
        assert.equal(
          said,
          kind === 'statefulset'
            ? 'partitioned roll out complete: 1 new pods have been updated...'
            : 'daemon set "web" successfully rolled out',
        );
      },
    ),

    ...forBoth(
      'rollout history and undo go by revisions',
      async (t, { kind, resource, make }) => {
        const annotations = { 'kubernetes.io/change-cause': 'the first' };
        await t.create(resource, make('web', { annotations }));
        await rolloutStatus(t, kind);
        await kubectl(
          t,
          'annotate',
          `${kind}/web`,
          '--overwrite',
          'kubernetes.io/change-cause=the second',
        );
        await setImage(t, kind, 'shop/cart:2.0.0');
        await rolloutStatus(t, kind);
        const history = await kubectl(t, 'rollout', 'history', `${kind}/web`);
        assert.equal(
          history.trimEnd(),
          `${kind}.apps/web \nREVISION  CHANGE-CAUSE\n1         the first\n2         the second`,
        );
        const first = await kubectl(
          t,
          'rollout',
          'history',
          `${kind}/web`,
          '--revision=1',
        );
        assert.match(first, /^ +Image:\tshop\/cart:1\.0\.0$/m);
        assert.equal(
          await kubectl(t, 'rollout', 'undo', `${kind}/web`),
          `${kind}.apps/web rolled back\n`,
        );
        await rolloutStatus(t, kind);
        const { spec } = await t.read(resource, 'web');
        assert.equal(spec.template.spec.containers[0].image, 'shop/cart:1.0.0');
        assert.deepEqual(
          (await revisionsOf(t)).map(it => it.revision),
          [2, 3],
        );
        assert.equal(
          await kubectl(t, 'rollout', 'undo', `${kind}/web`, '--to-revision=3'),
          `${kind}.apps/web skipped rollback (current template already matches revision 3)\n`,
        );
        await assert.rejects(
          kubectl(t, 'rollout', 'undo', `${kind}/web`, '--to-revision=9'),
          /error: unable to find specified revision 9 in history/,
        );
      },
    ),

    ...forBoth(
      'rollout restart makes new pods',
      async (t, { kind, resource, make }) => {
        await t.create(resource, make('web'));
        await rolloutStatus(t, kind);
        const uids = async () =>
          (await t.list('pods')).items.map((it: any) => it.metadata.uid);
        const before = await uids();
        assert.equal(
          await kubectl(t, 'rollout', 'restart', `${kind}/web`),
          `${kind}.apps/web restarted\n`,
        );
        await rolloutStatus(t, kind);
        const after = await uids();
        assert.ok(before.every((uid: string) => !after.includes(uid)));
        assert.equal((await revisionsOf(t)).length, 2);
      },
    ),

    'rollout status of a partition counts what it updates': async t => {
      await t.create(
        'statefulsets',
        statefulSet('web', {
          replicas: 2,
          spec: {
            updateStrategy: {
              type: 'RollingUpdate',
              rollingUpdate: { partition: 1 },
            },
          },
        }),
      );
      await rolloutStatus(t, 'statefulset');
      await setImage(t, 'statefulset', 'shop/cart:2.0.0');
      assert.match(
        await rolloutStatus(t, 'statefulset'),
        /partitioned roll out complete: 1 new pods have been updated\.\.\.\n$/,
      );
    },

    'get prints StatefulSets, DaemonSets and their revisions': async t => {
      await t.create('statefulsets', statefulSet('web'));
      await rolloutStatus(t, 'statefulset');
      assert.match(
        await kubectl(t, 'get', 'sts', '-o', 'wide'),
        /^NAME +READY +AGE +CONTAINERS +IMAGES\nweb +1\/1 +\S+ +main +shop\/cart:1\.0\.0\n$/,
      );
      assert.match(
        await kubectl(t, 'get', 'controllerrevisions'),
        /^NAME +CONTROLLER +REVISION +AGE\nweb-\S+ +statefulset\.apps\/web +1 +\S+\n$/,
      );
      await t.create(
        'daemonsets',
        daemonSet('agent', {
          podSpec: { nodeSelector: { 'kubernetes.io/hostname': 'node-2' } },
        }),
      );
      await kubectl(t, 'rollout', 'status', 'ds/agent', '--timeout=60s');
      assert.match(
        await kubectl(t, 'get', 'ds', '-o', 'wide'),
        /^NAME +DESIRED +CURRENT +READY +UP-TO-DATE +AVAILABLE +NODE SELECTOR +AGE +CONTAINERS +IMAGES +SELECTOR\nagent +1 +1 +1 +1 +1 +kubernetes\.io\/hostname=node-2 +\S+ +main +shop\/cart:1\.0\.0 +app=agent\n$/,
      );
    },

    'describe tells about a StatefulSet and a DaemonSet': async t => {
      await t.create('statefulsets', statefulSet('web', { replicas: 2 }));
      await t.create('daemonsets', daemonSet('agent'));
      await rolloutStatus(t, 'statefulset');
      await kubectl(t, 'rollout', 'status', 'ds/agent', '--timeout=60s');
      const set = await kubectl(t, 'describe', 'sts', 'web');
      assert.match(set, /^Replicas: +2 desired \| 2 total$/m);
      assert.match(set, /^Update Strategy: +RollingUpdate$/m);
      assert.match(
        set,
        /^Pods Status: +2 Running \/ 0 Waiting \/ 0 Succeeded \/ 0 Failed$/m,
      );
      assert.match(
        set,
        /Normal +SuccessfulCreate .* statefulset-controller +Create Pod web-0 in StatefulSet web successful/,
      );
      const agent = await kubectl(t, 'describe', 'ds', 'agent');
      assert.match(
        agent,
        /^Number of Nodes Scheduled with Available Pods: 3$/m,
      );
      assert.match(
        agent,
        /Normal +SuccessfulCreate .* daemonset-controller +Created pod: agent-/,
      );
    },

    'scale sizes a StatefulSet': async t => {
      await t.create('statefulsets', statefulSet('web'));
      assert.equal(
        await kubectl(t, 'scale', 'sts/web', '--replicas=2'),
        'statefulset.apps/web scaled\n',
      );
      await rolloutStatus(t, 'statefulset');
      assert.deepEqual(await t.names('pods'), ['web-0', 'web-1']);
      const { status } = await t.ok(t.path('statefulsets', 'web/scale'));
      assert.deepEqual(status, { replicas: 2, selector: 'app=web' });
    },
  },
  { controllers: true },
);
