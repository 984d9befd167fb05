import { ContainerState, PodContainer } from '../objects/PodObject';
import { earliest } from './lasting';

/** A container that ran this long is no longer backing off: its next crash starts a new loop. */
export const BACKOFF_RESET_MS = 600_000;
const FIRST_BACKOFF_MS = 10_000;
const MAX_BACKOFF_MS = 300_000;
/** One restart is an accident. */
const LOOP_RESTARTS = 2;
/** Past this many the sum below no longer changes anything worth telling. */
const MAX_COUNTED_RESTARTS = 1_000;

export type TerminatedState = Extract<ContainerState, { type: 'terminated' }>;

/** The run that ended last: the one now shown as terminated, else the one before. */
export function lastRunOf(
  container: PodContainer,
): TerminatedState | undefined {
  const { state, lastState } = container;
  if (state?.type === 'terminated') return state;
  return lastState?.type === 'terminated' ? lastState : undefined;
}

/**
 * When a crash loop began, at the latest. The kubelet waits 10 s before it restarts a container for the
 * second time, then 20, 40 … 300 s; so a container that was restarted so often, with runs of this
 * length, has been at it for at least the sum. Counting from the last crash alone would call each crash
 * a new trouble.
 */
function loopSince(options: {
  run: TerminatedState;
  restarts: number;
  notBefore: number | undefined;
}): number | undefined {
  const { run, restarts, notBefore } = options;
  const started = run.startedAt ?? run.finishedAt;
  if (started === undefined) {
    return notBefore;
  }
  const runMs = Math.max(0, (run.finishedAt ?? started) - started);
  let ago = 0;
  let backoff = FIRST_BACKOFF_MS;
  const counted = Math.min(restarts, MAX_COUNTED_RESTARTS);
  for (let restart = 1; restart < counted; restart++) {
    ago += backoff + runMs;
    backoff = Math.min(backoff * 2, MAX_BACKOFF_MS);
  }
  return Math.max(started - ago, notBefore ?? -Infinity);
}

/**
 * The crash loop that a container is in. It is in one while the kubelet says so, and while it runs
 * again between two crashes: restarted at least twice, its last run ended before the back-off was
 * reset, and that is less than the reset ago.
 *
 * @param options - `notBefore`: when the pod started.
 * @returns the run that ended last, since when the loop goes on, and when it counts as over unless the
 *   container crashes again.
 */
export function crashLoopOf(options: {
  container: PodContainer;
  notBefore: number | undefined;
  now: number;
}): { run?: TerminatedState; since?: number; endsAt?: number } | undefined {
  const { container, notBefore, now } = options;
  const run = lastRunOf(container);
  const { state, restarts } = container;
  const backingOff =
    state?.type === 'waiting' && state.reason === 'CrashLoopBackOff';
  if (!run) {
    return backingOff ? { since: notBefore } : undefined;
  }
  const since = loopSince({ run, restarts, notBefore });
  if (backingOff) {
    return { run, since };
  }
  const { startedAt, finishedAt } = run;
  if (
    container.role === 'init' &&
    state?.type === 'terminated' &&
    run.exitCode === 0
  ) {
    return undefined;
  }
  if (
    restarts < LOOP_RESTARTS ||
    finishedAt === undefined ||
    finishedAt + BACKOFF_RESET_MS <= now ||
    (startedAt !== undefined && finishedAt - startedAt >= BACKOFF_RESET_MS)
  ) {
    return undefined;
  }
  return {
    run,
    since: earliest([since, finishedAt]),
    endsAt: finishedAt + BACKOFF_RESET_MS,
  };
}
