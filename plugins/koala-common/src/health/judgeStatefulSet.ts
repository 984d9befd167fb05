import { AutoscalerObject } from '../objects/AutoscalerObject';
import { ControllerRevisionObject } from '../objects/ControllerRevisionObject';
import { PodObject } from '../objects/PodObject';
import { StatefulSetObject } from '../objects/StatefulSetObject';
import { Verdict } from '../status/Verdict';
import { Inspection, inspectionOf, verdictOf } from './Finding';
import { inspectEarly } from './inspectEarly';
import { untimedHealthySince, untimedProgress } from './progress';
import { workloadFinding } from './workloadFinding';
import { zeroFinding } from './zeroFinding';

/** @public */
export interface JudgeStatefulSetOptions {
  statefulSet: StatefulSetObject;
  /** Its revisions and pods, where they are known: they tell when something moved. */
  revisions?: readonly ControllerRevisionObject[];
  pods?: readonly PodObject[];
  /** The one that scales it. */
  autoscaler?: AutoscalerObject;
  /** Milliseconds since the epoch. */
  now: number;
}

/** What there is to wait for, in the order in which `kubectl rollout status` looks. */
function waitingFor(
  statefulSet: StatefulSetObject,
): { code: string; message: string } | undefined {
  const { replicas, partition, strategy } = statefulSet;
  const { currentReplicas, readyReplicas, updatedReplicas } = statefulSet;
  if (readyReplicas < replicas) {
    return {
      code: 'WaitingForReadiness',
      message: `${readyReplicas} of ${replicas} pods ready`,
    };
  }
  const toUpdate = Math.max(0, replicas - partition);
  if (strategy === 'RollingUpdate' && updatedReplicas < toUpdate) {
    return {
      code: 'UpdatingReplicas',
      message: `${updatedReplicas} of ${toUpdate} pods updated`,
    };
  }
  return replicas === 0
    ? {
        code: 'OldReplicasTerminating',
        message: `${currentReplicas} old ${
          currentReplicas === 1 ? 'pod' : 'pods'
        } still to be stopped`,
      }
    : undefined;
}

/** What is found about a StatefulSet, its pods left aside. */
export function inspectStatefulSet(
  options: JudgeStatefulSetOptions,
): Inspection {
  const { statefulSet, revisions = [], pods = [], autoscaler, now } = options;
  const { replicas, currentReplicas, partition } = statefulSet;
  const finding = workloadFinding(statefulSet);
  const early = inspectEarly(statefulSet);
  if (early) {
    return early;
  }
  if (replicas === 0 && currentReplicas === 0) {
    return inspectionOf({ findings: [zeroFinding({ finding, autoscaler })] });
  }
  const rollout = { workload: statefulSet, revisions, pods };
  const waiting = waitingFor(statefulSet);
  if (waiting) {
    return untimedProgress({ rollout, finding, waiting, now });
  }
  const kept = replicas - statefulSet.updatedReplicas;
  return inspectionOf({
    findings:
      partition > 0 && kept > 0
        ? [
            finding({
              code: 'Partitioned',
              message: `${kept} of ${replicas} pods stay at an older revision, as its partition says`,
              status: 'healthy',
            }),
          ]
        : [],
    healthySince: untimedHealthySince(rollout),
  });
}

/**
 * Koala's verdict on a StatefulSet, its pods left aside: it agrees with `kubectl rollout status` and
 * Argo CD. It has no progress deadline of its own, so it is degraded once nothing has moved for 10 min.
 *
 * @public
 */
export function judgeStatefulSet(options: JudgeStatefulSetOptions): Verdict {
  return verdictOf(inspectStatefulSet(options));
}
