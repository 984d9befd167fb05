import { WorkloadDetail } from './ServiceDetail';

/**
 * Koala's verdict on a workload with its pods.
 *
 * @public
 */
export interface WorkloadState extends Omit<WorkloadDetail, 'pods'> {
  /** When to judge it again although nothing changed; ms since the epoch. */
  recheckAt?: number;
}
