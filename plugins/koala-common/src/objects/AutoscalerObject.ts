import { Condition } from './Condition';
import { ObjectMeta } from './ObjectMeta';

/**
 * A HorizontalPodAutoscaler.
 *
 * @public
 */
export interface AutoscalerObject {
  kind: 'HorizontalPodAutoscaler';
  meta: ObjectMeta;
  /** The workload that it scales, in its own namespace. */
  target: { kind: string; name: string };
  minReplicas: number;
  maxReplicas: number;
  currentReplicas: number;
  desiredReplicas: number;
  lastScaledAt?: number;
  conditions: readonly Condition[];
}
