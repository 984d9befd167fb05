import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { masked } from '../expectations';
import {
  eventually,
  eventsOf,
  removePod,
  reportPod,
  revisionsOf,
  setImageOf,
  statefulSet,
  UNSCHEDULED,
} from '../workloads';

const HASH = 'controller-revision-hash';

/** The StatefulSet `web` once its status is as wanted. */
function settled(
  t: ContractContext,
  what: string,
  is: (status: any, set: any) => boolean,
): Promise<any> {
  return t.eventually({
    resource: 'statefulsets',
    name: 'web',
    what,
    is: set =>
      set.status?.observedGeneration === set.metadata?.generation &&
      is(set.status, set),
  });
}

/** All pods ready, and of the newest revision. */
function rolledOut(t: ContractContext): Promise<any> {
  return settled(
    t,
    'being rolled out',
    (status, { spec }) =>
      status.currentRevision === status.updateRevision &&
      (status.updatedReplicas ?? 0) === spec.replicas &&
      status.availableReplicas === spec.replicas &&
      status.replicas === spec.replicas,
  );
}

async function web(t: ContractContext, more: object = {}): Promise<any> {
  return t.create('statefulsets', statefulSet('web', more));
}

/** Scales through the subresource. */
function scale(t: ContractContext, replicas: number): Promise<any> {
  return t.ok(t.path('statefulsets', 'web/scale'), {
    method: 'PATCH',
    contentType: 'application/merge-patch+json',
    body: { spec: { replicas } },
  });
}

/** Waits for a pod and tells it ready. */
async function ready(t: ContractContext, name: string): Promise<void> {
  await exists(t, name);
  await reportPod(t, name);
}

function exists(t: ContractContext, name: string): Promise<any> {
  return t.eventually({
    resource: 'pods',
    name,
    what: 'being there',
    is: pod => pod.kind === 'Pod' && !pod.metadata.deletionTimestamp,
  });
}

function terminating(t: ContractContext, name: string): Promise<any> {
  return t.eventually({
    resource: 'pods',
    name,
    what: 'being deleted',
    is: pod => Boolean(pod.metadata?.deletionTimestamp),
  });
}

/** `name image` of the pods, in the order of their names. */
async function podImages(t: ContractContext): Promise<string[]> {
  const { items } = await t.list('pods', { labelSelector: 'app=web' });
  return items
    .map((pod: any) => `${pod.metadata.name} ${pod.spec.containers[0].image}`)
    .sort();
}

