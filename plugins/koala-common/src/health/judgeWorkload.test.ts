import { at, iso } from '../__fixtures__/clock';
import {
  ExpectedVerdict,
  expectedVerdict,
  shown,
} from '../__fixtures__/expectedVerdict';
import {
  AVAILABLE,
  condition,
  RawDeploymentOptions,
  rawDeployment,
  rawReplicaSet,
  ROLLING_OUT,
  UNAVAILABLE,
} from '../__fixtures__/rawDeployment';
import { NOT_FOUND } from '../__fixtures__/podRow';
import {
  IMAGE,
  RawPodOptions,
  rawPod,
  running,
  SERVING,
  terminated,
  waiting,
  waitingPod,
} from '../__fixtures__/rawPod';
import { projectObject } from '../projection/projectObject';
import { judgeWorkload } from './judgeWorkload';

function pods(
  count: number,
  make: (options: RawPodOptions) => unknown = rawPod,
  options: RawPodOptions = {},
): unknown[] {
  const { hash = 'hash7' } = options;
  return Array.from({ length: count }, (_, index) =>
    make({ ...options, hash, name: `checkout-${hash}-${index}` }),
  );
}

const unpullable = (options: RawPodOptions) =>
  waitingPod('ImagePullBackOff', NOT_FOUND, options);

const crashing = (options: RawPodOptions) =>
  rawPod({
    ...options,
    containers: [
      {
        image: IMAGE,
        restarts: 5,
        state: waiting('CrashLoopBackOff'),
        lastState: terminated(1, { from: 1, to: 2 }),
      },
    ],
  });

const slow = (options: RawPodOptions) =>
  rawPod({ ...options, containers: [{ ...SERVING, ready: false }] });

/** Revision 7 is rolled out over revision 6, one pod at a time. */
const ROLLOUT = {
  deployment: {
    image: IMAGE,
    status: {
      replicas: 4,
      updatedReplicas: 1,
      readyReplicas: 3,
      availableReplicas: 3,
    },
    conditions: [AVAILABLE, ROLLING_OUT],
  },
  replicaSets: [
    rawReplicaSet({ image: IMAGE, replicas: 1, createdAt: 0 }),
    rawReplicaSet({ revision: 6, createdAt: -9000 }),
  ],
};
const OLD_PODS = pods(3, rawPod, { hash: 'hash6', createdAt: -9000 });
const EXCEEDED = condition('Progressing', 'False', 'ProgressDeadlineExceeded', {
  transitioned: 600,
});

interface Row extends ExpectedVerdict {
  title: string;
  deployment?: RawDeploymentOptions;
  replicaSets?: unknown[];
  pods: unknown[];
  now?: number;
  graceMs?: number;
  counts?: { ready: number; desired: number; updated: number };
}

