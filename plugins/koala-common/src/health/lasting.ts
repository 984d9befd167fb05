/** How long a bad reason may last before it counts, in milliseconds. @public */
export const DEFAULT_GRACE_MS = 30_000;

/** How long a pod may take to be ready where nothing else is said, in milliseconds. @public */
export const DEFAULT_DEADLINE_MS = 600_000;

/** Clocks of clusters differ from ours a little; a time further ahead than this is no time. */
const MAX_SKEW_MS = 300_000;

/**
 * Whether something has gone on for long enough, and when to look again where it has not.
 *
 * What began at no known time has gone on for long enough: nothing says that it is new.
 */
export function lasting(options: {
  since: number | undefined;
  now: number;
  forMs: number;
}): { lasted: boolean; recheckAt?: number } {
  const { since, now, forMs } = options;
  if (since === undefined || since > now + MAX_SKEW_MS) {
    return { lasted: true };
  }
  const end = since + forMs;
  return end <= now ? { lasted: true } : { lasted: false, recheckAt: end };
}

/** The earliest of some times that may be absent. */
export function earliest(
  times: Iterable<number | undefined>,
): number | undefined {
  let first: number | undefined;
  for (const time of times) {
    if (time !== undefined && (first === undefined || time < first)) {
      first = time;
    }
  }
  return first;
}

/** The latest of some times that may be absent; 0 counts as absent. */
export function latest(
  times: Iterable<number | undefined>,
): number | undefined {
  let last: number | undefined;
  for (const time of times) {
    if (time && (last === undefined || time > last)) {
      last = time;
    }
  }
  return last;
}
