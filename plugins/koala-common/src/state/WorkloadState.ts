import { WorkloadDetail } from './ServiceDetail';

/**
 * Koala's verdict on a workload with its pods.
 *
 * @public
 */
export interface WorkloadState
  extends Pick<
    WorkloadDetail,
    | 'kind'
    | 'name'
    | 'namespace'
    | 'status'
    | 'since'
    | 'reasons'
    | 'release'
    | 'ready'
    | 'desired'
    | 'updated'
    | 'createdAt'
  > {
  /** When to judge it again although nothing changed; ms since the epoch. */
  recheckAt?: number;
}
