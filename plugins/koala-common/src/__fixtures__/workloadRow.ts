import { judgeWorkload } from '../health/judgeWorkload';
import { projectObject } from '../projection/projectObject';
import { WorkloadState } from '../state/WorkloadState';
import { at } from './clock';
import { ExpectedVerdict } from './expectedVerdict';
import { NOT_FOUND } from './podRow';
import {
  AVAILABLE,
  condition,
  RawDeploymentOptions,
  rawDeployment,
  rawReplicaSet,
  ROLLING_OUT,
} from './rawDeployment';
import {
  IMAGE,
  RawPodOptions,
  rawPod,
  SERVING,
  terminated,
  waiting,
  waitingPod,
} from './rawPod';

export function pods(
  count: number,
  make: (options: RawPodOptions) => unknown = rawPod,
  options: RawPodOptions = {},
): unknown[] {
  const { hash = 'hash7' } = options;
  return Array.from({ length: count }, (_, index) =>
    make({ ...options, hash, name: `checkout-${hash}-${index}` }),
  );
}

export const unpullable = (options: RawPodOptions) =>
  waitingPod('ImagePullBackOff', NOT_FOUND, options);

export const crashing = (options: RawPodOptions) =>
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

export const slow = (options: RawPodOptions) =>
  rawPod({ ...options, containers: [{ ...SERVING, ready: false }] });

/** Revision 7 is rolled out over revision 6, one pod at a time. */
export const ROLLOUT = {
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
export const OLD_PODS = pods(3, rawPod, { hash: 'hash6', createdAt: -9000 });
export const EXCEEDED = condition(
  'Progressing',
  'False',
  'ProgressDeadlineExceeded',
  {
    transitioned: 600,
  },
);

/** One workload at one moment, and what Koala says of it. */
export interface WorkloadRow extends ExpectedVerdict {
  title: string;
  deployment?: RawDeploymentOptions;
  replicaSets?: unknown[];
  pods: unknown[];
  now?: number;
  graceMs?: number;
  counts?: { ready: number; desired: number; updated: number };
}

/** Koala's verdict on the workload of a row. */
export function judgeRow(row: WorkloadRow): WorkloadState {
  const { replicaSets = [rawReplicaSet({ createdAt: -9000 })] } = row;
  return judgeWorkload({
    workload: projectObject('Deployment', rawDeployment(row.deployment)),
    replicaSets: replicaSets.map(raw => projectObject('ReplicaSet', raw)),
    pods: row.pods.map(raw => projectObject('Pod', raw)),
    now: at(row.now ?? 60),
    graceMs: row.graceMs,
  });
}