const rows: Row[] = [
  {
    title: 'complete, all pods ready',
    pods: pods(3),
    status: 'healthy',
    codes: [],
    counts: { ready: 3, desired: 3, updated: 3 },
  },
  {
    title: 'complete, and old revisions at zero are of no interest',
    replicaSets: [
      rawReplicaSet(),
      rawReplicaSet({ revision: 6, replicas: 0 }),
      rawReplicaSet({ revision: 5, replicas: 0 }),
    ],
    pods: pods(3),
    status: 'healthy',
  },
  {
    title: 'rolling out well',
    ...ROLLOUT,
    pods: [...OLD_PODS, ...pods(1, slow)],
    now: 10,
    status: 'progressing',
    codes: ['UpdatingReplicas', 'NotReady'],
    says: '1 of 3 pods updated',
    since: 0,
    recheckAt: 600,
    counts: { ready: 3, desired: 3, updated: 1 },
  },
  {
    title: 'the new image is not there, inside the grace period',
    ...ROLLOUT,
    pods: [...OLD_PODS, ...pods(1, unpullable)],
    now: 10,
    status: 'progressing',
    codes: ['ImagePullBackOff', 'UpdatingReplicas'],
    says: 'tag `1.4.9` not found in registry.example.com/shop/checkout',
    recheckAt: 30,
  },
  {
    title:
      'the new image is not there: degraded while kubectl says progressing',
    ...ROLLOUT,
    pods: [...OLD_PODS, ...pods(1, unpullable)],
    now: 31,
    status: 'degraded',
    codes: ['ImagePullBackOff', 'UpdatingReplicas'],
    says: 'tag `1.4.9` not found in registry.example.com/shop/checkout',
    since: 0,
    counts: { ready: 3, desired: 3, updated: 1 },
  },
  {
    title: 'the new pod crash-loops',
    ...ROLLOUT,
    pods: [...OLD_PODS, ...pods(1, crashing)],
    now: 200,
    status: 'degraded',
    codes: ['CrashLoopBackOff', 'UpdatingReplicas'],
  },
  {
    title: 'past the progress deadline: the cause is said first',
    deployment: { ...ROLLOUT.deployment, conditions: [AVAILABLE, EXCEEDED] },
    replicaSets: ROLLOUT.replicaSets,
    pods: [...OLD_PODS, ...pods(1, unpullable)],
    now: 700,
    status: 'degraded',
    codes: ['ImagePullBackOff', 'ProgressDeadlineExceeded'],
    since: 0,
  },
  {
    title: 'a failing pod of the old revision during a healthy rollout',
    ...ROLLOUT,
    pods: [...pods(1, slow), ...pods(3, crashing, { hash: 'hash6' })],
    now: 200,
    status: 'progressing',
    codes: ['UpdatingReplicas', 'NotReady', 'CrashLoopBackOff'],
  },
  {
    title:
      'an old pod that has not been ready for hours, during a healthy rollout',
    ...ROLLOUT,
    pods: [
      ...pods(1, slow),
      ...pods(1, slow, { hash: 'hash6', createdAt: -9000 }),
    ],
    now: 20,
    status: 'progressing',
  },
  {
    title: 'terminating pods do not count, whatever they say',
    pods: [
      ...pods(3),
      rawPod({
        name: 'gone',
        metadata: { name: 'gone', deletionTimestamp: iso(90) },
        containers: [{ state: waiting('CrashLoopBackOff'), restarts: 9 }],
      }),
    ],
    status: 'healthy',
  },
  {
    title:
      'complete by its own account, but a pod is crash-looping: inside the grace period',
    pods: [
      ...pods(2),
      rawPod({
        name: 'c',
        createdAt: -900,
        ready: true,
        containers: [
          {
            ...SERVING,
            restarts: 2,
            state: running(58),
            lastState: terminated(1, { from: 50, to: 55 }),
          },
        ],
      }),
    ],
    now: 60,
    status: 'progressing',
    codes: ['CrashLoopBackOff'],
    recheckAt: 65,
  },
  {
    title: 'complete by its own account, but a pod is crash-looping',
    pods: [
      ...pods(2),
      rawPod({
        name: 'c',
        createdAt: -900,
        ready: true,
        containers: [
          {
            ...SERVING,
            restarts: 2,
            state: running(58),
            lastState: terminated(1, { from: 50, to: 55 }),
          },
        ],
      }),
    ],
    now: 90,
    status: 'degraded',
    codes: ['CrashLoopBackOff'],
    says: '1 of 3 pods: container `app` keeps crashing',
    recheckAt: 655,
  },
  {
    title:
      'complete by its own account, but a pod has not been ready for too long',
    pods: [...pods(2), slow({ name: 'c' })],
    now: 601,
    status: 'degraded',
    codes: ['NotReady'],
  },
  {
    title: 'complete by its own account, a pod has just become unready',
    pods: [...pods(2), slow({ name: 'c' })],
    now: 20,
    status: 'progressing',
  },
  {
    title: 'the deadline of its pods is that of the Deployment',
    deployment: { spec: { replicas: 3, progressDeadlineSeconds: 60 } },
    pods: [...pods(2), slow({ name: 'c' })],
    now: 61,
    status: 'degraded',
    codes: ['NotReady'],
  },
  {
    title: 'equal reasons of many pods are told once',
    deployment: {
      replicas: 5,
      image: IMAGE,
      status: { readyReplicas: 2, availableReplicas: 2 },
      conditions: [UNAVAILABLE, ROLLING_OUT],
    },
    pods: [...pods(2), ...pods(3, unpullable, { hash: 'hash7' }).map(rename)],
    now: 60,
    status: 'degraded',
    codes: ['ImagePullBackOff', 'WaitingForAvailability'],
    says: '3 of 5 pods: tag `1.4.9` not found in registry.example.com/shop/checkout',
    counts: { ready: 2, desired: 5, updated: 5 },
  },
  {
    title:
      'pods at either of the two reasons of one missing image are told once',
    ...ROLLOUT,
    pods: [
      ...pods(1, unpullable),
      waitingPod('ErrImagePull', NOT_FOUND, { name: 'other' }),
    ],
    now: 60,
    status: 'degraded',
    codes: ['ErrImagePull', 'UpdatingReplicas'],
    says: '2 of 2 pods: tag `1.4.9`',
  },
  {
    title:
      'evicted pods that were replaced long ago do not make a complete workload worse',
    pods: [
      ...pods(3),
      rawPod({
        name: 'evicted',
        phase: 'Failed',
        status: { reason: 'Evicted', message: 'low on memory' },
      }),
    ],
    now: 9000,
    status: 'healthy',
    codes: [],
  },
  {
    title: 'an evicted pod whose replacement is on its way',
    deployment: {
      status: { readyReplicas: 2, availableReplicas: 2 },
      conditions: [UNAVAILABLE, ROLLING_OUT],
    },
    pods: [
      ...pods(2),
      slow({ name: 'c', createdAt: 50 }),
      rawPod({
        name: 'evicted',
        phase: 'Failed',
        status: { reason: 'Evicted', message: 'low on memory' },
      }),
    ],
    now: 60,
    status: 'progressing',
    codes: ['WaitingForAvailability', 'NotReady', 'Evicted'],
  },
  {
    title: 'quota: no pod at all',
    deployment: {
      status: {
        replicas: 0,
        updatedReplicas: 0,
        readyReplicas: 0,
        availableReplicas: 0,
      },
      conditions: [
        UNAVAILABLE,
        ROLLING_OUT,
        condition('ReplicaFailure', 'True', 'FailedCreate', {
          message: 'exceeded quota: compute',
        }),
      ],
    },
    pods: [],
    now: 40,
    status: 'degraded',
    codes: ['ReplicaFailure', 'UpdatingReplicas'],
    counts: { ready: 0, desired: 3, updated: 0 },
  },
  {
    title: 'scaled to zero, and its last pods have not gone yet',
    deployment: { replicas: 0 },
    pods: pods(2, crashing),
    now: 200,
    status: 'suspended',
    codes: ['ScaledToZero'],
    counts: { ready: 0, desired: 0, updated: 0 },
  },
  {
    title: 'paused, and all its pods serve',
    deployment: { spec: { replicas: 3, paused: true } },
    pods: pods(3),
    status: 'suspended',
    codes: ['Paused'],
  },
  {
    title: 'paused, while a pod of the new revision starts',
    deployment: { spec: { replicas: 3, paused: true } },
    pods: [...pods(2), slow({ name: 'c' })],
    now: 20,
    status: 'suspended',
  },
  {
    title: 'paused does not excuse a pod that crash-loops',
    deployment: { spec: { replicas: 3, paused: true } },
    pods: [...pods(2), crashing({ name: 'c' })],
    now: 200,
    status: 'degraded',
    codes: ['CrashLoopBackOff', 'Paused'],
  },
  {
    title: 'being deleted: its pods are, too',
    deployment: { metadata: { deletionTimestamp: iso(10) } },
    pods: pods(3, crashing),
    now: 200,
    status: 'progressing',
    codes: ['BeingDeleted'],
  },
  {
    title: 'the new template is not observed: the old pods are not its own',
    deployment: { image: IMAGE, status: { observedGeneration: 11 } },
    pods: pods(3, crashing),
    now: 200,
    status: 'progressing',
    codes: ['ChangeNotObserved', 'CrashLoopBackOff'],
  },
  {
    title: 'its ReplicaSets may not be read: all its pods count',
    deployment: {
      image: IMAGE,
      status: { readyReplicas: 0, availableReplicas: 0 },
      conditions: [UNAVAILABLE, ROLLING_OUT],
    },
    replicaSets: [],
    pods: pods(3, crashing),
    now: 200,
    status: 'degraded',
    codes: ['CrashLoopBackOff', 'WaitingForAvailability'],
  },
  {
    title: 'more pods are ready than wanted while it surges',
    deployment: {
      status: { replicas: 4, updatedReplicas: 2, readyReplicas: 4 },
      conditions: [AVAILABLE, ROLLING_OUT],
    },
    pods: pods(2),
    status: 'progressing',
    counts: { ready: 3, desired: 3, updated: 2 },
  },
];

