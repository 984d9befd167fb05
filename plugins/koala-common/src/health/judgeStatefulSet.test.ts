import { at, iso } from '../__fixtures__/clock';
import {
  ExpectedVerdict,
  expectedVerdict,
  shown,
} from '../__fixtures__/expectedVerdict';
import { RawPodOptions, SERVING } from '../__fixtures__/rawPod';
import {
  rawAutoscaler,
  rawOwnedPod,
  rawRevision,
  rawStatefulSet,
} from '../__fixtures__/rawWorkloads';
import { crashing } from '../__fixtures__/workloadRow';
import { projectObject } from '../projection/projectObject';
import { judgeWorkload } from './judgeWorkload';

interface Row extends ExpectedVerdict {
  title: string;
  set?: Parameters<typeof rawStatefulSet>[0];
  revisions?: unknown[];
  pods?: unknown[];
  autoscaler?: unknown;
  now?: number;
  counts?: { ready: number; desired: number; updated: number };
}

const pod = (ordinal: number, revision: string, options: RawPodOptions = {}) =>
  rawOwnedPod({ kind: 'StatefulSet', ordinal, revision, ...options });
const unready: RawPodOptions = { containers: [{ ...SERVING, ready: false }] };
const broken = (ordinal: number, revision: string) => {
  const raw = crashing({}) as { spec: object; status: object };
  const { spec, status } = raw;
  return { ...pod(ordinal, revision), spec, status };
};

const A = rawRevision({ kind: 'StatefulSet', hash: 'a', revision: 1 });
const B = rawRevision({
  kind: 'StatefulSet',
  hash: 'b',
  revision: 2,
  createdAt: 0,
});
const ROLLING = {
  status: { readyReplicas: 2, updatedReplicas: 1, currentRevision: 'ledger-a' },
};
const OLD = [0, 1].map(ordinal => pod(ordinal, 'a', { createdAt: -9000 }));

