import {
  AutoscalerDetail,
  AutoscalerObject,
  DisruptionBudgetDetail,
  judgeAutoscaler,
  judgeDisruptionBudget,
  selectorMatches,
  WorkloadObject,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';

export function describeAutoscaler(
  autoscaler: AutoscalerObject,
  now: number,
): AutoscalerDetail {
  const { meta, minReplicas, maxReplicas } = autoscaler;
  const { status, reasons } = judgeAutoscaler({ autoscaler, now });
  return {
    name: meta.name,
    status,
    reason: reasons[0],
    minReplicas,
    maxReplicas,
    currentReplicas: autoscaler.currentReplicas,
    desiredReplicas: autoscaler.desiredReplicas,
    lastScaledAt: autoscaler.lastScaledAt,
  };
}

/** The budget that protects the pods of a workload; the strictest where there are several. */
export function describeBudget(options: {
  cluster: string;
  workload: WorkloadObject;
  inventory: InventoryReader;
}): DisruptionBudgetDetail | undefined {
  const { cluster, workload, inventory } = options;
  const { namespace } = workload.meta;
  const budgets = [...inventory.list(cluster, 'PodDisruptionBudget', namespace)]
    .filter(
      ({ selector }) =>
        selector && selectorMatches(selector, workload.template.labels),
    )
    .sort(
      (a, b) =>
        a.disruptionsAllowed - b.disruptionsAllowed ||
        (a.meta.name < b.meta.name ? -1 : 1),
    );
  if (budgets.length === 0) return undefined;
  const [budget] = budgets;
  const { status, reasons } = judgeDisruptionBudget({ budget });
  return {
    name: budget.meta.name,
    status,
    reason: reasons[0],
    disruptionsAllowed: budget.disruptionsAllowed,
    currentHealthy: budget.currentHealthy,
    desiredHealthy: budget.desiredHealthy,
    expectedPods: budget.expectedPods,
  };
}
