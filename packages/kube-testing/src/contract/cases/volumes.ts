import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { masked } from '../expectations';
import { kubectl } from '../kubectl';
import { podWith, PROVISIONER, Storage } from '../storage';
import { eventually, statefulSet } from '../workloads';

const CLAIMS = 'persistentvolumeclaims';
const VOLUMES = 'persistentvolumes';
const BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller';
const COMPLETED = 'pv.kubernetes.io/bind-completed';
const WAIT = { volumeBindingMode: 'WaitForFirstConsumer' };
const NONE = '0/3 nodes are available';
const PREEMPTION = `preemption: ${NONE}: 3 Preemption is not helpful for scheduling.`;

const external = (provisioner: string) =>
  `Normal ExternalProvisioning: Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`;

/** The message of a pod that no node takes. */
async function unschedulable(
  t: ContractContext,
  name = 'web',
): Promise<string> {
  const pod = await t.eventually({
    resource: 'pods',
    name,
    what: 'fitting nowhere',
    is: it =>
      it.status?.conditions?.some(
        (condition: any) => condition.reason === 'Unschedulable',
      ),
  });
  return pod.status.conditions[0].message;
}

function running(t: ContractContext, name = 'web'): Promise<any> {
  return t.eventually({
    resource: 'pods',
    name,
    what: 'running',
    is: pod => pod.status?.phase === 'Running',
  });
}

