import { Condition, KubeObject, LabelSelector } from './objects';

/** @public */
export interface PodDisruptionBudgetStatus {
  currentHealthy: number;
  desiredHealthy: number;
  disruptionsAllowed: number;
  expectedPods: number;
  observedGeneration?: number;
  /** When each pod was evicted that is still to be deleted, by name. */
  disruptedPods?: Record<string, string>;
  conditions?: Condition[];
}

/** @public */
export interface PodDisruptionBudget extends KubeObject {
  spec: {
    selector?: LabelSelector;
    minAvailable?: number | string;
    maxUnavailable?: number | string;
  };
  status?: PodDisruptionBudgetStatus;
}