/** StatefulSets, from the first pod to the end. */
export const statefulSetCases = area(
  'statefulset',
  {
    'its pods have names, labels and addresses of their own': async t => {
      const set = await web(t, { replicas: 2, held: true });
      await ready(t, 'web-0');
      const pod = await exists(t, 'web-1');
      const { status } = await settled(
        t,
        'having 2 pods',
        it => it.replicas === 2,
      );
      assert.deepEqual(masked(pod).metadata, {
        name: 'web-1',
        generateName: 'web-',
        namespace: t.namespace,
        uid: '<uid>',
        resourceVersion: '<resourceVersion>',
        generation: 1,
        creationTimestamp: '<creationTimestamp>',
        labels: {
          app: 'web',
          'apps.kubernetes.io/pod-index': '1',
          [HASH]: status.updateRevision,
          'statefulset.kubernetes.io/pod-name': 'web-1',
        },
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'StatefulSet',
            name: 'web',
            uid: '<uid>',
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
        finalizers: ['example.com/hold'],
      });
      assert.equal(pod.metadata.ownerReferences[0].uid, set.metadata.uid);
      assert.equal(pod.spec.hostname, 'web-1');
      assert.equal(pod.spec.subdomain, 'web');
    },

    'a revision keeps the template as a patch, under the name of its content':
      async t => {
        const set = await web(t, {
          replicas: 0,
          annotations: { 'example.com/why': 'first' },
          podSpec: {
            containers: [
              { name: 'main', image: 'shop/cart:1.0.0', args: ['a<b&&c>d'] },
            ],
          },
        });
        const { status } = await rolledOut(t);
        const [revision] = await revisionsOf(t);
        assert.deepEqual(masked(revision), {
          metadata: {
            name: 'web-64d5dcbff5',
            namespace: t.namespace,
            uid: '<uid>',
            resourceVersion: '<resourceVersion>',
            creationTimestamp: '<creationTimestamp>',
            labels: {
              app: 'web',
              'controller.kubernetes.io/hash': '64d5dcbff5',
            },
            annotations: { 'example.com/why': 'first' },
            ownerReferences: [
              {
                apiVersion: 'apps/v1',
                kind: 'StatefulSet',
                name: 'web',
                uid: '<uid>',
                controller: true,
                blockOwnerDeletion: true,
              },
            ],
          },
          data: {
            spec: {
              template: { ...set.spec.template, $patch: 'replace' },
            },
          },
          revision: 1,
        });
        assert.equal(status.currentRevision, revision.metadata.name);
        assert.equal(status.updateRevision, revision.metadata.name);
      },

    'the status counts, and names the revisions': async t => {
      const created = await web(t, { replicas: 2 });
      assert.deepEqual(created.status, { replicas: 0, availableReplicas: 0 });
      const { status } = await rolledOut(t);
      const { currentRevision, updateRevision, ...counts } = status;
      assert.match(currentRevision, /^web-[a-z0-9]+$/);
      assert.equal(updateRevision, currentRevision);
      assert.deepEqual(counts, {
        observedGeneration: 1,
        replicas: 2,
        readyReplicas: 2,
        availableReplicas: 2,
        currentReplicas: 2,
        updatedReplicas: 2,
        collisionCount: 0,
      });
    },

    'pods come one after the other, each when the one before is ready':
      async t => {
        await web(t, { replicas: 3, held: true });
        await exists(t, 'web-0');
        assert.deepEqual(await t.names('pods'), ['web-0']);
        await reportPod(t, 'web-0', { ready: false });
        const { status } = await settled(t, 'one pod', it => it.replicas === 1);
        assert.equal(status.readyReplicas, undefined);
        assert.deepEqual(await t.names('pods'), ['web-0']);
        await reportPod(t, 'web-0');
        await exists(t, 'web-1');
        assert.deepEqual(await t.names('pods'), ['web-0', 'web-1']);
        await reportPod(t, 'web-1');
        await ready(t, 'web-2');
        await rolledOut(t);
        assert.deepEqual(
          await eventually(t, 'StatefulSet', 'web', [
            'Normal SuccessfulCreate: Create Pod web-2 in StatefulSet web successful',
          ]),
          [0, 1, 2].map(
            ordinal =>
              `Normal SuccessfulCreate: Create Pod web-${ordinal} in StatefulSet web successful`,
          ),
        );
      },

    'a first pod that is not ready again keeps the others from being created':
      async t => {
        await web(t, { replicas: 3, held: true });
        await ready(t, 'web-0');
        await ready(t, 'web-1');
        await exists(t, 'web-2');
        await reportPod(t, 'web-0', { ready: false });
        await settled(t, 'one ready pod', it => it.readyReplicas === 1);
        await removePod(t, 'web-2');
        const { status } = await settled(
          t,
          'lacking the last pod',
          it => it.replicas === 2,
        );
        assert.equal(status.availableReplicas, 1);
        await reportPod(t, 'web-0');
        await exists(t, 'web-2');
      },

    'managed in parallel, pods wait for nothing': async t => {
      await web(t, {
        replicas: 3,
        held: true,
        spec: { podManagementPolicy: 'Parallel' },
      });
      const { status } = await settled(
        t,
        'having all pods',
        it => it.replicas === 3,
      );
      assert.equal(status.readyReplicas, undefined);
      assert.deepEqual(await t.names('pods'), ['web-0', 'web-1', 'web-2']);
      await scale(t, 1);
      await terminating(t, 'web-1');
      await terminating(t, 'web-2');
      assert.equal(
        (await t.read('pods', 'web-0')).metadata.deletionTimestamp,
        undefined,
      );
    },

    'ordinals may start anywhere': async t => {
      await web(t, { replicas: 2, spec: { ordinals: { start: 5 } } });
      await rolledOut(t);
      assert.deepEqual(await t.names('pods'), ['web-5', 'web-6']);
      await t.merge('statefulsets', 'web', {
        spec: { ordinals: { start: 6 } },
      });
      await t.gone('pods', 'web-5');
      await rolledOut(t);
      assert.deepEqual(await t.names('pods'), ['web-6', 'web-7']);
    },

    'scaling down removes the last pod first, one at a time': async t => {
      await web(t, { replicas: 3, held: true });
      for (const name of ['web-0', 'web-1', 'web-2']) {
        await ready(t, name);
      }
      await rolledOut(t);
      await scale(t, 1);
      await terminating(t, 'web-2');
      const { status } = await settled(
        t,
        'counting the pod that goes',
        it => it.currentReplicas === 2,
      );
      assert.equal(status.replicas, 3);
      assert.equal(
        (await t.read('pods', 'web-1')).metadata.deletionTimestamp,
        undefined,
      );
      await removePod(t, 'web-2');
      await terminating(t, 'web-1');
      await removePod(t, 'web-1');
      await rolledOut(t);
      assert.deepEqual(await t.names('pods'), ['web-0']);
      assert.deepEqual(
        (await eventsOf(t, 'StatefulSet', 'web')).filter(it =>
          it.includes('Delete'),
        ),
        [1, 2].map(
          ordinal =>
            `Normal SuccessfulDelete: Delete Pod web-${ordinal} in StatefulSet web successful`,
        ),
      );
    },

    'scaling down waits for a pod that is not well, unless it is the one to go':
      async t => {
        await web(t, { replicas: 3, held: true });
        for (const name of ['web-0', 'web-1', 'web-2']) {
          await ready(t, name);
        }
        await rolledOut(t);
        await reportPod(t, 'web-0', { ready: false });
        await settled(t, 'two ready pods', it => it.readyReplicas === 2);
        await scale(t, 2);
        await settled(t, 'seeing the scale', () => true);
        assert.equal(
          (await t.read('pods', 'web-2')).metadata.deletionTimestamp,
          undefined,
        );
        await reportPod(t, 'web-0');
        await terminating(t, 'web-2');
      },

    'a new template replaces the pods from the last to the first': async t => {
      await web(t, { replicas: 2, held: true });
      await ready(t, 'web-0');
      await ready(t, 'web-1');
      const before = (await rolledOut(t)).status.currentRevision;
      await setImageOf(t, 'statefulsets', 'shop/cart:2.0.0');
      await terminating(t, 'web-1');
      await removePod(t, 'web-1');
      await exists(t, 'web-1');
      const { status } = await settled(
        t,
        'being half way',
        it => it.updatedReplicas === 1,
      );
      const { updateRevision, ...rest } = status;
      assert.notEqual(updateRevision, before);
      assert.deepEqual(rest, {
        observedGeneration: 2,
        replicas: 2,
        readyReplicas: 1,
        availableReplicas: 1,
        currentReplicas: 1,
        updatedReplicas: 1,
        currentRevision: before,
        collisionCount: 0,
      });
      assert.equal(
        (await t.read('pods', 'web-0')).metadata.deletionTimestamp,
        undefined,
      );
      await reportPod(t, 'web-1');
      await terminating(t, 'web-0');
      await removePod(t, 'web-0');
      await ready(t, 'web-0');
      const done = await rolledOut(t);
      assert.equal(done.status.currentRevision, updateRevision);
      assert.deepEqual(await podImages(t), [
        'web-0 shop/cart:2.0.0',
        'web-1 shop/cart:2.0.0',
      ]);
      assert.deepEqual(
        (await revisionsOf(t)).map(it => [it.revision, it.metadata.name]),
        [
          [1, before],
          [2, updateRevision],
        ],
      );
    },

    'a template that never gets ready stops at the last pod, even when it is taken back':
      async t => {
        await web(t, { replicas: 2 });
        await rolledOut(t);
        await setImageOf(t, 'statefulsets', 'shop/cart:2.0.0-missing');
        await settled(
          t,
          'having one pod that waits for its image',
          it => it.updatedReplicas === 1 && it.readyReplicas === 1,
        );
        await t.eventually({
          resource: 'pods',
          name: 'web-1',
          what: 'not finding its image',
          is: pod =>
            /ImagePull/.test(
              pod.status?.containerStatuses?.[0].state.waiting?.reason,
            ),
        });
        await setImageOf(t, 'statefulsets', 'shop/cart:1.0.0');
        const { status } = await settled(
          t,
          'seeing the old template',
          it => it.updateRevision === it.currentRevision,
        );
        assert.equal(status.updatedReplicas, 1);
        assert.deepEqual(await podImages(t), [
          'web-0 shop/cart:1.0.0',
          'web-1 shop/cart:2.0.0-missing',
        ]);
        await t.remove('pods', 'web-1');
        await rolledOut(t);
        assert.deepEqual(await podImages(t), [
          'web-0 shop/cart:1.0.0',
          'web-1 shop/cart:1.0.0',
        ]);
      },

    'a partition keeps the pods below it at the old revision, for good':
      async t => {
        await web(t, {
          replicas: 3,
          spec: {
            updateStrategy: {
              type: 'RollingUpdate',
              rollingUpdate: { partition: 2 },
            },
          },
        });
        const before = (await rolledOut(t)).status.currentRevision;
        await setImageOf(t, 'statefulsets', 'shop/cart:2.0.0');
        const { status } = await settled(
          t,
          'being updated down to the partition',
          it => it.updatedReplicas === 1 && it.availableReplicas === 3,
        );
        assert.equal(status.currentRevision, before);
        assert.equal(status.currentReplicas, 2);
        await t.remove('pods', 'web-0');
        await settled(
          t,
          'having lost a pod',
          it => (it.availableReplicas ?? 0) === 2,
        );
        await settled(
          t,
          'having its pod again',
          it => it.availableReplicas === 3 && it.currentReplicas === 2,
        );
        assert.deepEqual(await podImages(t), [
          'web-0 shop/cart:1.0.0',
          'web-1 shop/cart:1.0.0',
          'web-2 shop/cart:2.0.0',
        ]);
        await t.merge('statefulsets', 'web', {
          spec: { updateStrategy: { rollingUpdate: { partition: 0 } } },
        });
        await rolledOut(t);
        assert.deepEqual(
          [...new Set((await podImages(t)).map(it => it.split(' ')[1]))],
          ['shop/cart:2.0.0'],
        );
      },

    'several pods may be unavailable during an update': async t => {
      await web(t, {
        replicas: 3,
        held: true,
        spec: {
          podManagementPolicy: 'Parallel',
          updateStrategy: {
            type: 'RollingUpdate',
            rollingUpdate: { maxUnavailable: '67%' },
          },
        },
      });
      for (const name of ['web-0', 'web-1', 'web-2']) {
        await ready(t, name);
      }
      await rolledOut(t);
      await setImageOf(t, 'statefulsets', 'shop/cart:2.0.0');
      await terminating(t, 'web-2');
      await terminating(t, 'web-1');
      await settled(t, 'one current pod', it => it.currentReplicas === 1);
      assert.equal(
        (await t.read('pods', 'web-0')).metadata.deletionTimestamp,
        undefined,
      );
    },

    'with OnDelete the user replaces the pods': async t => {
      await web(t, {
        replicas: 2,
        spec: { updateStrategy: { type: 'OnDelete' } },
      });
      await settled(t, 'two ready pods', it => it.readyReplicas === 2);
      const { metadata } = await setImageOf(
        t,
        'statefulsets',
        'shop/cart:2.0.0',
      );
      const { status } = await settled(
        t,
        'seeing the template',
        it => it.observedGeneration === metadata.generation,
      );
      assert.notEqual(status.updateRevision, status.currentRevision);
      assert.equal(status.updatedReplicas, undefined);
      await t.remove('pods', 'web-0');
      const after = await settled(
        t,
        'one new pod',
        it => it.updatedReplicas === 1 && it.readyReplicas === 2,
      );
      assert.equal(after.status.currentRevision, status.currentRevision);
      assert.deepEqual(await podImages(t), [
        'web-0 shop/cart:2.0.0',
        'web-1 shop/cart:1.0.0',
      ]);
    },

    'a pod is available once it has been ready for minReadySeconds':
      async t => {
        await web(t, {
          replicas: 2,
          held: true,
          spec: { minReadySeconds: 3600 },
        });
        await ready(t, 'web-0');
        const { status } = await settled(
          t,
          'being ready',
          it => it.readyReplicas === 1,
        );
        assert.equal(status.availableReplicas, 0);
        assert.deepEqual(await t.names('pods'), ['web-0']);
        await reportPod(t, 'web-0', {
          since: new Date(Date.now() - 7_200_000),
        });
        await exists(t, 'web-1');
      },

    'the limit of the history deletes the oldest revisions; one that comes back is the newest':
      async t => {
        await web(t, { replicas: 0, spec: { revisionHistoryLimit: 1 } });
        await rolledOut(t);
        const first = (await revisionsOf(t))[0].metadata.name;
        for (const tag of ['2', '3']) {
          await setImageOf(t, 'statefulsets', `shop/cart:${tag}`);
          await rolledOut(t);
        }
        await t.gone('controllerrevisions', first);
        const [second, third] = await revisionsOf(t);
        assert.deepEqual([second.revision, third.revision], [2, 3]);
        await setImageOf(t, 'statefulsets', 'shop/cart:2');
        const { status } = await rolledOut(t);
        assert.equal(status.updateRevision, second.metadata.name);
        assert.deepEqual(
          (await revisionsOf(t)).map(it => [it.revision, it.metadata.name]),
          [
            [3, third.metadata.name],
            [4, second.metadata.name],
          ],
        );
      },

    'each pod gets claims from the templates, which stay when it goes':
      async t => {
        await web(t, {
          replicas: 2,
          held: true,
          spec: { volumeClaimTemplates: [claimTemplate()] },
        });
        await ready(t, 'web-0');
        await ready(t, 'web-1');
        await rolledOut(t);
        const claim = await t.read('persistentvolumeclaims', 'data-web-1');
        assert.deepEqual(masked(claim).metadata, {
          name: 'data-web-1',
          namespace: t.namespace,
          uid: '<uid>',
          resourceVersion: '<resourceVersion>',
          creationTimestamp: '<creationTimestamp>',
          labels: { app: 'web', tier: 'db' },
          finalizers: ['kubernetes.io/pvc-protection'],
        });
        const pod = await t.read('pods', 'web-1');
        assert.deepEqual(
          pod.spec.volumes.filter((it: any) => it.name === 'data'),
          [
            {
              name: 'data',
              persistentVolumeClaim: { claimName: 'data-web-1' },
            },
          ],
        );
        await eventually(t, 'StatefulSet', 'web', [
          'Normal SuccessfulCreate: Create Claim data-web-0 Pod web-0 in StatefulSet web success',
          'Normal SuccessfulCreate: Create Claim data-web-1 Pod web-1 in StatefulSet web success',
        ]);
        await scale(t, 1);
        await terminating(t, 'web-1');
        await removePod(t, 'web-1');
        await rolledOut(t);
        assert.deepEqual(await t.names('persistentvolumeclaims'), [
          'data-web-0',
          'data-web-1',
        ]);
      },

    'by its retention policy claims go with their pod and with the set':
      async t => {
        const set = await web(t, {
          replicas: 2,
          held: true,
          spec: {
            volumeClaimTemplates: [claimTemplate()],
            persistentVolumeClaimRetentionPolicy: {
              whenDeleted: 'Delete',
              whenScaled: 'Delete',
            },
          },
        });
        await ready(t, 'web-0');
        await ready(t, 'web-1');
        await rolledOut(t);
        const claim = await t.eventually({
          resource: 'persistentvolumeclaims',
          name: 'data-web-1',
          what: 'being owned',
          is: it => it.metadata.ownerReferences?.length === 1,
        });
        assert.deepEqual(claim.metadata.ownerReferences, [
          {
            apiVersion: 'apps/v1',
            kind: 'StatefulSet',
            name: 'web',
            uid: set.metadata.uid,
            controller: true,
            blockOwnerDeletion: true,
          },
        ]);
        await scale(t, 1);
        await terminating(t, 'web-1');
        const condemned = await t.read('persistentvolumeclaims', 'data-web-1');
        assert.deepEqual(
          condemned.metadata.ownerReferences.map((it: any) => [
            it.kind,
            it.name,
          ]),
          [['Pod', 'web-1']],
        );
        await removePod(t, 'web-1');
        await t.gone('persistentvolumeclaims', 'data-web-1');
        await scale(t, 2);
        await ready(t, 'web-1');
        await rolledOut(t);
        await t.remove('statefulsets', 'web', {
          propagationPolicy: 'Background',
        });
        await terminating(t, 'web-0');
        await terminating(t, 'web-1');
        await removePod(t, 'web-0');
        await removePod(t, 'web-1');
        await t.gone('persistentvolumeclaims', 'data-web-0');
      },

    'a pod that failed is replaced under the same name': async t => {
      await web(t, { replicas: 1, held: true });
      await ready(t, 'web-0');
      const { uid } = (await t.read('pods', 'web-0')).metadata;
      await rolledOut(t);
      await reportPod(t, 'web-0', { phase: 'Failed', ready: false });
      await terminating(t, 'web-0');
      await removePod(t, 'web-0');
      await t.eventually({
        resource: 'pods',
        name: 'web-0',
        what: 'being another pod',
        is: pod => pod.metadata?.uid && pod.metadata.uid !== uid,
      });
      await ready(t, 'web-0');
      await rolledOut(t);
    },

    'pods that an earlier set left behind are adopted': async t => {
      await web(t, { replicas: 2 });
      await rolledOut(t);
      await t.remove('statefulsets', 'web', { propagationPolicy: 'Orphan' });
      await t.gone('statefulsets', 'web');
      const orphan = await t.eventually({
        resource: 'pods',
        name: 'web-0',
        what: 'being an orphan',
        is: pod => !pod.metadata.ownerReferences,
      });
      const { metadata } = await web(t, { replicas: 2 });
      await rolledOut(t);
      const adopted = await t.read('pods', 'web-0');
      assert.equal(adopted.metadata.uid, orphan.metadata.uid);
      assert.deepEqual(
        adopted.metadata.ownerReferences.map((it: any) => it.uid),
        [metadata.uid],
      );
      const [revision] = await revisionsOf(t);
      assert.deepEqual(
        revision.metadata.ownerReferences.map((it: any) => it.uid),
        [metadata.uid],
      );
    },

    'a name that somebody else has is waited for': async t => {
      await t.create('pods', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web-0' },
        spec: {
          ...UNSCHEDULED,
          containers: [{ name: 'main', image: 'shop/other:1' }],
        },
      });
      await web(t, { held: true });
      const { status } = await settled(t, 'having looked', () => true);
      assert.equal(status.replicas, 0);
      await removePod(t, 'web-0');
      await t.eventually({
        resource: 'pods',
        name: 'web-0',
        what: 'being its own',
        is: pod => pod.metadata?.ownerReferences?.[0].name === 'web',
      });
    },

    'deleting it deletes its pods and revisions': async t => {
      await web(t, { replicas: 2 });
      await rolledOut(t);
      await t.remove('statefulsets', 'web', {
        propagationPolicy: 'Foreground',
      });
      await t.gone('statefulsets', 'web');
      assert.deepEqual(await t.names('pods'), []);
      assert.deepEqual(await t.names('controllerrevisions'), []);
    },

    'what may not change is named': async t => {
      await web(t, { replicas: 0 });
      const response = await t.client.request(t.path('statefulsets', 'web'), {
        method: 'PATCH',
        contentType: 'application/merge-patch+json',
        body: { spec: { serviceName: 'other' } },
      });
      assert.equal(response.status, 422);
      assert.equal(
        response.body.message,
        "StatefulSet.apps \"web\" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
      );
    },
  },
  { controllers: true },
);

function claimTemplate(): object {
  return {
    metadata: { name: 'data', labels: { tier: 'db' } },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'nobody',
      resources: { requests: { storage: '1Gi' } },
    },
  };
}