/** Claims, volumes and classes. */
export const volumeCases = area(
  'volumes',
  {
    'a claim gets the smallest volume that is large enough, and both say so':
      t =>
        Storage.use(t, async storage => {
          for (const [name, size] of [
            ['large', '5Gi'],
            ['fitting', '2Gi'],
            ['small', '1Gi'],
          ]) {
            await storage.volume(name, size);
            await storage.inPhase(VOLUMES, storage.name(name), 'Available');
          }
          const created = await storage.claim('data', '1500Mi');
          assert.deepEqual(created.metadata.finalizers, [
            'kubernetes.io/pvc-protection',
          ]);
          assert.deepEqual(created.status, { phase: 'Pending' });
          const claim = await storage.bound('data');
          assert.equal(claim.spec.volumeName, storage.name('fitting'));
          assert.deepEqual(claim.metadata.annotations, {
            [COMPLETED]: 'yes',
            [BY_CONTROLLER]: 'yes',
          });
          assert.deepEqual(claim.status, {
            phase: 'Bound',
            accessModes: ['ReadWriteOnce'],
            capacity: { storage: '2Gi' },
          });
          const volume = await t.read(VOLUMES, storage.name('fitting'));
          assert.deepEqual(volume.metadata.annotations, {
            [BY_CONTROLLER]: 'yes',
          });
          assert.deepEqual(volume.metadata.finalizers, [
            'kubernetes.io/pv-protection',
          ]);
          assert.deepEqual(masked(volume.spec.claimRef), {
            kind: 'PersistentVolumeClaim',
            namespace: t.namespace,
            name: 'data',
            uid: '<uid>',
            apiVersion: 'v1',
            resourceVersion: '<resourceVersion>',
          });
          assert.equal(volume.spec.claimRef.uid, claim.metadata.uid);
          assert.deepEqual(Object.keys(volume.status).sort(), [
            'lastPhaseTransitionTime',
            'phase',
          ]);
          assert.equal(
            (await t.read(VOLUMES, storage.name('small'))).status.phase,
            'Available',
          );
        }),

    'labels, access modes and class have to fit, and a volume that comes later may':
      t =>
        Storage.use(t, async storage => {
          await storage.class('static', {
            provisioner: 'kubernetes.io/no-provisioner',
          });
          await storage.volume('unlabelled', '2Gi', {
            spec: { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] },
          });
          await storage.volume('once', '2Gi', { labels: { tier: 'db' } });
          await storage.claim('data', '1Gi', {
            accessModes: ['ReadWriteMany'],
            selector: { matchLabels: { tier: 'db' } },
          });
          await eventually(t, 'PersistentVolumeClaim', 'data', [
            'Warning ProvisioningFailed: no volume plugin matched name: kubernetes.io/no-provisioner',
          ]);
          await storage.volume('shared', '2Gi', {
            labels: { tier: 'db' },
            spec: { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] },
          });
          const { spec, status } = await storage.bound('data');
          assert.equal(spec.volumeName, storage.name('shared'));
          assert.deepEqual(status.accessModes, [
            'ReadWriteOnce',
            'ReadWriteMany',
          ]);
        }),

    'a class that does not exist, and no class at all': t =>
      Storage.use(t, async storage => {
        await storage.claim('unknown', '1Gi');
        await storage.claim('none', '1Gi', { storageClassName: '' });
        await eventually(t, 'PersistentVolumeClaim', 'unknown', [
          `Warning ProvisioningFailed: storageclass.storage.k8s.io "${storage.name(
            'static',
          )}" not found`,
        ]);
        await eventually(t, 'PersistentVolumeClaim', 'none', [
          'Normal FailedBinding: no persistent volumes available for this claim and no storage class is set',
        ]);
      }),

    'a volume asked for by name has to suit, and to be free': t =>
      Storage.use(t, async storage => {
        const name = storage.name('asked');
        await storage.volume('asked', '1Gi');
        await storage.inPhase(VOLUMES, name, 'Available');
        await storage.claim('greedy', '2Gi', { volumeName: name });
        await eventually(t, 'PersistentVolumeClaim', 'greedy', [
          `Warning VolumeMismatch: Cannot bind to requested volume "${name}": requested PV is too small`,
        ]);
        await storage.claim('data', '1Gi', { volumeName: name });
        const { metadata } = await storage.bound('data');
        assert.deepEqual(metadata.annotations, { [COMPLETED]: 'yes' });
        await storage.claim('late', '1Gi', { volumeName: name });
        await eventually(t, 'PersistentVolumeClaim', 'late', [
          `Warning FailedBinding: volume "${name}" already bound to a different claim.`,
        ]);
      }),

    'a volume reserved for a claim waits for it': t =>
      Storage.use(t, async storage => {
        await storage.volume('reserved', '9Gi', {
          spec: { claimRef: { namespace: t.namespace, name: 'data' } },
        });
        await storage.volume('free', '1Gi');
        await storage.inPhase(VOLUMES, storage.name('reserved'), 'Available');
        await storage.claim('other', '5Gi');
        await storage.claim('data', '1Gi');
        const { spec } = await storage.bound('data');
        assert.equal(spec.volumeName, storage.name('reserved'));
        const volume = await t.read(VOLUMES, storage.name('reserved'));
        assert.equal(volume.metadata.annotations, undefined);
        assert.equal(volume.spec.claimRef.namespace, t.namespace);
        assert.equal((await t.read(CLAIMS, 'other')).status.phase, 'Pending');
      }),

    'a provisioner makes a volume at once where the class binds immediately':
      t =>
        Storage.use(t, async storage => {
          await storage.class('fast');
          await storage.claim('data', '1Gi', {
            storageClassName: storage.name('fast'),
            accessModes: ['ReadWriteMany'],
          });
          const claim = await storage.bound('data');
          const name = `pvc-${claim.metadata.uid}`;
          assert.equal(claim.spec.volumeName, name);
          assert.deepEqual(claim.metadata.annotations, {
            [COMPLETED]: 'yes',
            [BY_CONTROLLER]: 'yes',
            'volume.beta.kubernetes.io/storage-provisioner': PROVISIONER,
            'volume.kubernetes.io/storage-provisioner': PROVISIONER,
          });
          const volume = await storage.inPhase(VOLUMES, name, 'Bound');
          assert.deepEqual(volume.metadata.annotations, {
            'pv.kubernetes.io/provisioned-by': PROVISIONER,
          });
          assert.equal(volume.spec.persistentVolumeReclaimPolicy, 'Delete');
          await eventually(t, 'PersistentVolumeClaim', 'data', [
            external(PROVISIONER),
            `Normal Provisioning: External provisioner is provisioning volume for claim "${t.namespace}/data"`,
            `Normal ProvisioningSucceeded: Successfully provisioned volume ${name}`,
          ]);
          await t.remove(CLAIMS, 'data');
          await t.gone(VOLUMES, name);
        }),

    'a claim may wait for its first consumer, whose node is chosen first': t =>
      Storage.use(t, async storage => {
        await storage.class('lazy', WAIT);
        await storage.claim('data', '1Gi', {
          storageClassName: storage.name('lazy'),
        });
        await eventually(t, 'PersistentVolumeClaim', 'data', [
          'Normal WaitForFirstConsumer: waiting for first consumer to be created before binding',
        ]);
        await t.create('pods', podWith('data'));
        const { spec } = await running(t);
        const claim = await t.read(CLAIMS, 'data');
        assert.equal(claim.status.phase, 'Bound');
        assert.equal(
          claim.metadata.annotations['volume.kubernetes.io/selected-node'],
          spec.nodeName,
        );
      }),

    'a provisioner that nobody runs leaves claim and pod pending': t =>
      Storage.use(t, async storage => {
        await storage.class('never', { provisioner: 'example.com/nobody' });
        await storage.claim('data', '1Gi', {
          storageClassName: storage.name('never'),
        });
        await t.create('pods', podWith('data'));
        const message = `${NONE}: pod has unbound immediate PersistentVolumeClaims. not found`;
        assert.equal(await unschedulable(t), message);
        await eventually(t, 'Pod', 'web', [
          `Warning FailedScheduling: ${message}`,
        ]);
        await eventually(t, 'PersistentVolumeClaim', 'data', [
          external('example.com/nobody'),
        ]);
        assert.deepEqual((await t.read(CLAIMS, 'data')).status, {
          phase: 'Pending',
        });
      }),

    'a provisioner that fails says why': t =>
      Storage.use(t, async storage => {
        const name = storage.name('broken');
        await storage.class('broken', { parameters: { failure: 'no space' } });
        await storage.claim('data', '1Gi', { storageClassName: name });
        await eventually(t, 'PersistentVolumeClaim', 'data', [
          `Warning ProvisioningFailed: failed to provision volume with StorageClass "${name}": no space`,
        ]);
      }),

    'a pod waits for a claim that does not exist yet': t =>
      Storage.use(t, async storage => {
        await storage.class('fast');
        await t.create('pods', podWith('data'));
        assert.equal(
          await unschedulable(t),
          `${NONE}: persistentvolumeclaim "data" not found. not found`,
        );
        await storage.claim('data', '1Gi', {
          storageClassName: storage.name('fast'),
        });
        await running(t);
      }),

    'a claim without a class gets the default one': t =>
      Storage.use(t, async storage => {
        await storage.class('default', {
          metadata: {
            name: storage.name('default'),
            annotations: {
              'storageclass.kubernetes.io/is-default-class': 'true',
            },
          },
        });
        await t.eventuallyTrue('the default class being known', async () => {
          const { body } = await t.client.request(t.path(CLAIMS), {
            method: 'POST',
            query: { dryRun: 'All' },
            body: {
              apiVersion: 'v1',
              kind: 'PersistentVolumeClaim',
              metadata: { name: 'tried' },
              spec: {
                accessModes: ['ReadWriteOnce'],
                resources: { requests: { storage: '1Gi' } },
              },
            },
          });
          return body.spec.storageClassName === storage.name('default');
        });
        const claim = await storage.claim('data', '1Gi', {
          storageClassName: undefined,
        });
        assert.equal(claim.spec.storageClassName, storage.name('default'));
        const none = await storage.claim('none', '1Gi', {
          storageClassName: '',
        });
        assert.equal(none.spec.storageClassName, '');
        await storage.bound('data');
      }),

    'a claim that a pod uses stays until the pod is gone': t =>
      Storage.use(t, async storage => {
        await storage.class('fast');
        await storage.claim('data', '1Gi', {
          storageClassName: storage.name('fast'),
        });
        await t.create('pods', podWith('data'));
        await running(t);
        await t.remove(CLAIMS, 'data');
        const { metadata } = await t.read(CLAIMS, 'data');
        assert.ok(metadata.deletionTimestamp);
        assert.match(
          await kubectl(t, 'get', 'pvc', 'data'),
          /^data +Terminating +pvc-/m,
        );
        await t.create('pods', podWith('data', 'late'));
        assert.equal(
          await unschedulable(t, 'late'),
          `${NONE}: persistentvolumeclaim "data" is being deleted. not found`,
        );
        await t.remove('pods', 'web');
        await t.gone(CLAIMS, 'data');
      }),

    'a volume that is kept is released, and serves nobody else': t =>
      Storage.use(t, async storage => {
        await storage.volume('kept', '1Gi');
        await storage.claim('data', '1Gi');
        const { metadata } = await storage.bound('data');
        await t.remove(CLAIMS, 'data');
        const volume = await storage.inPhase(
          VOLUMES,
          storage.name('kept'),
          'Released',
        );
        assert.equal(volume.spec.claimRef.uid, metadata.uid);
        const again = await storage.claim('data', '1Gi');
        await eventually(t, 'PersistentVolumeClaim', 'data', [
          `Warning ProvisioningFailed: storageclass.storage.k8s.io "${storage.name(
            'static',
          )}" not found`,
        ]);
        assert.equal(again.status.phase, 'Pending');
      }),

    'a volume that nobody can delete fails': t =>
      Storage.use(t, async storage => {
        const name = storage.name('stuck');
        await storage.volume('stuck', '1Gi', {
          spec: { persistentVolumeReclaimPolicy: 'Delete' },
        });
        await storage.claim('data', '1Gi');
        await storage.bound('data');
        await t.remove(CLAIMS, 'data');
        const { status } = await storage.inPhase(VOLUMES, name, 'Failed');
        assert.equal(
          status.message,
          `error getting deleter volume plugin for volume "${name}": no deletable volume plugin matched`,
        );
      }),

    'a claim whose volume is taken away is lost': t =>
      Storage.use(t, async storage => {
        const name = storage.name('gone');
        await storage.volume('gone', '1Gi');
        await storage.claim('data', '1Gi');
        await storage.bound('data');
        await t.remove(VOLUMES, name);
        const { status } = await t.read(VOLUMES, name);
        assert.equal(status.phase, 'Bound');
        await t.merge(VOLUMES, name, { metadata: { finalizers: null } });
        const lost = await storage.inPhase(CLAIMS, 'data', 'Lost');
        assert.deepEqual(lost.status, { phase: 'Lost' });
        await eventually(t, 'PersistentVolumeClaim', 'data', [
          'Warning ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume is lost!',
        ]);
        await t.create('pods', podWith('data'));
        assert.equal(
          await unschedulable(t),
          `${NONE}: persistentvolumeclaim "data" bound to non-existent persistentvolume "${name}". not found`,
        );
      }),

    'a volume for one pod is for one pod': t =>
      Storage.use(t, async storage => {
        await storage.class('fast');
        await storage.claim('data', '1Gi', {
          storageClassName: storage.name('fast'),
          accessModes: ['ReadWriteOncePod'],
        });
        await t.create('pods', podWith('data'));
        await running(t);
        await t.create('pods', podWith('data', 'second'));
        assert.equal(
          await unschedulable(t, 'second'),
          `${NONE}: 3 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod. no new claims to deallocate, preemption: ${NONE}: 3 No preemption victims found for incoming pod.`,
        );
        await t.remove('pods', 'web');
        await running(t, 'second');
      }),

    'a pod runs where its volume can be reached': t =>
      Storage.use(t, async storage => {
        await storage.volume('local', '1Gi', {
          spec: {
            nodeAffinity: {
              required: {
                nodeSelectorTerms: [
                  {
                    matchExpressions: [
                      {
                        key: 'kubernetes.io/hostname',
                        operator: 'In',
                        values: ['node-3'],
                      },
                    ],
                  },
                ],
              },
            },
          },
        });
        await storage.claim('data', '1Gi');
        await storage.bound('data');
        await t.create('pods', podWith('data'));
        assert.equal((await running(t)).spec.nodeName, 'node-3');
        await t.create(
          'pods',
          podWith('data', 'elsewhere', {
            nodeSelector: { 'kubernetes.io/hostname': 'node-1' },
          }),
        );
        assert.equal(
          await unschedulable(t, 'elsewhere'),
          `${NONE}: 1 node(s) didn't match PersistentVolume's node affinity, 2 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, ${PREEMPTION}`,
        );
      }),

    'a free volume is chosen together with the node of the first consumer': t =>
      Storage.use(t, async storage => {
        await storage.class('static', {
          provisioner: 'kubernetes.io/no-provisioner',
          ...WAIT,
        });
        await storage.claim('data', '1Gi');
        await t.create('pods', podWith('data'));
        assert.equal(
          await unschedulable(t),
          `${NONE}: 3 node(s) didn't find available persistent volumes to bind. no new claims to deallocate, ${PREEMPTION}`,
        );
        await storage.volume('free', '1Gi');
        await running(t);
        const { spec, metadata } = await t.read(CLAIMS, 'data');
        assert.equal(spec.volumeName, storage.name('free'));
        assert.equal(
          metadata.annotations['volume.kubernetes.io/selected-node'],
          undefined,
        );
      }),

    'a claim grows where its class allows it': t =>
      Storage.use(t, async storage => {
        await storage.class('fixed');
        await storage.class('growing', { allowVolumeExpansion: true });
        for (const name of ['fixed', 'growing']) {
          await storage.claim(name, '1Gi', {
            storageClassName: storage.name(name),
          });
          await storage.bound(name);
        }
        const grow = (name: string, storageSize: string) =>
          t.client.request(t.path(CLAIMS, name), {
            method: 'PATCH',
            contentType: 'application/merge-patch+json',
            body: {
              spec: { resources: { requests: { storage: storageSize } } },
            },
          });
        const refused = await grow('fixed', '2Gi');
        assert.equal(refused.status, 403);
        assert.equal(
          refused.body.message,
          'persistentvolumeclaims "fixed" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
        );
        assert.equal((await grow('growing', '2Gi')).status, 200);
        const grown = await t.eventually({
          resource: CLAIMS,
          name: 'growing',
          what: 'having grown',
          is: it => it.status.capacity.storage === '2Gi',
        });
        const volume = await t.read(VOLUMES, grown.spec.volumeName);
        assert.equal(volume.spec.capacity.storage, '2Gi');
        const shrunk = await grow('growing', '1Gi');
        assert.equal(shrunk.status, 422);
        assert.deepEqual(shrunk.body.details.causes, [
          {
            reason: 'FieldValueForbidden',
            message: 'Forbidden: field can not be less than status.capacity',
            field: 'spec.resources.requests.storage',
          },
        ]);
      }),

    'what a claim asks for may not change': t =>
      Storage.use(t, async storage => {
        await storage.claim('data', '1Gi');
        const response = await t.client.request(t.path(CLAIMS, 'data'), {
          method: 'PATCH',
          contentType: 'application/merge-patch+json',
          body: { spec: { accessModes: ['ReadWriteMany'] } },
        });
        assert.equal(response.status, 422);
        assert.match(
          response.body.message,
          /^PersistentVolumeClaim "data" is invalid: spec: Forbidden: spec is immutable after creation except resources\.requests and volumeAttributesClassName for bound claims/,
        );
      }),

    'a volume that a pod brings along lives and goes with it': t =>
      Storage.use(t, async storage => {
        await storage.class('lazy', WAIT);
        const { metadata } = await t.create('pods', {
          ...podWith('none'),
          spec: {
            ...podWith('none').spec,
            volumes: [
              {
                name: 'data',
                ephemeral: {
                  volumeClaimTemplate: {
                    metadata: { labels: { tier: 'scratch' } },
                    spec: {
                      accessModes: ['ReadWriteOnce'],
                      storageClassName: storage.name('lazy'),
                      resources: { requests: { storage: '1Gi' } },
                    },
                  },
                },
              },
            ],
          },
        });
        await running(t);
        const claim = await t.read(CLAIMS, 'web-data');
        assert.deepEqual(claim.metadata.labels, { tier: 'scratch' });
        assert.deepEqual(claim.metadata.ownerReferences, [
          {
            apiVersion: 'v1',
            kind: 'Pod',
            name: 'web',
            uid: metadata.uid,
            controller: true,
            blockOwnerDeletion: true,
          },
        ]);
        await t.remove('pods', 'web');
        await t.gone(CLAIMS, 'web-data');
      }),

    'the pods of a StatefulSet keep their volumes over a restart': t =>
      Storage.use(t, async storage => {
        await storage.class('lazy', WAIT);
        await t.create(
          'statefulsets',
          statefulSet('web', {
            replicas: 2,
            spec: {
              volumeClaimTemplates: [
                {
                  metadata: { name: 'data' },
                  spec: {
                    accessModes: ['ReadWriteOnce'],
                    storageClassName: storage.name('lazy'),
                    resources: { requests: { storage: '1Gi' } },
                  },
                },
              ],
            },
          }),
        );
        await kubectl(
          t,
          'rollout',
          'status',
          'statefulset/web',
          '--timeout=60s',
        );
        const before = (await storage.bound('data-web-1')).spec.volumeName;
        await kubectl(t, 'rollout', 'restart', 'statefulset/web');
        await kubectl(
          t,
          'rollout',
          'status',
          'statefulset/web',
          '--timeout=60s',
        );
        assert.equal(
          (await storage.bound('data-web-1')).spec.volumeName,
          before,
        );
        await running(t, 'web-1');
      }),

    'kubectl prints claims, volumes and classes': t =>
      Storage.use(t, async storage => {
        await storage.class('lazy', { ...WAIT, allowVolumeExpansion: true });
        await storage.volume('plain', '1Gi');
        await storage.claim('data', '1Gi');
        await storage.claim('waiting', '1Gi', {
          storageClassName: storage.name('lazy'),
        });
        await storage.bound('data');
        const lazy = storage.name('lazy');
        const plain = storage.name('plain');
        const kind = storage.name('static');
        const claims = await kubectl(t, 'get', 'pvc', '-o', 'wide');
        assert.match(
          claims,
          /^NAME +STATUS +VOLUME +CAPACITY +ACCESS MODES +STORAGECLASS +VOLUMEATTRIBUTESCLASS +AGE +VOLUMEMODE\n/,
        );
        assert.match(
          claims,
          new RegExp(
            `^data +Bound +${plain} +1Gi +RWO +${kind} +<unset> +\\S+ +Filesystem$`,
            'm',
          ),
        );
        assert.match(
          claims,
          new RegExp(
            `^waiting +Pending +${lazy} +<unset> +\\S+ +Filesystem$`,
            'm',
          ),
        );
        const volumes = await kubectl(t, 'get', 'pv', plain);
        assert.match(
          volumes,
          new RegExp(
            `^${plain} +1Gi +RWO +Retain +Bound +${t.namespace}/data +${kind} +<unset> +\\S+$`,
            'm',
          ),
        );
        assert.match(
          await kubectl(t, 'get', 'sc', lazy),
          new RegExp(
            `^${lazy} +${PROVISIONER} +Delete +WaitForFirstConsumer +true +\\S+$`,
            'm',
          ),
        );
        const described = await kubectl(t, 'describe', 'pvc', 'waiting');
        assert.match(described, /^Status: +Pending$/m);
        assert.match(described, /Normal +WaitForFirstConsumer/);
      }),
  },
  { controllers: true },
);
