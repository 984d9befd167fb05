import { Condition } from './Condition';
import { LabelSelector } from './LabelSelector';
import { ObjectMeta } from './ObjectMeta';

/**
 * A PodDisruptionBudget.
 *
 * @public
 */
export interface DisruptionBudgetObject {
  kind: 'PodDisruptionBudget';
  meta: ObjectMeta;
  /** Undefined where it has none, and so selects nothing. */
  selector?: LabelSelector;
  observedGeneration?: number;
  expectedPods: number;
  currentHealthy: number;
  desiredHealthy: number;
  disruptionsAllowed: number;
  conditions: readonly Condition[];
}
