import { ControllerRevisionObject } from '../objects/ControllerRevisionObject';
import { DaemonSetObject } from '../objects/DaemonSetObject';
import { PodObject } from '../objects/PodObject';
import { Verdict } from '../status/Verdict';
import { Inspection, inspectionOf, verdictOf } from './Finding';
import { inspectEarly } from './inspectEarly';
import { untimedHealthySince, untimedProgress } from './progress';
import { workloadFinding } from './workloadFinding';

/** @public */
export interface JudgeDaemonSetOptions {
  daemonSet: DaemonSetObject;
  /** Its revisions and pods, where they are known: they tell when something moved. */
  revisions?: readonly ControllerRevisionObject[];
  pods?: readonly PodObject[];
  /** Milliseconds since the epoch. */
  now: number;
}

/** What there is to wait for, in the order in which `kubectl rollout status` looks. */
function waitingFor(
  daemonSet: DaemonSetObject,
): { code: string; message: string } | undefined {
  const { strategy, desiredReplicas, updatedReplicas, availableReplicas } =
    daemonSet;
  if (strategy !== 'OnDelete' && updatedReplicas < desiredReplicas) {
    return {
      code: 'UpdatingReplicas',
      message: `${updatedReplicas} of ${desiredReplicas} pods updated`,
    };
  }
  return availableReplicas < desiredReplicas
    ? {
        code: 'WaitingForAvailability',
        message: `${availableReplicas} of ${desiredReplicas} pods available`,
      }
    : undefined;
}

/** What is found about a DaemonSet, its pods left aside. */
export function inspectDaemonSet(options: JudgeDaemonSetOptions): Inspection {
  const { daemonSet, revisions = [], pods = [], now } = options;
  const { desiredReplicas } = daemonSet;
  const finding = workloadFinding(daemonSet);
  const early = inspectEarly(daemonSet);
  if (early) {
    return early;
  }
  const rollout = { workload: daemonSet, revisions, pods };
  const waiting = waitingFor(daemonSet);
  if (waiting) {
    return untimedProgress({ rollout, finding, waiting, now });
  }
  return inspectionOf({
    findings:
      desiredReplicas === 0
        ? [
            finding({
              code: 'NoNodeSelected',
              message: 'no node of the cluster is to run it',
              status: 'healthy',
            }),
          ]
        : [],
    healthySince: untimedHealthySince(rollout),
  });
}

/**
 * Koala's verdict on a DaemonSet, its pods left aside: it agrees with `kubectl rollout status` and
 * Argo CD. It has no progress deadline of its own, so it is degraded once nothing has moved for 10 min.
 *
 * @public
 */
export function judgeDaemonSet(options: JudgeDaemonSetOptions): Verdict {
  return verdictOf(inspectDaemonSet(options));
}