const rows: Row[] = [
  { title: 'complete', revisions: [A, B], status: 'healthy', codes: [] },
  {
    title: 'no status at all',
    set: { status: { observedGeneration: undefined } },
    status: 'progressing',
    codes: ['ChangeNotObserved'],
  },
  {
    title: 'changed, and the controller has not seen it',
    set: { metadata: { generation: 3 } },
    status: 'progressing',
    codes: ['ChangeNotObserved'],
  },
  {
    title: 'being deleted, whatever its pods say',
    set: {
      metadata: { deletionTimestamp: iso(5) },
      status: { readyReplicas: 0 },
    },
    pods: [broken(0, 'b')],
    status: 'progressing',
    codes: ['BeingDeleted'],
    since: 5,
  },
  {
    title: 'rolling out: a new pod is not ready yet',
    set: ROLLING,
    revisions: [A, B],
    pods: [...OLD, pod(2, 'b', { createdAt: 40, ...unready })],
    now: 60,
    status: 'progressing',
    code: 'WaitingForReadiness',
    since: 40,
    recheckAt: 640,
    counts: { ready: 2, desired: 3, updated: 1 },
  },
  {
    title: 'rolling out, and nothing has moved for as long as the deadline',
    set: ROLLING,
    revisions: [A, B],
    pods: [...OLD, pod(2, 'b', { createdAt: 40, ...unready })],
    now: 640,
    status: 'degraded',
    codes: ['NotReady', 'ProgressDeadlineExceeded'],
  },
  {
    title: 'a pod that became ready a moment ago is progress',
    set: { status: { ...ROLLING.status, updatedReplicas: 2 } },
    revisions: [A, B],
    pods: [
      pod(0, 'a', { createdAt: -9000 }),
      pod(2, 'b', { createdAt: 40, ready: true, readySince: 500 }),
    ],
    now: 700,
    status: 'progressing',
    codes: ['WaitingForReadiness'],
    recheckAt: 1100,
  },
  {
    title: 'a pod was deleted a moment ago, after days of peace',
    set: {
      metadata: {
        managedFields: [{ subresource: 'status', time: iso(50) }],
      },
      status: { readyReplicas: 2 },
    },
    revisions: [rawRevision({ kind: 'StatefulSet', hash: 'b', revision: 1 })],
    pods: [0, 1].map(ordinal => pod(ordinal, 'b', { createdAt: -86000 })),
    now: 60,
    status: 'progressing',
    codes: ['WaitingForReadiness'],
    since: 50,
    recheckAt: 650,
  },
  {
    title: 'all pods ready, not all updated: one after the other',
    set: { status: { updatedReplicas: 1, currentRevision: 'ledger-a' } },
    revisions: [A, B],
    pods: [...OLD, pod(2, 'b', { createdAt: 10 })],
    now: 60,
    status: 'progressing',
    code: 'UpdatingReplicas',
    says: '1 of 3 pods updated',
  },
  {
    title: 'a partition keeps two: what is above it is done',
    set: {
      spec: {
        updateStrategy: {
          type: 'RollingUpdate',
          rollingUpdate: { partition: 2 },
        },
      },
      status: { updatedReplicas: 1, currentRevision: 'ledger-a' },
    },
    revisions: [A, B],
    pods: [...OLD, pod(2, 'b')],
    status: 'healthy',
  },
  {
    title: 'a pod that the partition keeps crashes: nobody replaces it',
    set: {
      spec: {
        updateStrategy: {
          type: 'RollingUpdate',
          rollingUpdate: { partition: 2 },
        },
      },
      status: {
        updatedReplicas: 1,
        readyReplicas: 2,
        currentRevision: 'ledger-a',
      },
    },
    revisions: [A, B],
    pods: [broken(0, 'a'), pod(1, 'a'), pod(2, 'b')],
    now: 400,
    status: 'degraded',
    code: 'CrashLoopBackOff',
  },
  {
    title: 'a partition beyond all pods updates none',
    set: {
      spec: {
        updateStrategy: {
          type: 'RollingUpdate',
          rollingUpdate: { partition: 9 },
        },
      },
      status: { updatedReplicas: undefined, currentRevision: 'ledger-a' },
    },
    status: 'healthy',
  },
  {
    title: 'old pods crash while they are replaced: no worse than progressing',
    set: ROLLING,
    revisions: [A, B],
    pods: [broken(0, 'a'), pod(1, 'a'), pod(2, 'b', { createdAt: 40 })],
    now: 100,
    status: 'progressing',
    codes: ['WaitingForReadiness', 'CrashLoopBackOff'],
  },
  {
    title: 'scaled to zero by hand',
    set: {
      spec: { replicas: 0 },
      status: { replicas: 0, readyReplicas: 0, updatedReplicas: 0 },
    },
    status: 'suspended',
    codes: ['ScaledToZero'],
  },
  {
    title: 'scaled to zero, and an autoscaler that may not do so',
    set: { spec: { replicas: 0 }, status: { replicas: 0, readyReplicas: 0 } },
    autoscaler: rawAutoscaler(),
    status: 'suspended',
    codes: ['ScaledToZero'],
  },
  {
    title: 'scaled to zero by an autoscaler',
    set: { spec: { replicas: 0 }, status: { replicas: 0, readyReplicas: 0 } },
    autoscaler: rawAutoscaler({ spec: { minReplicas: 0 } }),
    status: 'healthy',
    codes: ['Idle'],
  },
  {
    title: 'scaled to zero by KEDA beside its autoscaler',
    set: { spec: { replicas: 0 }, status: { replicas: 0, readyReplicas: 0 } },
    autoscaler: rawAutoscaler({
      metadata: {
        ownerReferences: [
          { kind: 'ScaledObject', name: 'x', uid: 'x', controller: true },
        ],
      },
    }),
    status: 'healthy',
    codes: ['Idle'],
  },
  {
    title: 'zero wanted, one still there',
    set: {
      spec: { replicas: 0 },
      status: { replicas: 1, readyReplicas: 1, updatedReplicas: 0 },
    },
    now: 60,
    revisions: [B],
    status: 'progressing',
    codes: ['OldReplicasTerminating'],
  },
  {
    title: 'revisions cannot be read: the status names the newest',
    set: ROLLING,
    pods: [...OLD, broken(2, 'b')],
    now: 400,
    status: 'degraded',
    code: 'CrashLoopBackOff',
  },
  {
    title: 'times in the future are no times',
    set: {
      metadata: { creationTimestamp: iso(9_000_000) },
      status: { readyReplicas: 0 },
    },
    status: 'degraded',
    codes: ['ProgressDeadlineExceeded'],
  },
];

describe('judgeWorkload of a StatefulSet', () => {
  it.each(rows)('$title: $status', row => {
    const state = judgeWorkload({
      workload: projectObject('StatefulSet', rawStatefulSet(row.set)),
      revisions: (row.revisions ?? []).map(raw =>
        projectObject('ControllerRevision', raw),
      ),
      pods: (row.pods ?? []).map(raw => projectObject('Pod', raw)),
      autoscaler: row.autoscaler
        ? projectObject('HorizontalPodAutoscaler', row.autoscaler)
        : undefined,
      now: at(row.now ?? 60),
    });
    const { first, ...expected } = expectedVerdict(row);
    expect(shown(state)).toMatchObject(
      row.status === 'healthy' ? expected : { first, ...expected },
    );
    expect(state).toMatchObject(row.counts ?? {});
  });
});
