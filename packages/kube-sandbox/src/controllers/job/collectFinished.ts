import { JobStatus, Pod } from '../../client';
import { Assessment, uncountedOf } from './assess';
import { Ending } from './conditions';
import { failureVerdict } from './podFailurePolicy';
import { formatIndexes } from './indexes';
import { completionIndex, isPodFailed, isTracked } from './jobPods';

/** Uids that a status may hold at once. */
const MAX_UNCOUNTED = 500;

/** Notes the pods that finished in the status; `done` may lose their finalizers then. */
export function collectFinished(
  assessment: Assessment,
  ending: Ending | undefined,
): { done: Pod[]; changed: boolean; complete: boolean } {
  const { job, indexes } = assessment;
  const status = job.status as JobStatus;
  const succeeded = [...uncountedOf(job, 'succeeded')];
  const failed = [...uncountedOf(job, 'failed')];
  const known = succeeded.length + failed.length;
  const newIndexes = new Set<number>();
  const done: Pod[] = [];
  let complete = true;
  for (const pod of inOrder(assessment)) {
    const { uid = '' } = pod.metadata;
    if (
      !isTracked(pod) ||
      assessment.untracked.has(uid) ||
      !mayGo(assessment, ending, pod)
    ) {
      continue;
    }
    done.push(pod);
    const index = completionIndex(job, pod);
    if (pod.status?.phase === 'Succeeded' && !failed.includes(uid)) {
      if (!indexes) {
        addOnce(succeeded, uid);
      } else if (index !== undefined) {
        newIndexes.add(index);
      }
    } else if (
      isPodFailed(job, pod) ||
      (ending && ending.type !== 'SuccessCriteriaMet')
    ) {
      // What still ran when the Job failed has failed with it.
      if (
        (!indexes || index !== undefined) &&
        failureVerdict(job, pod).counts
      ) {
        addOnce(failed, uid);
      }
    }
    if (newIndexes.size + succeeded.length + failed.length >= MAX_UNCOUNTED) {
      complete = false;
      break;
    }
  }
  status.uncountedTerminatedPods = { succeeded, failed };
  const changed = succeeded.length + failed.length > known;
  return {
    done,
    complete,
    changed: noteIndexes(assessment, newIndexes) || changed,
  };
}

function addOnce(uids: string[], uid: string): void {
  if (!uids.includes(uid)) {
    uids.push(uid);
  }
}

function inOrder({ job, pods, indexes }: Assessment): Pod[] {
  return indexes
    ? [...pods].sort(
        (a, b) =>
          (completionIndex(job, a) ?? -1) - (completionIndex(job, b) ?? -1),
      )
    : pods;
}

function mayGo(
  { job, indexes }: Assessment,
  ending: Ending | undefined,
  pod: Pod,
): boolean {
  if (
    job.metadata.deletionTimestamp ||
    ending ||
    pod.status?.phase === 'Succeeded'
  ) {
    return true;
  }
  if (!isPodFailed(job, pod)) {
    return false;
  }
  const index = completionIndex(job, pod);
  return (
    index === undefined ||
    indexes?.awaitingReplacement.get(index)?.metadata.uid !== pod.metadata.uid
  );
}

function noteIndexes(
  { job, indexes }: Assessment,
  newIndexes: ReadonlySet<number>,
): boolean {
  if (!indexes) {
    return false;
  }
  const status = job.status as JobStatus;
  const completed = new Set([...indexes.succeededBefore, ...newIndexes]);
  const completedIndexes = formatIndexes(completed);
  const failedIndexes = indexes.failed && formatIndexes(indexes.failed);
  const changed =
    completedIndexes !== (status.completedIndexes ?? '') ||
    failedIndexes !== status.failedIndexes;
  status.succeeded = completed.size;
  status.completedIndexes = completedIndexes;
  status.failedIndexes = failedIndexes;
  return changed;
}