/** Another name, so that two groups of pods do not share theirs. */
function rename(pod: unknown, index: number) {
  const raw = pod as { metadata: object };
  const name = `other-${index}`;
  return { ...raw, metadata: { ...raw.metadata, name, uid: name } };
}

describe('judgeWorkload', () => {
  it.each(rows)('$title: $status', row => {
    const { replicaSets = [rawReplicaSet({ createdAt: -9000 })] } = row;
    const state = judgeWorkload({
      deployment: projectObject('Deployment', rawDeployment(row.deployment)),
      replicaSets: replicaSets.map(raw => projectObject('ReplicaSet', raw)),
      pods: row.pods.map(raw => projectObject('Pod', raw)),
      now: at(row.now ?? 60),
      graceMs: row.graceMs,
    });

    expect(shown(state)).toMatchObject(expectedVerdict(row));
    expect(state).toMatchObject(row.counts ?? {});
  });

  it('tells five reasons at most', () => {
    const reasons = ['A', 'B', 'C', 'D', 'E', 'F'].map(letter =>
      waitingPod(`${letter}Error`, 'no', { name: letter }),
    );
    const state = judgeWorkload({
      deployment: projectObject('Deployment', rawDeployment()),
      replicaSets: [projectObject('ReplicaSet', rawReplicaSet())],
      pods: reasons.map(raw => projectObject('Pod', raw)),
      now: at(60),
    });
    expect(state.reasons.map(({ code }) => code)).toEqual([
      'AError',
      'BError',
      'CError',
      'DError',
      'EError',
    ]);
  });

  it('says the same whatever the order in which objects arrive', () => {
    const deployment = projectObject(
      'Deployment',
      rawDeployment(ROLLOUT.deployment),
    );
    const replicaSets = ROLLOUT.replicaSets.map(raw =>
      projectObject('ReplicaSet', raw),
    );
    const all = [
      ...OLD_PODS,
      ...pods(2, unpullable),
      crashing({ name: 'z' }),
    ].map(raw => projectObject('Pod', raw));
    const now = at(100);
    const forwards = judgeWorkload({ deployment, replicaSets, pods: all, now });
    const backwards = judgeWorkload({
      deployment,
      replicaSets: [...replicaSets].reverse(),
      pods: [...all].reverse(),
      now,
    });
    expect(JSON.stringify(backwards)).toBe(JSON.stringify(forwards));
  });
});
