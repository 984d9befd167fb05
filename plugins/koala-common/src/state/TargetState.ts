import { Reason } from '../status/Reason';
import { Status } from '../status/Status';
import { Release } from './Release';

/**
 * What was seen last in a target that cannot be seen now.
 *
 * @public
 */
export interface LastKnown {
  status: Status;
  /** When its cluster was last heard, ms since the epoch. */
  asOf: number;
}

/**
 * A release that is older than the one in the environment it is promoted from.
 *
 * @public
 */
export interface Behind {
  /** The environment it is promoted from. */
  environment: string;
  /** Versions that ran there since; absent where its history does not reach back that far. */
  by?: number;
}

/**
 * A service in one target.
 *
 * @public
 */
export interface TargetState {
  /** Name of the target, see {@link Target}. */
  target: string;
  cluster: string;
  status: Status;
  /** Since when the status holds; ms since the epoch. */
  since?: number;
  /** The worst reason; absent for a plain healthy target. */
  reason?: Reason;
  /** Set only while the status is `unknown` and the target was seen before. */
  lastKnown?: LastKnown;
  release?: Release;
  /** Absent where the release is no older than upstream's, or nobody can tell. */
  behind?: Behind;
  /** Pods that are ready, of the pods wanted; absent where nothing is deployed, or nothing but Jobs. */
  ready?: number;
  desired?: number;
  /** Pods of the newest revision, of the pods wanted; only while progressing or degraded. */
  updated?: number;
}
