import { expectedVerdict, shown } from '../__fixtures__/expectedVerdict';
import { judgeRow, PodRow } from '../__fixtures__/podRow';
import {
  IMAGE,
  podCondition,
  RawPodOptions,
  rawPod,
  running,
  SERVING,
  terminated,
  waiting,
  waitingPod,
} from '../__fixtures__/rawPod';

function withInit(init: object, options: RawPodOptions = {}) {
  return rawPod({
    phase: 'Pending',
    ...options,
    inits: [{ name: 'migrate', image: 'shop/migrate:3', ...init }],
    containers: [{ state: waiting('PodInitializing') }],
  });
}

const rows: PodRow[] = [
  {
    title: 'init container at work',
    pod: withInit({ state: running(1) }),
    now: 20,
    status: 'progressing',
    code: 'PodInitializing',
    says: 'init container `migrate` is running, image shop/migrate:3',
    recheckAt: 600,
  },
  {
    title: 'init container at work for longer than the deadline',
    pod: withInit({ state: running(1) }),
    now: 601,
    status: 'degraded',
    code: 'PodInitializing',
    nextStep: /log of the init container/,
  },
  {
    title: 'init container failed once',
    pod: withInit({ state: terminated(3, { from: 1, to: 4 }) }),
    now: 10,
    status: 'progressing',
    code: 'Error',
    says: 'init container `migrate` ended with exit code 3, image shop/migrate:3',
  },
  {
    title: 'init container in a crash loop',
    pod: withInit({
      restarts: 4,
      state: waiting('CrashLoopBackOff'),
      lastState: terminated(3, { from: 100, to: 101 }),
    }),
    now: 120,
    status: 'degraded',
    code: 'CrashLoopBackOff',
    says: 'init container `migrate` keeps crashing',
  },
  {
    title: 'init container that cannot be pulled',
    pod: withInit({ state: waiting('ImagePullBackOff', 'not found') }),
    now: 40,
    status: 'degraded',
    says: 'tag `3` not found in shop/migrate',
  },
  {
    title: 'init container that failed before, and is done now, is no trouble',
    pod: rawPod({
      ready: true,
      inits: [
        {
          name: 'migrate',
          restarts: 3,
          ready: true,
          state: terminated(0, { from: 60, to: 61 }),
          lastState: terminated(1, { from: 40, to: 41 }),
        },
      ],
      containers: [SERVING],
    }),
    now: 90,
    status: 'healthy',
  },
  {
    title: 'native sidecar in a crash loop holds the pod up',
    pod: withInit({
      name: 'proxy',
      restartPolicy: 'Always',
      restarts: 5,
      state: waiting('CrashLoopBackOff'),
      lastState: terminated(1, { from: 100, to: 101 }),
    }),
    now: 150,
    status: 'degraded',
    says: 'sidecar `proxy` keeps crashing',
  },
  {
    title: 'just created, no node yet',
    pod: rawPod({
      phase: 'Pending',
      conditions: [],
      containers: [{ silent: true }],
      spec: { nodeName: undefined },
      status: { startTime: undefined },
    }),
    now: 1,
    status: 'progressing',
    code: 'Pending',
    recheckAt: 600,
  },
  {
    title: 'Unschedulable inside the grace period',
    pod: rawPod({
      phase: 'Pending',
      spec: { nodeName: undefined },
      conditions: [
        podCondition('PodScheduled', 'False', 5, {
          reason: 'Unschedulable',
          message: '0/3 nodes are available: 3 Insufficient memory.',
        }),
      ],
      containers: [{ silent: true }],
    }),
    now: 20,
    status: 'progressing',
    code: 'Unschedulable',
    since: 5,
    recheckAt: 35,
  },
  {
    title: 'Unschedulable after the grace period',
    pod: rawPod({
      phase: 'Pending',
      spec: { nodeName: undefined },
      conditions: [
        podCondition('PodScheduled', 'False', 5, {
          reason: 'Unschedulable',
          message: '0/3 nodes are available: 3 Insufficient memory.',
        }),
      ],
      containers: [{ silent: true }],
    }),
    now: 36,
    status: 'degraded',
    says: 'no node takes the pod: 0/3 nodes are available: 3 Insufficient memory.',
    nextStep: /requests/,
  },
  {
    title: 'held by a scheduling gate',
    pod: rawPod({
      phase: 'Pending',
      spec: { nodeName: undefined },
      conditions: [
        podCondition('PodScheduled', 'False', 5, {
          reason: 'SchedulingGated',
          message: 'Scheduling is blocked due to non-empty scheduling gates',
        }),
      ],
      containers: [{ silent: true }],
    }),
    now: 60,
    status: 'progressing',
    code: 'SchedulingGated',
  },
  {
    title: 'evicted',
    pod: rawPod({
      phase: 'Failed',
      status: {
        reason: 'Evicted',
        message: 'The node was low on resource: memory.',
        containerStatuses: null,
      },
      readySince: 20,
    }),
    now: 60,
    status: 'degraded',
    code: 'Evicted',
    says: `The node was low on resource: memory. (image ${IMAGE})`,
    since: 20,
  },
  {
    title: 'failed, with a container that tells why',
    pod: rawPod({
      phase: 'Failed',
      spec: { restartPolicy: 'Never' },
      containers: [{ state: terminated(2, { from: 1, to: 9 }) }],
    }),
    now: 60,
    status: 'degraded',
    code: 'Error',
    says: 'exit code 2',
    since: 9,
  },
  {
    title: 'failed, and nothing tells why',
    pod: rawPod({ phase: 'Failed', status: { containerStatuses: [] } }),
    now: 60,
    status: 'degraded',
    code: 'Failed',
    says: IMAGE,
  },
  {
    title: 'the node no longer answers',
    pod: rawPod({
      conditions: [podCondition('Ready', 'Unknown', 100)],
      containers: [SERVING],
    }),
    now: 120,
    status: 'progressing',
    code: 'NodeLost',
    says: 'node node-a',
    recheckAt: 700,
  },
  {
    title: 'containers are being created',
    pod: waitingPod('ContainerCreating'),
    now: 5,
    status: 'progressing',
    code: 'ContainerCreating',
    says: `container \`app\` is being created, image ${IMAGE}`,
    recheckAt: 600,
  },
  {
    title: 'containers are being created for longer than the deadline',
    pod: waitingPod('ContainerCreating'),
    now: 600,
    status: 'degraded',
    code: 'ContainerCreating',
    nextStep: /volume or the network/,
  },
  {
    title: 'readiness not passing yet: a slow start is no trouble',
    pod: rawPod({ containers: [{ ...SERVING, ready: false }] }),
    now: 200,
    status: 'progressing',
    code: 'NotReady',
    says: `container \`app\` runs, but is not ready, image ${IMAGE}`,
    recheckAt: 600,
  },
  {
    title: 'readiness not passing for longer than the deadline',
    pod: rawPod({ containers: [{ ...SERVING, ready: false }] }),
    now: 600,
    status: 'degraded',
    code: 'NotReady',
    nextStep: /readiness probe/,
    recheckAt: undefined,
  },
  {
    title: 'readiness lost later: the deadline begins when it was lost',
    pod: rawPod({
      readySince: 5000,
      containers: [{ ...SERVING, ready: false }],
    }),
    now: 5500,
    status: 'progressing',
    since: 5000,
    recheckAt: 5600,
  },
  {
    title: 'a deadline of its own',
    pod: rawPod({ containers: [{ ...SERVING, ready: false }] }),
    now: 121,
    deadlineMs: 120_000,
    status: 'degraded',
  },
  {
    title: 'startup probe not passed yet',
    pod: rawPod({
      containers: [{ state: running(1), started: false, ready: false }],
    }),
    now: 60,
    status: 'progressing',
    code: 'StartupProbe',
  },
  {
    title: 'all containers ready, a readiness gate is not',
    pod: rawPod({
      containers: [SERVING],
      conditions: [
        podCondition('Ready', 'False', 0, {
          reason: 'ReadinessGatesNotReady',
          message: 'the status of pod readiness gate "lb" is not "True"',
        }),
      ],
    }),
    now: 60,
    status: 'progressing',
    code: 'NotReady',
    says: 'readiness gate "lb"',
  },
  {
    title:
      'a fresh crash of a pod that has not been ready for too long is past all grace',
    pod: rawPod({
      containers: [{ state: terminated(1, { from: 600, to: 609 }) }],
    }),
    now: 610,
    status: 'degraded',
    code: 'Error',
  },
];

describe('judgePod: pods on their way', () => {
  it.each(rows)('$title: $status', row => {
    expect(shown(judgeRow(row))).toMatchObject(expectedVerdict(row));
  });
});
