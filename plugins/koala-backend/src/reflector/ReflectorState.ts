import { Failure } from './Failure';

/** What a reflector is doing. */
export type ReflectorPhase =
  | 'idle'
  | 'listing'
  | 'watching'
  | 'backoff'
  | 'parked'
  | 'stopped';

/** Where a reflector stands; a value, replaced by each transition. */
export interface ReflectorState {
  readonly phase: ReflectorPhase;
  /** How a list is made: streamed through a watch, or page by page where the server does not stream. */
  readonly listMode: 'stream' | 'pages';
  /** The version to go on from; without one the next step is a list. */
  readonly resourceVersion?: string;
  /** Failures in a row, none of which was followed by a watch that lasted. */
  readonly attempts: number;
  /** The last failure; gone once a watch or a list succeeds. */
  readonly failure?: Failure;
  /** Since when it fails without a success in between; ms since the epoch. */
  readonly failingSince?: number;
  /** When the server last said that the version is gone; ms since the epoch. */
  readonly goneAt?: number;
  /** How long to stay in `backoff` or `parked`. */
  readonly delayMs?: number;
}

/** What can happen to a reflector. */
export type ReflectorEvent =
  | { type: 'start' }
  | { type: 'stop' }
  /** A complete list is in the inventory. */
  | { type: 'listed'; resourceVersion: string }
  /** The server accepted the watch. */
  | { type: 'opened' }
  /** An event or a bookmark was taken over. */
  | { type: 'advanced'; resourceVersion: string }
  /** The server ended the watch in good order. */
  | { type: 'ended'; watchedMs: number }
  /** A list or a watch went wrong; `watchedMs` is how long the watch had been good. */
  | { type: 'failed'; failure: Failure; watchedMs: number }
  /** The time of `backoff` or `parked` is over. */
  | { type: 'due' }
  /** The cluster answers again. */
  | { type: 'reachable' }
  /** Other reflectors have taken over while this one is parked. */
  | { type: 'superseded' };

/** Chance and time, handed in. */
export interface TransitionContext {
  now: number;
  /** At least 0, less than 1. */
  random: () => number;
  timing: ReflectorTiming;
}

/** How long a reflector waits; milliseconds. */
export interface ReflectorTiming {
  backoffBaseMs: number;
  backoffCapMs: number;
  /** A watch that lasted this long makes up for earlier failures. */
  stableMs: number;
  /** A version that is gone for the second time within this time is no chance. */
  goneAgainMs: number;
  /** Between two looks at a kind that may not be read or does not exist. */
  parkedMs: number;
}

/** Waits of the product. The cap is short enough for a cluster to be whole 30 s after it is back. */
export const REFLECTOR_TIMING: ReflectorTiming = {
  backoffBaseMs: 500,
  backoffCapMs: 15_000,
  stableMs: 10_000,
  goneAgainMs: 30_000,
  parkedMs: 60_000,
};

/** A reflector before its start. */
export const IDLE: ReflectorState = {
  phase: 'idle',
  listMode: 'stream',
  attempts: 0,
};
