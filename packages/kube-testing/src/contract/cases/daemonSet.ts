import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { masked } from '../expectations';
import {
  daemonSet,
  eventsOf,
  removePod,
  reportPod,
  revisionsOf,
  setImageOf,
} from '../workloads';

const HASH = 'controller-revision-hash';
const GENERATION = 'deprecated.daemonset.template.generation';

/** The DaemonSet `web` once its status is as wanted. */
function settled(
  t: ContractContext,
  what: string,
  is: (status: any) => boolean,
): Promise<any> {
  return t.eventually({
    resource: 'daemonsets',
    name: 'web',
    what,
    is: it =>
      it.status?.observedGeneration === it.metadata?.generation &&
      is(it.status),
  });
}

/** Available everywhere, and all of the newest template. */
function rolledOut(t: ContractContext, nodes = 3): Promise<any> {
  return settled(
    t,
    'being rolled out',
    it =>
      it.desiredNumberScheduled === nodes &&
      (it.updatedNumberScheduled ?? 0) === nodes &&
      (it.numberAvailable ?? 0) === nodes,
  );
}

async function web(t: ContractContext, more: object = {}): Promise<any> {
  return t.create('daemonsets', daemonSet('web', more));
}

/** Runs on one node only. */
const ON_ONE = { nodeSelector: { 'kubernetes.io/hostname': 'node-2' } };

async function pods(t: ContractContext): Promise<any[]> {
  const { items } = await t.list('pods', { labelSelector: 'app=web' });
  return items;
}

const lasting = (all: any[]) =>
  all.filter(pod => !pod.metadata.deletionTimestamp);

const imageOf = (pod: any) => pod.spec.containers[0].image;

/** Waits for that many pods that are not being deleted. */
async function podsThere(
  t: ContractContext,
  count: number,
  of: (pod: any) => boolean = () => true,
): Promise<any[]> {
  let found: any[] = [];
  await t.eventuallyTrue(`${count} pods`, async () => {
    found = lasting(await pods(t)).filter(of);
    return found.length === count;
  });
  return found;
}

/** Node that a pod is meant for. */
const targetOf = (pod: any) =>
  pod.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution
    .nodeSelectorTerms[0].matchFields[0].values[0];

/** A node of the test's own, without a kubelet; removed at the end. */
async function withNode(
  t: ContractContext,
  node: { spec?: object; labels?: object },
  test: (
    name: string,
    change: (patch: object) => Promise<any>,
  ) => Promise<void>,
): Promise<void> {
  const name = `${t.namespace}-node`;
  await t.create('nodes', {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { only: t.namespace, ...node.labels } },
    spec: node.spec,
  });
  const change = (patch: object) => t.merge('nodes', name, patch);
  try {
    await test(name, change);
  } finally {
    await t.client.request(t.path('nodes', name), { method: 'DELETE' });
  }
}

