import {
  autoscaler,
  budget,
  claim,
  cronJob,
  daemonSet,
  deployment,
  ingress,
  job,
  mounting,
  persistentVolume,
  quota,
  service,
  statefulSet,
} from './manifests';
import { RecordedState, Seen } from './RecordedState';

const web = <K extends RecordedState['about']['kind']>(kind: K) => ({
  kind,
  name: 'web',
});

/** The controller has seen the last change. */
function isObserved({ object }: Seen): boolean {
  return object?.status?.observedGeneration === object?.metadata?.generation;
}

/** So many pods are ready, and the controller says so. */
function ready(count: number): (seen: Seen) => boolean {
  return seen =>
    isObserved(seen) &&
    (seen.object.status.readyReplicas ??
      seen.object.status.numberReady ??
      0) === count;
}

/** A container of some pod waits for a reason. */
function waits(reason: RegExp): (seen: Seen) => boolean {
  return seen =>
    isObserved(seen) &&
    seen.pods.some(({ status }) =>
      [
        ...(status.containerStatuses ?? []),
        ...(status.initContainerStatuses ?? []),
      ].some(({ state }) => reason.test(state?.waiting?.reason ?? '')),
    );
}

function condition(type: string, status = 'True'): (seen: Seen) => boolean {
  return ({ object }) =>
    (object?.status?.conditions ?? []).some(
      (one: any) => one.type === type && one.status === status,
    );
}

const both =
  (...all: ((seen: Seen) => boolean)[]) =>
  (seen: Seen) =>
    all.every(one => one(seen));

const IMAGE = (tag: string) =>
  ['set', 'image'].concat([`main=shop/cart:${tag}`]);

/** `kubectl set image` of the object that the state is about. */
function setImage(kind: string, tag: string): string[] {
  const [verb, noun, container] = IMAGE(tag);
  return [verb, noun, `${kind}/web`, container];
}

function rolledOver(options: {
  kind: 'deployment' | 'statefulset' | 'daemonset';
  tag: string;
  count: number;
}): RecordedState['changes'] {
  return [
    {
      after: ready(options.count),
      kubectl: setImage(options.kind, options.tag),
    },
  ];
}

const UNSCHEDULABLE = (seen: Seen) =>
  seen.pods.some(({ status }) =>
    (status.conditions ?? []).some(
      (one: any) => one.reason === 'Unschedulable',
    ),
  );

