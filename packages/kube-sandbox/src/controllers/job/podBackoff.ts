import { Pod } from '../../client';
import { finishedAt } from './jobPods';

const FIRST_MS = 10_000;
const MAX_MS = 10 * 60_000;

/** How many pods of a Job failed since the last one that succeeded. */
export interface PodBackoff {
  failures: number;
  /** ms since the epoch. */
  lastFailureAt?: number;
}

/** How it goes on with the pods that finished since. */
export function nextBackoff(
  before: PodBackoff,
  newly: { succeeded: Pod[]; failed: Pod[] },
): PodBackoff {
  const failures = newly.failed.map(finishedAt);
  if (newly.succeeded.length === 0) {
    return failures.length === 0
      ? before
      : {
          failures: before.failures + failures.length,
          lastFailureAt: Math.max(...failures),
        };
  }
  const success = Math.max(...newly.succeeded.map(finishedAt));
  const since = failures.filter(time => time > success);
  return {
    failures: since.length,
    ...(since.length > 0 && { lastFailureAt: Math.max(...since) }),
  };
}

/** Milliseconds until the next pod may be made: 10 s after the first failure, then 20, 40 … 600. */
export function remainingBackoff(
  { failures, lastFailureAt = 0 }: PodBackoff,
  options: { now: number; speed: number },
): number {
  if (failures === 0) {
    return 0;
  }
  const pause = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return Math.max(0, lastFailureAt + pause / options.speed - options.now);
}