/** DaemonSets, from the first pod to the end. */
export const daemonSetCases = area(
  'daemonset',
  {
    'every node gets a pod, and the status counts them': async t => {
      const created = await web(t);
      assert.deepEqual(created.metadata.annotations, { [GENERATION]: '1' });
      const { status } = await rolledOut(t);
      assert.deepEqual(status, {
        currentNumberScheduled: 3,
        desiredNumberScheduled: 3,
        numberAvailable: 3,
        numberMisscheduled: 0,
        numberReady: 3,
        observedGeneration: 1,
        updatedNumberScheduled: 3,
      });
      const all = await pods(t);
      assert.deepEqual(all.map(pod => pod.spec.nodeName).sort(), [
        'node-1',
        'node-2',
        'node-3',
      ]);
      assert.ok(all.every(pod => targetOf(pod) === pod.spec.nodeName));
      const lines = await eventsOf(t, 'DaemonSet', 'web');
      assert.deepEqual(
        lines,
        all
          .map(
            it => `Normal SuccessfulCreate: Created pod: ${it.metadata.name}`,
          )
          .sort(),
      );
    },

    'its pods carry labels, an owner, and tolerations that every daemon has':
      async t => {
        const { metadata } = await web(t, {
          held: true,
          podSpec: {
            ...ON_ONE,
            hostNetwork: true,
            tolerations: [{ key: 'own', operator: 'Exists' }],
          },
        });
        const [pod] = await podsThere(t, 1);
        const [revision] = await revisionsOf(t);
        const hash = revision.metadata.labels[HASH];
        const meta = masked(pod).metadata;
        assert.match(meta.name, /^web-[a-z0-9]{5}$/);
        assert.deepEqual(
          { ...meta, name: 'web-xxxxx' },
          {
            name: 'web-xxxxx',
            generateName: 'web-',
            namespace: t.namespace,
            uid: '<uid>',
            resourceVersion: '<resourceVersion>',
            generation: 1,
            creationTimestamp: '<creationTimestamp>',
            labels: {
              app: 'web',
              [HASH]: hash,
              'pod-template-generation': '1',
            },
            ownerReferences: [
              {
                apiVersion: 'apps/v1',
                kind: 'DaemonSet',
                name: 'web',
                uid: '<uid>',
                controller: true,
                blockOwnerDeletion: true,
              },
            ],
            finalizers: ['example.com/hold'],
          },
        );
        assert.equal(pod.metadata.ownerReferences[0].uid, metadata.uid);
        assert.deepEqual(
          pod.spec.tolerations.map((it: any) =>
            [it.key, it.operator, it.effect].filter(Boolean).join(' '),
          ),
          [
            'own Exists',
            'node.kubernetes.io/not-ready Exists NoExecute',
            'node.kubernetes.io/unreachable Exists NoExecute',
            'node.kubernetes.io/disk-pressure Exists NoSchedule',
            'node.kubernetes.io/memory-pressure Exists NoSchedule',
            'node.kubernetes.io/pid-pressure Exists NoSchedule',
            'node.kubernetes.io/unschedulable Exists NoSchedule',
            'node.kubernetes.io/network-unavailable Exists NoSchedule',
          ],
        );
        assert.deepEqual(pod.spec.affinity, {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                {
                  matchFields: [
                    {
                      key: 'metadata.name',
                      operator: 'In',
                      values: ['node-2'],
                    },
                  ],
                },
              ],
            },
          },
        });
      },

    'a revision keeps the template as a patch': async t => {
      const set = await web(t, {
        annotations: { 'example.com/why': 'first' },
        podSpec: { nodeSelector: { no: 'node' } },
      });
      await rolledOut(t, 0);
      const [revision] = await revisionsOf(t);
      const { name, labels, ...rest } = masked(revision).metadata;
      assert.equal(name, `web-${labels[HASH]}`);
      assert.deepEqual(labels, { app: 'web', [HASH]: labels[HASH] });
      assert.deepEqual(rest, {
        namespace: t.namespace,
        uid: '<uid>',
        resourceVersion: '<resourceVersion>',
        creationTimestamp: '<creationTimestamp>',
        annotations: { 'example.com/why': 'first', [GENERATION]: '1' },
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'DaemonSet',
            name: 'web',
            uid: '<uid>',
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      });
      assert.equal(revision.revision, 1);
      assert.deepEqual(revision.data, {
        spec: { template: { ...set.spec.template, $patch: 'replace' } },
      });
    },

    'a node that is selected no longer loses its pod': async t => {
      await web(t);
      await rolledOut(t);
      await t.merge('daemonsets', 'web', {
        spec: { template: { spec: ON_ONE } },
      });
      const { status } = await rolledOut(t, 1);
      assert.equal(status.numberMisscheduled, 0);
      const [left] = await podsThere(t, 1);
      assert.equal(left.spec.nodeName, 'node-2');
    },

    'affinity selects nodes, and expressions may exclude some': async t => {
      await web(t, {
        podSpec: {
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [
                  {
                    matchExpressions: [
                      {
                        key: 'kubernetes.io/hostname',
                        operator: 'NotIn',
                        values: ['node-1'],
                      },
                    ],
                  },
                ],
              },
            },
          },
        },
      });
      await rolledOut(t, 2);
      assert.deepEqual((await pods(t)).map(it => it.spec.nodeName).sort(), [
        'node-2',
        'node-3',
      ]);
    },

    'a node that comes gets a pod': async t => {
      const selector = { nodeSelector: { only: t.namespace } };
      await web(t, { podSpec: selector });
      await rolledOut(t, 0);
      await withNode(t, {}, async (name, change) => {
        // Nobody reports for this node: what keeps new nodes clean is taken off by hand.
        await change({ spec: { taints: null } });
        const [pod] = await podsThere(t, 1);
        assert.equal(targetOf(pod), name);
        await settled(t, 'one node', it => it.currentNumberScheduled === 1);
      });
    },

    'a taint keeps pods away, a cordon does not': async t => {
      const taint = { key: 'example.com/own', effect: 'NoSchedule' };
      await withNode(
        t,
        { spec: { unschedulable: true, taints: [taint] } },
        async (name, change) => {
          await web(t, { podSpec: { nodeSelector: { only: t.namespace } } });
          await rolledOut(t, 0);
          await change({ spec: { taints: null } });
          const [pod] = await podsThere(t, 1);
          assert.equal(targetOf(pod), name);
          const drain = { ...taint, effect: 'NoExecute' };
          await change({ spec: { taints: [drain] } });
          await podsThere(t, 0);
        },
      );
    },

    'a pod that is deleted or failed comes again': async t => {
      await web(t, { held: true, podSpec: ON_ONE });
      const [first] = await podsThere(t, 1);
      await reportPod(t, first.metadata.name, {
        phase: 'Failed',
        ready: false,
      });
      await t.eventuallyTrue('the failed pod being deleted', async () => {
        const all = await pods(t);
        return all.some(
          pod =>
            pod.metadata.uid === first.metadata.uid &&
            pod.metadata.deletionTimestamp,
        );
      });
      await removePod(t, first.metadata.name);
      const [second] = await podsThere(t, 1);
      assert.notEqual(second.metadata.uid, first.metadata.uid);
      assert.ok(
        (await eventsOf(t, 'DaemonSet', 'web')).includes(
          `Warning FailedDaemonPod: Found failed daemon pod ${t.namespace}/${first.metadata.name} on node node-2, will try to kill it`,
        ),
      );
      await removePod(t, second.metadata.name);
      const [third] = await podsThere(t, 1);
      assert.notEqual(third.metadata.uid, second.metadata.uid);
    },

    'a new template replaces as many pods as may be unavailable': async t => {
      await web(t, { held: true });
      for (const pod of await podsThere(t, 3)) {
        await reportPod(t, pod.metadata.name);
      }
      await rolledOut(t);
      const changed = await setImageOf(t, 'daemonsets', 'shop/cart:2.0.0');
      assert.equal(changed.metadata.annotations[GENERATION], '2');
      assert.equal(changed.metadata.generation, 2);
      await podsThere(t, 2);
      const [doomed] = (await pods(t)).filter(
        it => it.metadata.deletionTimestamp,
      );
      await removePod(t, doomed.metadata.name);
      const [fresh] = await podsThere(
        t,
        1,
        it => imageOf(it) === 'shop/cart:2.0.0',
      );
      assert.equal(fresh.metadata.labels['pod-template-generation'], '2');
      assert.equal(targetOf(fresh), targetOf(doomed));
      const { status } = await settled(
        t,
        'being updated on one node',
        it => it.updatedNumberScheduled === 1,
      );
      assert.deepEqual(status, {
        currentNumberScheduled: 3,
        desiredNumberScheduled: 3,
        numberAvailable: 2,
        numberMisscheduled: 0,
        numberReady: 2,
        numberUnavailable: 1,
        observedGeneration: 2,
        updatedNumberScheduled: 1,
      });
      assert.equal(lasting(await pods(t)).length, 3);
      await reportPod(t, fresh.metadata.name);
      await podsThere(t, 2);
    },

    'a rollout replaces every pod, and the revisions are counted': async t => {
      await web(t, {
        spec: {
          updateStrategy: {
            type: 'RollingUpdate',
            rollingUpdate: { maxUnavailable: '100%' },
          },
        },
      });
      await rolledOut(t);
      await setImageOf(t, 'daemonsets', 'shop/cart:2.0.0');
      await rolledOut(t);
      const [first, second] = await revisionsOf(t);
      assert.deepEqual([first.revision, second.revision], [1, 2]);
      const all = lasting(await pods(t));
      assert.deepEqual(
        [...new Set(all.map(pod => pod.metadata.labels[HASH]))],
        [second.metadata.labels[HASH]],
      );
      await setImageOf(t, 'daemonsets', 'shop/cart:1.0.0');
      await rolledOut(t);
      assert.deepEqual(
        (await revisionsOf(t)).map(it => [it.revision, it.metadata.name]),
        [
          [2, second.metadata.name],
          [3, first.metadata.name],
        ],
      );
    },

    'a broken template stops after the first nodes': async t => {
      await web(t);
      await rolledOut(t);
      await setImageOf(t, 'daemonsets', 'shop/cart:2.0.0-never-ready');
      const { status } = await settled(
        t,
        'being stuck',
        it => it.updatedNumberScheduled === 1 && it.numberUnavailable === 1,
      );
      assert.equal(status.numberReady, 2);
      await setImageOf(t, 'daemonsets', 'shop/cart:3.0.0');
      await rolledOut(t);
    },

    'with a surge the new pod is there before the old one goes': async t => {
      await web(t, {
        held: true,
        podSpec: ON_ONE,
        spec: {
          updateStrategy: {
            type: 'RollingUpdate',
            rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
          },
        },
      });
      const [old] = await podsThere(t, 1);
      await reportPod(t, old.metadata.name);
      await rolledOut(t, 1);
      await setImageOf(t, 'daemonsets', 'shop/cart:2.0.0');
      const both = await podsThere(t, 2);
      const fresh = both.find(it => it.metadata.uid !== old.metadata.uid);
      assert.equal(imageOf(fresh), 'shop/cart:2.0.0');
      assert.equal(targetOf(fresh), 'node-2');
      await reportPod(t, fresh.metadata.name);
      const [left] = await podsThere(t, 1);
      assert.equal(left.metadata.uid, fresh.metadata.uid);
      await removePod(t, old.metadata.name);
      await rolledOut(t, 1);
    },

    'with OnDelete the user replaces the pods': async t => {
      await web(t, { spec: { updateStrategy: { type: 'OnDelete' } } });
      await rolledOut(t);
      await setImageOf(t, 'daemonsets', 'shop/cart:2.0.0');
      const { status } = await settled(t, 'seeing the template', () => true);
      assert.equal(status.updatedNumberScheduled, undefined);
      assert.equal(status.numberAvailable, 3);
      const [one] = await pods(t);
      await t.remove('pods', one.metadata.name);
      await settled(
        t,
        'one new pod',
        it => it.updatedNumberScheduled === 1 && it.numberAvailable === 3,
      );
    },

    'a pod is available once it has been ready for minReadySeconds':
      async t => {
        await web(t, {
          held: true,
          podSpec: ON_ONE,
          spec: { minReadySeconds: 3600 },
        });
        const [pod] = await podsThere(t, 1);
        await reportPod(t, pod.metadata.name);
        const { status } = await settled(
          t,
          'being ready',
          it => it.numberReady === 1,
        );
        assert.equal(status.numberAvailable, undefined);
        assert.equal(status.numberUnavailable, 1);
        await reportPod(t, pod.metadata.name, {
          since: new Date(Date.now() - 7_200_000),
        });
        await rolledOut(t, 1);
      },

    'the limit of the history deletes the oldest revisions': async t => {
      await web(t, {
        podSpec: { nodeSelector: { no: 'node' } },
        spec: { revisionHistoryLimit: 1 },
      });
      await rolledOut(t, 0);
      const [first] = await revisionsOf(t);
      for (const tag of ['2', '3']) {
        await setImageOf(t, 'daemonsets', `shop/cart:${tag}`);
        await rolledOut(t, 0);
      }
      await t.gone('controllerrevisions', first.metadata.name);
      assert.deepEqual(
        (await revisionsOf(t)).map(it => it.revision),
        [2, 3],
      );
    },

    'deleting it deletes its pods and revisions': async t => {
      await web(t);
      await rolledOut(t);
      await t.remove('daemonsets', 'web', { propagationPolicy: 'Foreground' });
      await t.gone('daemonsets', 'web');
      assert.deepEqual(await t.names('pods'), []);
      assert.deepEqual(await t.names('controllerrevisions'), []);
    },

    'pods that an earlier one left behind are adopted': async t => {
      await web(t, { podSpec: ON_ONE });
      await rolledOut(t, 1);
      const [before] = await pods(t);
      await t.remove('daemonsets', 'web', { propagationPolicy: 'Orphan' });
      await t.gone('daemonsets', 'web');
      await t.eventually({
        resource: 'pods',
        name: before.metadata.name,
        what: 'being an orphan',
        is: pod => !pod.metadata.ownerReferences,
      });
      const { metadata } = await web(t, { podSpec: ON_ONE });
      await rolledOut(t, 1);
      const [after] = await pods(t);
      assert.equal(after.metadata.uid, before.metadata.uid);
      assert.equal(after.metadata.ownerReferences[0].uid, metadata.uid);
    },
  },
  { controllers: true },
);
