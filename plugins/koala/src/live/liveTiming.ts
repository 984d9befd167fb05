/** Every interval of the live connection, in milliseconds. */
export const LIVE_TIMING = {
  /** A broken stream is called reconnecting this long; then the page asks by itself. */
  pollAfter: 10_000,
  pollEvery: 10_000,
  /** A request or a stream has to be answered within this. */
  answer: 15_000,
  /** First pause before the stream is tried again; doubles up to the second. */
  backoffBase: 500,
  backoffMax: 30_000,
  /** The server sends a comment every 15 s: three missed ones mean that the stream is dead. */
  silence: 45_000,
  /** A stream that ended in order after this long is opened again at once. */
  stable: 5_000,
  /** A hidden tab gives its connection back: browsers allow six per origin over all tabs. */
  hidden: 60_000,
  /** Leaving one screen for another must not cost a new snapshot. */
  linger: 10_000,
} as const;

/**
 * Pause before attempt number `attempt` (from 0), with full jitter: a restarted backend must not meet
 * all browsers in the same second.
 */
export function backoffPause(options: {
  attempt: number;
  random: number;
}): number {
  const ceiling = Math.min(
    LIVE_TIMING.backoffMax,
    LIVE_TIMING.backoffBase * 2 ** options.attempt,
  );
  return Math.round(ceiling * (0.5 + options.random / 2));
}
