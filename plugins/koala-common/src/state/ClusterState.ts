/**
 * - `syncing`: first sync is under way
 * - `live`: every watched kind follows the cluster
 * - `partial`: some kinds may not be read or do not answer, the rest is live
 * - `unreachable`: no byte within the time allowed, or the connection is refused
 * - `forbidden`: the credential is refused (401) or may read nothing (403)
 * - `broken`: it answers, but not as a Kubernetes API
 * - `unwatchable`: its credential exists only per user, so nobody can watch it
 * - `missing`: configured in an environment, but the portal knows no such cluster
 *
 * @public
 */
export type ClusterCondition =
  | 'syncing'
  | 'live'
  | 'partial'
  | 'unreachable'
  | 'forbidden'
  | 'broken'
  | 'unwatchable'
  | 'missing';

/**
 * How Koala sees one cluster, in the matrix and in the stream. While a cluster is live nothing in here
 * moves with time, so that an unchanged matrix stays byte for byte the same.
 *
 * @public
 */
export interface ClusterState {
  name: string;
  title?: string;
  condition: ClusterCondition;
  /** Since when the condition holds; ms since the epoch. */
  since: number;
  /** What went wrong, for people; names the kind and the HTTP status where there is one. */
  message?: string;
  /** What the reader can do about it. */
  nextStep?: string;
  /** When the last byte of it arrived; only while it is not live. ms since the epoch. */
  lastByteAt?: number;
  /** Kinds that could not be read: kind to error. */
  kinds?: Record<string, string>;
}
