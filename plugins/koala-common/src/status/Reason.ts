import { ObjectReference } from '../objects/ObjectReference';

/**
 * Why a status is what it is.
 *
 * @public
 */
export interface Reason {
  /**
   * Machine-readable, PascalCase; the Kubernetes reason where there is one (`ImagePullBackOff`,
   * `CrashLoopBackOff`, `ProgressDeadlineExceeded`), else Koala's own (`ClusterUnreachable`).
   */
  code: string;
  /** One sentence for people; names the image, the container or the cluster it is about. */
  message: string;
  /** What to do next, where that is known: an imperative sentence. */
  nextStep?: string;
  /** The object that says so. */
  object?: ObjectReference;
  /** Since when, in milliseconds since the epoch. */
  since?: number;
}
