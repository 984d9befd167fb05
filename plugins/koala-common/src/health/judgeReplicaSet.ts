import { Condition } from '../objects/Condition';
import { ReplicaSetObject } from '../objects/ReplicaSetObject';
import { Verdict } from '../status/Verdict';
import { inspectionOf, verdictOf } from './Finding';
import { DEFAULT_GRACE_MS } from './lasting';
import { createFailure, workloadFinding } from './workloadFinding';

/**
 * Koala's verdict on a ReplicaSet: as Argo CD judges it, and suspended where it is scaled to zero, as
 * every old revision is.
 *
 * @public
 */
export function judgeReplicaSet(options: {
  replicaSet: ReplicaSetObject;
  /** Milliseconds since the epoch. */
  now: number;
  /** How long pods may fail to be created before it is degraded; 30 s unless told. */
  graceMs?: number;
}): Verdict {
  const { replicaSet, now, graceMs = DEFAULT_GRACE_MS } = options;
  const { meta, replicas, currentReplicas, availableReplicas } = replicaSet;
  const finding = workloadFinding(replicaSet);
  const failed = replicaSet.conditions.find(
    ({ type, status }): boolean =>
      type === 'ReplicaFailure' && status === 'True',
  ) as Condition | undefined;

  const findings = [];
  if (meta.deletedAt !== undefined) {
    findings.push(
      finding({
        code: 'BeingDeleted',
        message: 'it is being deleted',
        since: meta.deletedAt || undefined,
      }),
    );
  } else if ((replicaSet.observedGeneration ?? 0) < (meta.generation ?? 0)) {
    findings.push(
      finding({
        code: 'ChangeNotObserved',
        message:
          'the ReplicaSet controller has not taken up the last change yet',
      }),
    );
  } else {
    if (failed) {
      findings.push(
        createFailure({ finding, condition: failed, now, graceMs }),
      );
    }
    if (replicas === 0 && currentReplicas === 0) {
      findings.push(
        finding({
          code: 'ScaledToZero',
          message: 'scaled to zero',
          status: 'suspended',
        }),
      );
    } else if (availableReplicas < replicas) {
      findings.push(
        finding({
          code: 'WaitingForAvailability',
          message: `${availableReplicas} of ${replicas} pods available`,
        }),
      );
    }
  }
  return verdictOf(
    inspectionOf({ findings, healthySince: meta.createdAt || undefined }),
  );
}
