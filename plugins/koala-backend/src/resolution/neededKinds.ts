import {
  WatchedKind,
  WORKLOAD_KINDS,
  WorkloadKind,
  WorkloadObject,
} from '@koala-ops/backstage-plugin-koala-common';

/**
 * The kinds that a verdict on a workload needs. What one of them would have told about a workload of
 * another kind does not matter: an account that may not read DaemonSets sees Deployments all the same.
 *
 * ControllerRevisions, claims and budgets add to what is said and change no verdict for the better, so
 * they are in no row.
 */
const KINDS_FOR: Readonly<Record<WorkloadKind, readonly WatchedKind[]>> = {
  Deployment: ['Deployment', 'ReplicaSet', 'Pod'],
  StatefulSet: ['StatefulSet', 'Pod'],
  DaemonSet: ['DaemonSet', 'Pod'],
  CronJob: ['CronJob', 'Job', 'Pod'],
  Job: ['Job', 'Pod'],
};

/** Whether a workload is stopped or idle is for its autoscaler to say. */
const KINDS_AT_ZERO: readonly WatchedKind[] = ['HorizontalPodAutoscaler'];

/** The kinds that say whether there is anything at all. */
export const KINDS_FOR_NOTHING: readonly WatchedKind[] = WORKLOAD_KINDS;

/** Every kind that some verdict needs: before all of them have been read once, none is given. */
export const RESOLVED_KINDS: readonly WatchedKind[] = [
  ...new Set([...Object.values(KINDS_FOR).flat(), ...KINDS_AT_ZERO]),
];

/** The kinds that the verdict on this workload needs. */
export function kindsFor(workload: WorkloadObject): readonly WatchedKind[] {
  const kinds = KINDS_FOR[workload.kind];
  return 'replicas' in workload && workload.replicas === 0
    ? [...kinds, ...KINDS_AT_ZERO]
    : kinds;
}