const DEPLOYMENTS: RecordedState[] = [
  {
    name: 'deployment-complete',
    about: web('Deployment'),
    objects: [deployment()],
    is: both(ready(2), condition('Available')),
  },
  {
    name: 'deployment-rolling-out',
    about: web('Deployment'),
    objects: [deployment()],
    changes: rolledOver({
      kind: 'deployment',
      tag: '2.0.0-never-ready',
      count: 2,
    }),
    is: seen =>
      isObserved(seen) &&
      seen.object.status.updatedReplicas === 1 &&
      seen.pods.length === 3 &&
      seen.pods.every(({ status }) => status.phase === 'Running'),
  },
  {
    name: 'deployment-image-not-found',
    about: web('Deployment'),
    objects: [deployment()],
    changes: rolledOver({ kind: 'deployment', tag: '2.0.0-missing', count: 2 }),
    is: waits(/ImagePullBackOff/),
  },
  {
    name: 'deployment-crash-loop',
    about: web('Deployment'),
    objects: [deployment({ image: 'shop/cart:1.0.0-crash' })],
    is: waits(/CrashLoopBackOff/),
  },
  {
    name: 'deployment-deadline-exceeded',
    about: web('Deployment'),
    objects: [
      deployment({
        image: 'shop/cart:1.0.0-never-ready',
        spec: { progressDeadlineSeconds: 3 },
      }),
    ],
    is: condition('Progressing', 'False'),
  },
  {
    name: 'deployment-paused',
    about: web('Deployment'),
    objects: [deployment()],
    changes: [
      { after: ready(2), kubectl: ['rollout', 'pause', 'deployment/web'] },
    ],
    is: condition('Progressing', 'Unknown'),
  },
  {
    name: 'deployment-scaled-to-zero',
    about: web('Deployment'),
    objects: [deployment()],
    changes: [
      {
        after: ready(2),
        kubectl: ['scale', 'deployment/web', '--replicas=0'],
      },
    ],
    is: seen => isObserved(seen) && seen.pods.length === 0,
  },
  {
    name: 'deployment-over-quota',
    about: web('Deployment'),
    objects: [quota(1), deployment()],
    is: condition('ReplicaFailure'),
  },
  {
    name: 'deployment-unschedulable',
    about: web('Deployment'),
    objects: [
      deployment({
        container: { resources: { requests: { cpu: '900' } } },
      }),
    ],
    is: both(isObserved, UNSCHEDULABLE),
  },
  {
    name: 'deployment-init-crash',
    about: web('Deployment'),
    objects: [
      deployment({
        podSpec: {
          initContainers: [
            { name: 'migrate', image: 'shop/migrate:1.0.0-crash' },
          ],
        },
      }),
    ],
    is: waits(/CrashLoopBackOff/),
  },
  {
    name: 'deployment-native-sidecar',
    about: web('Deployment'),
    objects: [
      deployment({
        podSpec: {
          initContainers: [
            {
              name: 'metrics',
              image: 'quay.io/prometheus/statsd-exporter:v0.28.0',
              restartPolicy: 'Always',
            },
          ],
        },
      }),
    ],
    is: both(ready(2), condition('Available')),
  },
  {
    name: 'deployment-volume-pending',
    about: web('Deployment'),
    objects: [
      claim('data', { storageClassName: 'nothing' }),
      deployment({ podSpec: mounting('data') }),
    ],
    is: both(isObserved, UNSCHEDULABLE),
  },
  {
    name: 'deployment-volume-missing',
    about: web('Deployment'),
    objects: [deployment({ podSpec: mounting('nowhere') })],
    is: both(isObserved, UNSCHEDULABLE),
  },
];

