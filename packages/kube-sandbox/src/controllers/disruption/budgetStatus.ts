import { Condition, Pod, timestamp } from '../../client';
import { scaled } from '../deployment/replicas';
import { BudgetStatus, PodDisruptionBudget } from './PodDisruptionBudget';

/** An eviction that has not happened after this is not waited for any longer. */
export const DELETION_TIMEOUT_MS = 2 * 60_000;

const isReady = ({ status }: Pod) =>
  status?.conditions?.some(
    ({ type, status: value }) => type === 'Ready' && value === 'True',
  ) === true;

function disruptionAllowed(
  before: readonly Condition[] | undefined,
  options: { allowed: boolean; generation?: number; now: number },
): Condition {
  const { allowed, generation, now } = options;
  const status = allowed ? 'True' : 'False';
  const type = 'DisruptionAllowed';
  const old = before?.find(condition => condition.type === type);
  return {
    type,
    status,
    observedGeneration: generation,
    lastTransitionTime:
      old?.status === status ? old.lastTransitionTime : timestamp(now),
    reason: allowed ? 'SufficientPods' : 'InsufficientPods',
    message: old?.message ?? '',
  };
}

/**
 * What a budget's status has to be.
 *
 * @param options - `pods`: those that it selects; `scale`: how many there should be by the workloads that own them.
 */
export function budgetStatus(options: {
  budget: PodDisruptionBudget;
  pods: readonly Pod[];
  scale: number;
  now: number;
}): BudgetStatus {
  const { budget, pods, scale, now } = options;
  const { spec, status, metadata } = budget;
  const { minAvailable, maxUnavailable } = spec;
  const disrupted = Object.entries(status?.disruptedPods ?? {}).filter(
    ([name, since]) =>
      Date.parse(since) + DELETION_TIMEOUT_MS >= now &&
      pods.some(
        pod => pod.metadata.name === name && !pod.metadata.deletionTimestamp,
      ),
  );
  const disruptedPods = Object.fromEntries(disrupted);
  const currentHealthy = pods.filter(
    pod =>
      !pod.metadata.deletionTimestamp &&
      !(pod.metadata.name! in disruptedPods) &&
      isReady(pod),
  ).length;
  let expectedPods = 0;
  let desiredHealthy = 0;
  if (maxUnavailable !== undefined) {
    expectedPods = scale;
    desiredHealthy = Math.max(
      0,
      scale - scaled(maxUnavailable, scale, Math.ceil),
    );
  } else if (minAvailable !== undefined) {
    expectedPods = typeof minAvailable === 'number' ? pods.length : scale;
    desiredHealthy = scaled(minAvailable, scale, Math.ceil);
  }
  const room = currentHealthy - desiredHealthy;
  const disruptionsAllowed = expectedPods > 0 ? Math.max(0, room) : 0;
  return {
    observedGeneration: metadata.generation,
    ...(disrupted.length > 0 && { disruptedPods }),
    disruptionsAllowed,
    currentHealthy,
    desiredHealthy,
    expectedPods,
    conditions: [
      disruptionAllowed(status?.conditions, {
        allowed: disruptionsAllowed > 0,
        generation: metadata.generation,
        now,
      }),
    ],
  };
}
