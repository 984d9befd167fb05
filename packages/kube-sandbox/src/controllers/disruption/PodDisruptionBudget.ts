import { Condition, KubeObject, LabelSelector, Resource } from '../../client';

/** How many pods of an application have to stay, and how many may go. */
export interface PodDisruptionBudget extends KubeObject {
  spec: {
    selector?: LabelSelector;
    /** A number, or a share such as `50%`. */
    minAvailable?: number | string;
    maxUnavailable?: number | string;
  };
  status?: BudgetStatus;
}

/** What the controller has counted. */
export interface BudgetStatus {
  observedGeneration?: number;
  disruptionsAllowed: number;
  currentHealthy: number;
  desiredHealthy: number;
  expectedPods: number;
  /** Pods that are about to be evicted, and since when. */
  disruptedPods?: Record<string, string>;
  conditions?: Condition[];
}

/** Where budgets live in the API. */
export const podDisruptionBudgets: Resource<PodDisruptionBudget> = {
  group: 'policy',
  version: 'v1',
  plural: 'poddisruptionbudgets',
  kind: 'PodDisruptionBudget',
  namespaced: true,
};
