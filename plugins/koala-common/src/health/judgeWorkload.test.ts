import { at, iso } from '../__fixtures__/clock';
import { expectedVerdict, shown } from '../__fixtures__/expectedVerdict';
import {
  AVAILABLE,
  condition,
  rawDeployment,
  rawReplicaSet,
  ROLLING_OUT,
  UNAVAILABLE,
} from '../__fixtures__/rawDeployment';
import {
  IMAGE,
  rawPod,
  running,
  SERVING,
  terminated,
  waiting,
  waitingPod,
} from '../__fixtures__/rawPod';
import {
  crashing,
  judgeRow,
  pods,
  slow,
  unpullable,
  WorkloadRow,
} from '../__fixtures__/workloadRow';
import { projectObject } from '../projection/projectObject';
import { judgeWorkload } from './judgeWorkload';

/** Another name, so that two groups of pods do not share theirs. */
function rename(pod: unknown, index: number) {
  const raw = pod as { metadata: object };
  const name = `other-${index}`;
  return { ...raw, metadata: { ...raw.metadata, name, uid: name } };
}

const rows: WorkloadRow[] = [
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

describe('judgeWorkload', () => {
  it.each(rows)('$title: $status', row => {
    const state = judgeRow(row);
    expect(shown(state)).toMatchObject(expectedVerdict(row));
    expect(state).toMatchObject(row.counts ?? {});
  });

  it('tells five reasons at most', () => {
    const reasons = ['A', 'B', 'C', 'D', 'E', 'F'].map(letter =>
      waitingPod(`${letter}Error`, 'no', { name: letter }),
    );
    const state = judgeWorkload({
      workload: projectObject('Deployment', rawDeployment()),
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
});