const STATEFUL_SETS: RecordedState[] = [
  {
    name: 'statefulset-complete',
    about: web('StatefulSet'),
    objects: [statefulSet()],
    is: ready(3),
  },
  {
    name: 'statefulset-starting',
    about: web('StatefulSet'),
    objects: [statefulSet({ image: 'shop/cart:1.0.0-never-ready' })],
    is: seen =>
      isObserved(seen) &&
      seen.pods.length === 1 &&
      seen.pods[0].status.phase === 'Running',
  },
  {
    name: 'statefulset-rolling-out',
    about: web('StatefulSet'),
    objects: [statefulSet()],
    changes: rolledOver({
      kind: 'statefulset',
      tag: '2.0.0-never-ready',
      count: 3,
    }),
    is: seen =>
      ready(2)(seen) &&
      seen.object.status.updatedReplicas === 1 &&
      seen.pods.length === 3 &&
      seen.pods.every(({ status }) => status.phase === 'Running'),
  },
  {
    name: 'statefulset-rolled-over',
    about: web('StatefulSet'),
    objects: [statefulSet()],
    changes: rolledOver({ kind: 'statefulset', tag: '2.0.0', count: 3 }),
    is: seen =>
      ready(3)(seen) &&
      seen.object.metadata.generation === 2 &&
      seen.object.status.currentRevision === seen.object.status.updateRevision,
  },
  {
    name: 'statefulset-image-not-found',
    about: web('StatefulSet'),
    objects: [statefulSet()],
    changes: rolledOver({
      kind: 'statefulset',
      tag: '2.0.0-missing',
      count: 3,
    }),
    is: both(ready(2), waits(/ImagePullBackOff/)),
  },
  {
    name: 'statefulset-crash-loop',
    about: web('StatefulSet'),
    objects: [
      statefulSet({
        image: 'shop/cart:1.0.0-crash',
        spec: { podManagementPolicy: 'Parallel' },
      }),
    ],
    is: waits(/CrashLoopBackOff/),
  },
  {
    name: 'statefulset-partitioned',
    about: web('StatefulSet'),
    objects: [
      statefulSet({
        spec: {
          updateStrategy: {
            type: 'RollingUpdate',
            rollingUpdate: { partition: 2 },
          },
        },
      }),
    ],
    changes: rolledOver({ kind: 'statefulset', tag: '2.0.0', count: 3 }),
    is: seen => ready(3)(seen) && seen.object.status.updatedReplicas === 1,
  },
  {
    name: 'statefulset-on-delete',
    about: web('StatefulSet'),
    objects: [statefulSet({ spec: { updateStrategy: { type: 'OnDelete' } } })],
    changes: rolledOver({ kind: 'statefulset', tag: '2.0.0', count: 3 }),
    is: seen => ready(3)(seen) && seen.object.metadata.generation === 2,
  },
  {
    name: 'statefulset-scaled-to-zero',
    about: web('StatefulSet'),
    objects: [statefulSet()],
    changes: [
      {
        after: ready(3),
        kubectl: ['scale', 'statefulset/web', '--replicas=0'],
      },
    ],
    is: seen =>
      isObserved(seen) &&
      seen.pods.length === 0 &&
      seen.object.status.replicas === 0,
  },
  {
    name: 'statefulset-volume-pending',
    about: web('StatefulSet'),
    objects: [
      statefulSet({
        spec: {
          volumeClaimTemplates: [
            claim('data', { storageClassName: 'nothing' }),
          ],
        },
      }),
    ],
    is: both(isObserved, UNSCHEDULABLE),
  },
];

const DAEMON_SETS: RecordedState[] = [
  {
    name: 'daemonset-complete',
    about: web('DaemonSet'),
    objects: [daemonSet()],
    is: ready(3),
  },
  {
    name: 'daemonset-no-node',
    about: web('DaemonSet'),
    objects: [daemonSet({ podSpec: { nodeSelector: { gpu: 'yes' } } })],
    is: isObserved,
  },
  {
    name: 'daemonset-starting',
    about: web('DaemonSet'),
    objects: [daemonSet({ image: 'shop/cart:1.0.0-never-ready' })],
    is: seen =>
      isObserved(seen) &&
      seen.pods.length === 3 &&
      seen.pods.every(({ status }) => status.phase === 'Running'),
  },
  {
    name: 'daemonset-image-not-found',
    about: web('DaemonSet'),
    objects: [daemonSet()],
    changes: rolledOver({ kind: 'daemonset', tag: '2.0.0-missing', count: 3 }),
    is: both(ready(2), waits(/ImagePullBackOff/)),
  },
  {
    name: 'daemonset-rolled-over',
    about: web('DaemonSet'),
    objects: [daemonSet()],
    changes: rolledOver({ kind: 'daemonset', tag: '2.0.0', count: 3 }),
    is: seen =>
      ready(3)(seen) &&
      seen.object.status.updatedNumberScheduled === 3 &&
      seen.object.metadata.generation === 2,
  },
  {
    name: 'daemonset-on-delete',
    about: web('DaemonSet'),
    objects: [daemonSet({ spec: { updateStrategy: { type: 'OnDelete' } } })],
    changes: rolledOver({ kind: 'daemonset', tag: '2.0.0', count: 3 }),
    is: seen => ready(3)(seen) && seen.object.metadata.generation === 2,
  },
  {
    name: 'daemonset-crash-loop',
    about: web('DaemonSet'),
    objects: [daemonSet({ image: 'shop/cart:1.0.0-crash' })],
    is: waits(/CrashLoopBackOff/),
  },
];

