import { ControllerRevisionObject } from '../objects/ControllerRevisionObject';
import { DaemonSetObject } from '../objects/DaemonSetObject';
import { PodObject } from '../objects/PodObject';
import { StatefulSetObject } from '../objects/StatefulSetObject';
import { newestControllerRevision } from '../release/newestControllerRevision';
import { Finding, Inspection, inspectionOf } from './Finding';
import { DEFAULT_DEADLINE_MS, lasting, latest } from './lasting';
import { WorkloadFinding } from './workloadFinding';

/** A workload whose object says nothing of times, with what else can tell them. */
export interface UntimedRollout {
  workload: StatefulSetObject | DaemonSetObject;
  revisions: readonly ControllerRevisionObject[];
  pods: readonly PodObject[];
}

function readyAt({ conditions }: PodObject): number | undefined {
  const ready = conditions.find(({ type }) => type === 'Ready');
  return ready?.status === 'True' ? ready.transitionedAt : undefined;
}

/** When its newest revision came to be. */
function revisedAt(rollout: UntimedRollout): number | undefined {
  const newest = newestControllerRevision(rollout);
  return newest?.revisedAt ?? (rollout.workload.meta.createdAt || undefined);
}

/**
 * When something last moved: a revision or a pod was made, a pod became ready or went, its controller
 * counted anew.
 */
function lastProgress(rollout: UntimedRollout): number | undefined {
  return latest([
    revisedAt(rollout),
    rollout.workload.statusChangedAt,
    ...rollout.pods.flatMap(pod => [
      pod.meta.createdAt,
      pod.meta.deletedAt,
      readyAt(pod),
    ]),
  ]);
}

/**
 * What is found about a rollout that is under way, or a workload that lacks pods. Neither StatefulSets
 * nor DaemonSets know a deadline, so Koala's own applies: degraded once nothing has moved for so long.
 */
export function untimedProgress(options: {
  rollout: UntimedRollout;
  finding: WorkloadFinding;
  /** What there is to wait for. */
  waiting: { code: string; message: string };
  now: number;
}): Inspection {
  const { rollout, finding, waiting, now } = options;
  const moved = lastProgress(rollout);
  const { lasted, recheckAt } = lasting({
    since: moved,
    now,
    forMs: DEFAULT_DEADLINE_MS,
  });
  const findings: Finding[] = [
    lasted
      ? finding({
          code: 'ProgressDeadlineExceeded',
          message: `no progress for more than ${
            DEFAULT_DEADLINE_MS / 1000
          } s: ${waiting.message}`,
          status: 'degraded',
          since: moved,
        })
      : finding({ ...waiting, since: troubleSince(rollout), recheckAt }),
  ];
  return inspectionOf({ findings });
}

/** Since when not all is well: the newest revision, or the first pod that is not ready, whatever is later. */
function troubleSince(rollout: UntimedRollout): number | undefined {
  const lacking = rollout.pods
    .filter(({ conditions }) =>
      conditions.every(
        ({ type, status }) => type !== 'Ready' || status !== 'True',
      ),
    )
    .map(
      pod =>
        pod.meta.deletedAt ??
        pod.conditions.find(({ type }) => type === 'Ready')?.transitionedAt ??
        pod.meta.createdAt,
    )
    .filter(time => time > 0);
  const revised = revisedAt(rollout);
  return lacking.length > 0
    ? latest([revised, Math.min(...lacking)])
    : latest([revised, rollout.workload.statusChangedAt]);
}

/** Since when a workload without conditions is as it should be. */
export function untimedHealthySince(
  rollout: UntimedRollout,
): number | undefined {
  return latest([revisedAt(rollout), ...rollout.pods.map(readyAt)]);
}
