import assert from 'node:assert/strict';
import { job } from '../batch';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { configMap, deployment, service, unscheduledPod } from '../objects';
import { daemonSet, statefulSet } from '../workloads';

/** Changes an object and returns it. */
function but(object: any, change: (object: any) => void): any {
  change(object);
  return object;
}

const container = (change: (container: any) => void) =>
  but(deployment('web', { replicas: 0 }), object =>
    change(object.spec.template.spec.containers[0]),
  );

const pod = (change: (spec: any) => void) =>
  but(unscheduledPod('a'), object => change(object.spec));

/** Each of these objects must be refused; how, is compared. A map has but one fault: Go reads maps in any order. */
async function refuseAll(
  t: ContractContext,
  resource: string,
  objects: readonly any[],
): Promise<void> {
  const taken: string[] = [];
  for (const [index, object] of objects.entries()) {
    const { status, body } = await t.client.post(t.path(resource), object, {
      query: { dryRun: 'All' },
    });
    if (status !== 422 || body.reason !== 'Invalid') {
      taken.push(`${resource} ${index}: ${status}`);
    }
  }
  assert.deepEqual(taken, []);
}

/** Each of these changes must be refused; how, is compared. */
async function refuseChanges(
  t: ContractContext,
  resource: string,
  object: any,
  changes: readonly ((object: any) => void)[],
): Promise<void> {
  const { name } = object.metadata;
  const created = await t.create(resource, object);
  const taken: string[] = [];
  for (const change of changes) {
    const next = but(structuredClone(created), change);
    const { status, body } = await t.transcript.quietly(() =>
      t.client.put(t.path(resource, name), next, { query: { dryRun: 'All' } }),
    );
    t.transcript.note(`${change}`, {
      status,
      reason: body.reason,
      // Lines below the first show the difference of structures that only the real server has.
      message: body.message?.split('\n')[0],
      causes: body.details?.causes?.map((it: any) => [it.reason, it.field]),
    });
    if (status !== 422) {
      taken.push(`${change}: ${status}`);
    }
  }
  assert.deepEqual(taken, []);
  const now = await t.read(resource, name);
  assert.deepEqual(now.spec, created.spec);
}