const JOBS: RecordedState[] = [
  {
    name: 'job-complete',
    about: web('Job'),
    objects: [job()],
    is: condition('Complete'),
  },
  {
    name: 'job-running',
    about: web('Job'),
    objects: [
      job({
        image: 'shop/cart:1.0.0-runs-60m',
        spec: { completions: 3, parallelism: 2 },
      }),
    ],
    is: ({ object }) => object.status?.ready === 2,
  },
  {
    name: 'job-failed',
    about: web('Job'),
    objects: [job({ image: 'shop/cart:1.0.0-exit-3' })],
    is: condition('Failed'),
  },
  {
    name: 'job-deadline-exceeded',
    about: web('Job'),
    objects: [
      job({
        image: 'shop/cart:1.0.0-runs-60m',
        spec: { activeDeadlineSeconds: 2 },
      }),
    ],
    is: condition('Failed'),
  },
  {
    name: 'job-failure-policy',
    about: web('Job'),
    objects: [
      job({
        image: 'shop/cart:1.0.0-exit-42',
        spec: {
          podFailurePolicy: {
            rules: [
              {
                action: 'FailJob',
                onExitCodes: { operator: 'In', values: [42] },
              },
            ],
          },
        },
      }),
    ],
    is: condition('Failed'),
  },
  {
    name: 'job-retrying',
    about: web('Job'),
    objects: [
      job({ image: 'shop/cart:1.0.0-exit-3', spec: { backoffLimit: 20 } }),
    ],
    is: ({ object }) => (object.status?.failed ?? 0) >= 2,
  },
  {
    name: 'job-crash-loop',
    about: web('Job'),
    objects: [
      job({
        image: 'shop/cart:1.0.0-crash',
        podSpec: { restartPolicy: 'OnFailure' },
        spec: { backoffLimit: 20 },
      }),
    ],
    is: ({ pods }) =>
      pods.some(({ status }) =>
        (status.containerStatuses ?? []).some(
          ({ state }: any) => state?.waiting?.reason === 'CrashLoopBackOff',
        ),
      ),
  },
  {
    name: 'job-image-not-found',
    about: web('Job'),
    objects: [job({ image: 'shop/cart:1.0.0-missing' })],
    is: ({ pods }) =>
      pods.some(({ status }) =>
        (status.containerStatuses ?? []).some(
          ({ state }: any) => state?.waiting?.reason === 'ImagePullBackOff',
        ),
      ),
  },
  {
    name: 'job-suspended',
    about: web('Job'),
    objects: [job({ spec: { suspend: true } })],
    is: condition('Suspended'),
  },
];

const CRON_JOBS: RecordedState[] = [
  {
    name: 'cronjob-never-run',
    about: web('CronJob'),
    objects: [cronJob({ cron: { schedule: '0 3 1 1 *' } })],
    is: ({ object }) => object !== undefined,
  },
  {
    name: 'cronjob-suspended',
    about: web('CronJob'),
    objects: [cronJob({ cron: { suspend: true } })],
    is: ({ object }) => object !== undefined,
  },
  {
    name: 'cronjob-succeeded',
    about: web('CronJob'),
    objects: [cronJob()],
    is: ({ object }) =>
      object?.status?.lastSuccessfulTime && !object.status.active,
  },
  {
    name: 'cronjob-failed',
    about: web('CronJob'),
    objects: [cronJob({ image: 'shop/cart:1.0.0-exit-3' })],
    is: ({ object, pods }) =>
      object?.status?.lastScheduleTime &&
      !object.status.active &&
      pods.length >= 2,
  },
  {
    name: 'cronjob-running',
    about: web('CronJob'),
    objects: [cronJob({ image: 'shop/cart:1.0.0-runs-60m' })],
    is: ({ object, pods }) =>
      object?.status?.active?.length === 1 &&
      pods.some(({ status }) => status.phase === 'Running'),
  },
  {
    name: 'cronjob-gone',
    about: web('CronJob'),
    objects: [
      cronJob({
        image: 'shop/cart:1.0.0-exit-3',
        cron: { failedJobsHistoryLimit: 0 },
      }),
    ],
    is: ({ object, pods }) =>
      object?.status?.lastScheduleTime &&
      !object.status.active &&
      pods.length === 0,
  },
];

