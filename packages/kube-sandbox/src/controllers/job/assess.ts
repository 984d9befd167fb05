import { Job, Pod } from '../../client';
import { isActive, isFinished, isReady } from '../pods';
import { failureVerdict } from './podFailurePolicy';
import { Indexes, parseIndexes } from './indexes';
import {
  completionIndex,
  finishedAt,
  indexFailures,
  isIndexed,
  isPodFailed,
  isTracked,
} from './jobPods';

/** What a Job's pods amount to. */
export interface Assessment {
  job: Job;
  pods: Pod[];
  /** Neither finished nor being deleted. */
  active: Pod[];
  ready: number;
  terminating: number;
  /** Pods whose finalizer was taken off, though the cache does not show it yet. */
  untracked: ReadonlySet<string>;
  /** Finished pods that the status does not know of yet. */
  newlySucceeded: Pod[];
  newlyFailed: Pod[];
  /** With those the status counts, and those it is about to count. */
  succeeded: number;
  failed: number;
  /** Only of Indexed Jobs. */
  indexes?: {
    succeededBefore: Indexes;
    succeeded: Indexes;
    /** Only with a backoff limit per index. */
    failed?: Indexes;
    /** The last failed pod of each index, kept until its replacement has taken over its count. */
    awaitingReplacement: ReadonlyMap<number, Pod>;
  };
}

export function uncountedOf(
  { status }: Job,
  list: 'succeeded' | 'failed',
): string[] {
  return status?.uncountedTerminatedPods?.[list] ?? [];
}

function uidOf({ metadata }: Pod): string {
  return metadata.uid ?? '';
}

/** Counts the pods of a Job. */
export function assess(options: {
  job: Job;
  pods: Pod[];
  untracked: ReadonlySet<string>;
}): Assessment {
  const { job, pods, untracked } = options;
  const active = pods.filter(isActive);
  const countable = pods.filter(
    pod =>
      isTracked(pod) &&
      !untracked.has(uidOf(pod)) &&
      (!isIndexed(job) || completionIndex(job, pod) !== undefined),
  );
  const isNew = (list: 'succeeded' | 'failed') => {
    const known = new Set(uncountedOf(job, list));
    return (pod: Pod) => !known.has(uidOf(pod));
  };
  const newlySucceeded = countable.filter(
    pod => pod.status?.phase === 'Succeeded' && isNew('succeeded')(pod),
  );
  const newlyFailed = countable.filter(
    pod => isPodFailed(job, pod) && isNew('failed')(pod),
  );
  const indexes = isIndexed(job)
    ? assessIndexes({ job, pods, active, countable })
    : undefined;
  return {
    job,
    pods,
    active,
    ready: active.filter(isReady).length,
    terminating: pods.filter(
      pod => pod.metadata.deletionTimestamp && !isFinished(pod),
    ).length,
    untracked,
    newlySucceeded,
    newlyFailed,
    succeeded: indexes
      ? indexes.succeeded.size
      : (job.status?.succeeded ?? 0) +
        newlySucceeded.length +
        uncountedOf(job, 'succeeded').length,
    failed:
      (job.status?.failed ?? 0) +
      newlyFailed.filter(pod => failureVerdict(job, pod).counts).length +
      uncountedOf(job, 'failed').length,
    indexes,
  };
}

function assessIndexes(options: {
  job: Job;
  pods: Pod[];
  active: Pod[];
  countable: Pod[];
}): NonNullable<Assessment['indexes']> {
  const { job, pods, active, countable } = options;
  const { completions = 0, backoffLimitPerIndex } = job.spec;
  const indexesOf = (some: Pod[]): number[] =>
    some
      .map(pod => completionIndex(job, pod))
      .filter(index => index !== undefined);
  const tracked = pods.filter(isTracked);
  const succeededBefore = parseIndexes(
    job.status?.completedIndexes,
    completions,
  );
  const succeeded = new Set([
    ...succeededBefore,
    ...indexesOf(tracked.filter(pod => pod.status?.phase === 'Succeeded')),
  ]);
  if (backoffLimitPerIndex === undefined) {
    return { succeededBefore, succeeded, awaitingReplacement: new Map() };
  }
  const failed = new Set([
    ...parseIndexes(job.status?.failedIndexes, completions),
    ...indexesOf(tracked.filter(pod => failsItsIndex(job, pod))),
  ]);
  const settled = new Set([...succeeded, ...failed, ...indexesOf(active)]);
  const awaitingReplacement = new Map<number, Pod>();
  for (const pod of countable.filter(one => isPodFailed(job, one))) {
    const index = completionIndex(job, pod);
    if (index !== undefined && !settled.has(index)) {
      const last = awaitingReplacement.get(index);
      if (!last || isLater(pod, last)) {
        awaitingReplacement.set(index, pod);
      }
    }
  }
  return { succeededBefore, succeeded, failed, awaitingReplacement };
}

function failsItsIndex(job: Job, pod: Pod): boolean {
  if (!isPodFailed(job, pod)) {
    return false;
  }
  const { counts, failsIndex = false } = failureVerdict(job, pod);
  return (
    failsIndex ||
    (counts && indexFailures(pod) >= (job.spec.backoffLimitPerIndex ?? 0))
  );
}

function isLater(pod: Pod, other: Pod): boolean {
  const all = { all: true };
  return (
    indexFailures(pod, all) >= indexFailures(other, all) &&
    finishedAt(pod) >= finishedAt(other)
  );
}