/** Objects that a server must not take, and what it says of them. */
export const badInputCases = area('bad input', {
  'metadata of any kind': async t => {
    await refuseAll(t, 'configmaps', [
      configMap('a'.repeat(254)),
      configMap('a', { labels: { 'a/b/c': 'x' } }),
      configMap('a', { labels: { '': 'x' } }),
      configMap('a', { labels: { app: '-x' } }),
      configMap('a', { labels: { ['a'.repeat(64)]: 'x' } }),
      configMap('a', { labels: { app: 'x'.repeat(64) } }),
      configMap('a', { metadata: { annotations: { 'no spaces': 'x' } } }),
      configMap('a', { metadata: { annotations: { a: 'x'.repeat(262144) } } }),
      configMap('a', { metadata: { finalizers: ['wombat', 'a b', 'x/y'] } }),
      configMap('a', {
        metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod' }] },
      }),
      configMap('a', {
        metadata: {
          ownerReferences: [
            {
              apiVersion: 'v1',
              kind: 'Pod',
              name: 'x',
              uid: 'u',
              controller: true,
            },
            {
              apiVersion: 'v1',
              kind: 'Pod',
              name: 'y',
              uid: 'v',
              controller: true,
            },
          ],
        },
      }),
      configMap('a', { data: { 'no/slash': 'x' } }),
      configMap('a', { data: { '..': 'x' } }),
      configMap('a', { data: { k: 'x' }, binaryData: { k: 'eA==' } }),
    ]);
    const generated = configMap('');
    generated.metadata = { generateName: 'Not_Valid-' };
    const { body } = await t.transcript.quietly(() =>
      t.client.post(t.path('configmaps'), generated),
    );
    assert.deepEqual(
      body.details.causes.map((it: any) => it.field),
      ['metadata.generateName', 'metadata.name'],
    );
  },

  'containers of a workload': async t => {
    await refuseAll(t, 'deployments', [
      container(it => delete it.name),
      container(it => (it.name = 'Not_Valid')),
      container(it => (it.imagePullPolicy = 'Sometimes')),
      container(
        it => (it.ports = [{ containerPort: 0 }, { containerPort: 70000 }]),
      ),
      container(
        it =>
          (it.ports = [
            { containerPort: 80, protocol: 'HTTP', name: 'a' },
            { containerPort: 81, name: 'a' },
          ]),
      ),
      container(
        it =>
          (it.ports = [
            { containerPort: 80, name: 'this-is-much-too-long' },
            { containerPort: 80, name: 'UPPER' },
          ]),
      ),
      container(it => (it.env = [{ value: 'x' }, { name: 'a=b' }])),
      container(
        it =>
          (it.env = [
            {
              name: 'A',
              value: 'x',
              valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
            },
            { name: 'B', valueFrom: {} },
            {
              name: 'C',
              valueFrom: { fieldRef: { fieldPath: 'metadata.wombat' } },
            },
            { name: 'D', valueFrom: { secretKeyRef: { name: 'x' } } },
          ]),
      ),
      container(it => (it.envFrom = [{}, { configMapRef: {} }])),
      container(
        it => (it.resources = { requests: { cpu: '2' }, limits: { cpu: '1' } }),
      ),
      container(it => (it.resources = { requests: { cpu: '-1' } })),
      container(it => (it.resources = { limits: { wombat: '1' } })),
      container(
        it =>
          (it.volumeMounts = [
            { name: 'gone', mountPath: '/x' },
            { name: 'gone', mountPath: '/x' },
          ]),
      ),
      container(it => (it.volumeMounts = [{ name: '', mountPath: '' }])),
      container(it => (it.readinessProbe = {})),
      container(
        it =>
          (it.readinessProbe = {
            httpGet: { path: 'x', port: 0 },
            exec: { command: ['a'] },
          }),
      ),
      container(
        it =>
          (it.livenessProbe = {
            tcpSocket: { port: 80 },
            successThreshold: 2,
            periodSeconds: -1,
          }),
      ),
      container(it => (it.lifecycle = { preStop: {} })),
      container(it => (it.terminationMessagePolicy = 'Never')),
    ]);
  },

  'specs of pods': async t => {
    await refuseAll(t, 'pods', [
      pod(it => (it.containers = [])),
      pod(it => (it.restartPolicy = 'Sometimes')),
      pod(it => (it.dnsPolicy = 'Mine')),
      pod(it => (it.activeDeadlineSeconds = 0)),
      pod(it => (it.nodeName = 'Not_Valid')),
      pod(it => (it.nodeSelector = { 'a b': 'c' })),
      pod(it => (it.hostname = 'a.b')),
      pod(
        it =>
          (it.volumes = [
            { name: 'a', emptyDir: {}, hostPath: { path: '/x' } },
          ]),
      ),
      pod(it => (it.volumes = [{ name: 'a' }, { name: 'a' }, { name: 'B' }])),
      pod(
        it =>
          (it.volumes = [
            { name: 'a', configMap: {} },
            { name: 'b', secret: {} },
            { name: 'c', persistentVolumeClaim: {} },
          ]),
      ),
      pod(
        it =>
          (it.tolerations = [
            { operator: 'Exists', value: 'x' },
            { key: 'a', operator: 'Maybe' },
            { key: 'a', effect: 'Never' },
          ]),
      ),
      pod(
        it =>
          (it.initContainers = [
            { name: 'main', image: 'a' },
            { name: 'x', image: '', restartPolicy: 'Never' },
          ]),
      ),
      pod(
        it =>
          (it.topologySpreadConstraints = [
            { maxSkew: 0, topologyKey: '', whenUnsatisfiable: 'Maybe' },
          ]),
      ),
      pod(
        it =>
          (it.affinity = {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [],
              },
            },
          }),
      ),
      pod(it => (it.securityContext = { runAsUser: -1, fsGroup: -1 })),
    ]);
  },

  workloads: async t => {
    const of = (kind: (name: string) => any, change: (spec: any) => void) =>
      but(kind('web'), object => change(object.spec));
    await refuseAll(t, 'deployments', [
      of(deployment, it => delete it.selector),
      of(deployment, it => (it.selector = {})),
      of(
        deployment,
        it =>
          (it.selector = {
            matchExpressions: [
              { key: 'a', operator: 'In' },
              { key: 'app', operator: 'Near', values: ['x'] },
            ],
          }),
      ),
      of(deployment, it => (it.strategy = { type: 'Sometimes' })),
      of(
        deployment,
        it => (it.strategy = { type: 'Recreate', rollingUpdate: {} }),
      ),
      of(
        deployment,
        it =>
          (it.strategy = { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } }),
      ),
      of(
        deployment,
        it =>
          (it.strategy = {
            rollingUpdate: { maxSurge: 'many', maxUnavailable: '120%' },
          }),
      ),
      of(deployment, it => (it.strategy = { rollingUpdate: { maxSurge: -1 } })),
      of(deployment, it =>
        Object.assign(it, {
          minReadySeconds: -1,
          revisionHistoryLimit: -1,
          progressDeadlineSeconds: -1,
        }),
      ),
      of(deployment, it =>
        Object.assign(it, { minReadySeconds: 20, progressDeadlineSeconds: 20 }),
      ),
      of(deployment, it => (it.template.spec.restartPolicy = 'Never')),
      of(
        deployment,
        it => (it.template.metadata.labels = { app: 'no spaces' }),
      ),
    ]);
    await refuseAll(t, 'replicasets', [
      but(deployment('web', { replicas: -1 }), it => (it.kind = 'ReplicaSet')),
    ]);
    await refuseAll(t, 'statefulsets', [
      of(statefulSet, it => (it.podManagementPolicy = 'Any')),
      of(statefulSet, it => (it.updateStrategy = { type: 'Sometimes' })),
      of(
        statefulSet,
        it =>
          (it.updateStrategy = {
            type: 'OnDelete',
            rollingUpdate: { partition: 1 },
          }),
      ),
      of(
        statefulSet,
        it => (it.updateStrategy = { rollingUpdate: { partition: -1 } }),
      ),
      of(statefulSet, it =>
        Object.assign(it, {
          replicas: -1,
          minReadySeconds: -1,
          ordinals: { start: -1 },
        }),
      ),
      of(
        statefulSet,
        it =>
          (it.persistentVolumeClaimRetentionPolicy = { whenDeleted: 'Maybe' }),
      ),
    ]);
    await refuseAll(t, 'daemonsets', [
      of(daemonSet, it => (it.updateStrategy = { type: 'Sometimes' })),
      of(
        daemonSet,
        it => (it.updateStrategy = { rollingUpdate: { maxUnavailable: 0 } }),
      ),
      of(
        daemonSet,
        it =>
          (it.updateStrategy = {
            rollingUpdate: { maxUnavailable: 1, maxSurge: 1 },
          }),
      ),
      of(daemonSet, it => (it.template.spec.restartPolicy = 'OnFailure')),
      of(daemonSet, it =>
        Object.assign(it, { minReadySeconds: -1, revisionHistoryLimit: -1 }),
      ),
    ]);
  },

  'jobs and cron jobs': async t => {
    await refuseAll(t, 'jobs', [
      job('a', { parallelism: -1, completions: -1, backoffLimit: -1 }),
      job('a', { activeDeadlineSeconds: -1, ttlSecondsAfterFinished: -1 }),
      job('a', {}, { restartPolicy: 'Always' }),
      job('a', { completionMode: 'Sometimes' }),
      job('a', {
        completionMode: 'Indexed',
        completions: undefined,
        parallelism: 1,
      }),
      job('a', { selector: { matchLabels: { a: 'b' } } }),
      job('a', { podReplacementPolicy: 'Never' }),
      job('a', { backoffLimitPerIndex: 1 }),
      job('Not_Valid'),
    ]);
    const cron = (spec: object) => ({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'a' },
      spec: {
        schedule: '* * * * *',
        jobTemplate: { spec: job('x').spec },
        ...spec,
      },
    });
    await refuseAll(t, 'cronjobs', [
      cron({ schedule: '' }),
      cron({ schedule: 'often' }),
      cron({ schedule: '* * * *' }),
      cron({ schedule: '61 * * * *' }),
      cron({ schedule: 'TZ=UTC 0 * * * *' }),
      cron({ timeZone: 'Mars/Olympus' }),
      cron({ timeZone: '' }),
      cron({ concurrencyPolicy: 'Sometimes' }),
      cron({
        startingDeadlineSeconds: -1,
        successfulJobsHistoryLimit: -1,
        failedJobsHistoryLimit: -1,
      }),
      { ...cron({}), metadata: { name: 'a'.repeat(53) } },
    ]);
  },

  'services, claims, autoscalers, budgets and ingresses': async t => {
    await refuseAll(t, 'services', [
      service('1web'),
      service('a', { ports: [] }),
      service('a', { ports: [{ port: 0 }, { port: 80 }] }),
      service('a', {
        ports: [
          { port: 80, name: 'x' },
          { port: 80, name: 'y' },
        ],
      }),
      service('a', { ports: [{ port: 80, protocol: 'HTTP' }] }),
      service('a', { ports: [{ port: 80, targetPort: 70000 }] }),
      service('a', { ports: [{ port: 80, targetPort: 'Not_Valid' }] }),
      service('a', { ports: [{ port: 80, nodePort: 30000 }] }),
      service('a', { type: 'Sometimes' }),
      service('a', { type: 'ExternalName' }),
      service('a', { type: 'ExternalName', externalName: 'Not_Valid' }),
      service('a', { type: 'NodePort', clusterIP: 'None' }),
      service('a', { sessionAffinity: 'Maybe' }),
      service('a', { selector: { 'a b': 'c' } }),
      service('a', { clusterIP: 'wombat' }),
      service('a', { externalTrafficPolicy: 'Local' }),
      service('a', { internalTrafficPolicy: 'Sometimes' }),
      service('a', { externalIPs: ['wombat'] }),
    ]);
    const claim = (spec: object) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'a' },
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
        ...spec,
      },
    });
    await refuseAll(t, 'persistentvolumeclaims', [
      claim({ accessModes: [] }),
      claim({ accessModes: ['Sometimes'] }),
      claim({ resources: {} }),
      claim({ resources: { requests: { storage: '-1' } } }),
      claim({ volumeMode: 'Tape' }),
      claim({ storageClassName: 'Not_Valid' }),
    ]);
    const scaler = (spec: object) => ({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'a' },
      spec: {
        maxReplicas: 2,
        scaleTargetRef: { kind: 'Deployment', name: 'web' },
        ...spec,
      },
    });
    await refuseAll(t, 'horizontalpodautoscalers', [
      scaler({ maxReplicas: 0 }),
      scaler({ minReplicas: 3 }),
      scaler({ minReplicas: 0 }),
      scaler({ scaleTargetRef: {} }),
    ]);
    const budget = (spec: object) => ({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'a' },
      spec: { selector: { matchLabels: { app: 'a' } }, ...spec },
    });
    await refuseAll(t, 'poddisruptionbudgets', [
      budget({ minAvailable: 1, maxUnavailable: 1 }),
      budget({ minAvailable: -1 }),
      budget({ maxUnavailable: 'many' }),
      budget({ maxUnavailable: '101%' }),
    ]);
    const ingress = (spec: object) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'a' },
      spec,
    });
    const backend = { service: { name: 'a', port: { number: 80 } } };
    const paths = (...list: object[]) => ({
      rules: [{ http: { paths: list } }],
    });
    await refuseAll(t, 'ingresses', [
      ingress({}),
      ingress(paths({ path: '/', backend })),
      ingress(paths({ path: '/', pathType: 'Sometimes', backend })),
      ingress(paths({ path: 'x', pathType: 'Prefix', backend })),
      ingress(paths({ path: '/', pathType: 'Prefix', backend: {} })),
      ingress(
        paths({
          path: '/',
          pathType: 'Prefix',
          backend: { service: { name: 'Not_Valid', port: {} } },
        }),
      ),
      ingress(paths()),
      ingress({
        rules: [
          {
            host: '1.2.3.4',
            http: { paths: [{ path: '/', pathType: 'Prefix', backend }] },
          },
        ],
      }),
      ingress({
        defaultBackend: {
          service: { name: 'a', port: { number: 80, name: 'x' } },
        },
      }),
    ]);
  },

  'secrets of a type that asks for more': async t => {
    const secret = (type: string, stringData?: object) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'a' },
      type,
      stringData,
    });
    await refuseAll(t, 'secrets', [
      secret('kubernetes.io/tls'),
      secret('kubernetes.io/tls', { 'tls.crt': 'x' }),
      secret('kubernetes.io/dockerconfigjson', { '.dockerconfigjson': '{' }),
      secret('kubernetes.io/dockerconfigjson'),
      secret('kubernetes.io/basic-auth'),
      secret('kubernetes.io/ssh-auth', { key: 'x' }),
      secret('kubernetes.io/service-account-token'),
      secret('Opaque', { 'no/slash': 'x' }),
    ]);
  },

  'what cannot be changed': async t => {
    const reselect = (object: any) => {
      object.spec.selector.matchLabels = { app: 'other' };
      object.spec.template.metadata.labels = { app: 'other' };
    };
    await refuseChanges(t, 'deployments', deployment('web', { replicas: 0 }), [
      reselect,
      it => (it.spec.selector.matchLabels = { app: 'other' }),
    ]);
    await refuseChanges(
      t,
      'replicasets',
      but(deployment('rs', { replicas: 0 }), it => (it.kind = 'ReplicaSet')),
      [reselect],
    );
    await refuseChanges(t, 'daemonsets', daemonSet('agent'), [reselect]);
    await refuseChanges(t, 'statefulsets', statefulSet('db', { replicas: 0 }), [
      reselect,
      it => (it.spec.serviceName = 'other'),
      it => (it.spec.podManagementPolicy = 'Parallel'),
      it =>
        (it.spec.volumeClaimTemplates = [
          {
            metadata: { name: 'x' },
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: '1Gi' } },
            },
          },
        ]),
    ]);
    await refuseChanges(
      t,
      'jobs',
      job('once', { suspend: true, completions: 2 }),
      [
        it => (it.spec.completions = 3),
        it => (it.spec.completionMode = 'Indexed'),
      ],
    );
    await refuseChanges(t, 'services', service('web'), [
      it => (it.spec.clusterIP = '10.96.1.2'),
    ]);
    await refuseChanges(t, 'pods', unscheduledPod('a'), [
      it => (it.spec.containers[0].env = [{ name: 'A', value: 'b' }]),
      it => (it.spec.containers[0].image = ''),
      it => it.spec.containers.push({ name: 'b', image: 'b' }),
      it => (it.spec.nodeName = 'other'),
      it => (it.spec.restartPolicy = 'Never'),
    ]);
    await refuseChanges(
      t,
      'persistentvolumeclaims',
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'none',
          resources: { requests: { storage: '2Gi' } },
        },
      },
      [
        it => (it.spec.accessModes = ['ReadWriteMany']),
        it => (it.spec.storageClassName = 'other'),
        it => (it.spec.resources.requests.storage = '1Gi'),
      ],
    );
    await refuseChanges(
      t,
      'secrets',
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 's' },
        immutable: true,
        stringData: { a: 'b' },
      },
      [
        it => (it.type = 'other'),
        it => (it.data = {}),
        it => (it.immutable = false),
        it => Object.assign(it, { type: 'other', data: {}, immutable: false }),
      ],
    );
    await refuseChanges(
      t,
      'configmaps',
      configMap('c', { immutable: true, data: { a: 'b' } }),
      [
        it => (it.data.a = 'c'),
        it => (it.immutable = false),
        it => (it.binaryData = { b: 'eA==' }),
      ],
    );
  },
});