const OTHERS: RecordedState[] = [
  {
    name: 'volume-bound',
    about: { kind: 'PersistentVolumeClaim', name: 'data' },
    objects: [
      persistentVolume('bound'),
      claim('data', { storageClassName: 'bound' }),
    ],
    is: ({ object }) => object?.status?.phase === 'Bound',
  },
  {
    name: 'volume-pending',
    about: { kind: 'PersistentVolumeClaim', name: 'data' },
    objects: [claim('data', { storageClassName: 'nothing' })],
    is: ({ object }) => object?.status?.phase === 'Pending',
  },
  {
    name: 'volume-lost',
    about: { kind: 'PersistentVolumeClaim', name: 'data' },
    objects: [
      persistentVolume('lost'),
      claim('data', { storageClassName: 'lost' }),
    ],
    changes: [
      {
        after: ({ object }) => object?.status?.phase === 'Bound',
        kubectl: ['delete', 'pv', 'lost', '--wait=false'],
      },
      {
        after: () => true,
        kubectl: [
          'patch',
          'pv',
          'lost',
          '--type=merge',
          '-p',
          '{"metadata":{"finalizers":null}}',
        ],
      },
    ],
    is: ({ object }) => object?.status?.phase === 'Lost',
  },
  {
    name: 'service-without-pods',
    about: web('Service'),
    objects: [service()],
    is: ({ object }) => object !== undefined,
  },
  {
    name: 'ingress-pending',
    about: web('Ingress'),
    objects: [service(), ingress('web')],
    is: ({ object }) => object !== undefined,
  },
  {
    name: 'ingress-backend-missing',
    about: web('Ingress'),
    objects: [ingress('nowhere')],
    is: ({ object }) => object !== undefined,
  },
  {
    name: 'autoscaler-without-metrics',
    about: web('HorizontalPodAutoscaler'),
    objects: [
      deployment({ container: { resources: { requests: { cpu: '10m' } } } }),
      autoscaler(1),
    ],
    is: condition('ScalingActive', 'False'),
  },
  {
    name: 'autoscaler-disabled',
    about: web('HorizontalPodAutoscaler'),
    objects: [deployment({ spec: { replicas: 0 } }), autoscaler(1)],
    is: condition('ScalingActive', 'False'),
  },
  {
    name: 'budget-allows',
    about: web('PodDisruptionBudget'),
    objects: [deployment(), budget(1)],
    is: ({ object }) => object?.status?.disruptionsAllowed === 1,
  },
  {
    name: 'budget-allows-none',
    about: web('PodDisruptionBudget'),
    objects: [deployment(), budget('100%')],
    is: ({ object }) =>
      object?.status?.currentHealthy === 2 &&
      object.status.disruptionsAllowed === 0,
  },
  {
    name: 'budget-insufficient',
    about: web('PodDisruptionBudget'),
    objects: [deployment({ image: 'shop/cart:1.0.0-never-ready' }), budget(1)],
    is: ({ object, pods }) =>
      object?.status?.expectedPods === 2 &&
      pods.every(({ status }) => status.phase === 'Running'),
  },
  {
    name: 'budget-selects-nothing',
    about: web('PodDisruptionBudget'),
    objects: [budget(1)],
    is: ({ object }) => object?.status?.observedGeneration === 1,
  },
];

/** Every state that is recorded. */
export const STATES: readonly RecordedState[] = [
  ...DEPLOYMENTS,
  ...STATEFUL_SETS,
  ...DAEMON_SETS,
  ...JOBS,
  ...CRON_JOBS,
  ...OTHERS,
];
