import {
  Condition,
  Pod,
  PodDisruptionBudget,
  PodDisruptionBudgetStatus,
  timestamp,
} from '../../client';
import { isReady } from '../pods';
import { ExpectedPods } from './expectedPods';

/** An evicted pod that is not deleted after this long is counted again. */
const DELETION_TIMEOUT_MS = 2 * 60_000;

function withCondition(
  budget: PodDisruptionBudget,
  condition: Pick<Condition, 'status' | 'reason' | 'message'>,
  now: number,
): Condition[] {
  const before = budget.status?.conditions ?? [];
  const current = before.find(({ type }) => type === 'DisruptionAllowed');
  return [
    ...before.filter(other => other !== current),
    {
      type: 'DisruptionAllowed',
      observedGeneration: budget.metadata.generation,
      lastTransitionTime:
        current?.status === condition.status
          ? current.lastTransitionTime
          : timestamp(now),
      ...condition,
    },
  ];
}

/** Status of a budget from its pods, and when it will change by itself. */
export function budgetStatus(options: {
  budget: PodDisruptionBudget;
  pods: Pod[];
  expected: ExpectedPods;
  now: number;
  speed: number;
}): { status: PodDisruptionBudgetStatus; recheckIn?: number } {
  const { budget, expected: wanted, now, speed } = options;
  const lasting = options.pods.filter(
    ({ metadata }) => !metadata.deletionTimestamp,
  );
  const until = (since: string) =>
    Date.parse(since) + DELETION_TIMEOUT_MS / speed;
  const disrupted = Object.entries(budget.status?.disruptedPods ?? {}).filter(
    ([name, since]) =>
      until(since) >= now && lasting.some(pod => pod.metadata.name === name),
  );
  const names = new Set(disrupted.map(([name]) => name));
  const currentHealthy = lasting.filter(
    pod => isReady(pod) && !names.has(pod.metadata.name ?? ''),
  ).length;
  const spare = currentHealthy - wanted.desired;
  const disruptionsAllowed = wanted.expected > 0 ? Math.max(0, spare) : 0;
  return {
    status: {
      ...(disrupted.length > 0 && {
        disruptedPods: Object.fromEntries(disrupted),
      }),
      conditions: withCondition(
        budget,
        disruptionsAllowed > 0
          ? { status: 'True', reason: 'SufficientPods', message: '' }
          : { status: 'False', reason: 'InsufficientPods', message: '' },
        now,
      ),
      currentHealthy,
      desiredHealthy: wanted.desired,
      disruptionsAllowed,
      expectedPods: wanted.expected,
      observedGeneration: budget.metadata.generation,
    },
    recheckIn:
      disrupted.length > 0
        ? Math.min(...disrupted.map(([, since]) => until(since))) - now
        : undefined,
  };
}

/** Status of a budget that cannot be worked out: then nothing may be disrupted. */
export function failedStatus(
  budget: PodDisruptionBudget,
  problem: string,
  now: number,
): PodDisruptionBudgetStatus {
  return {
    currentHealthy: 0,
    desiredHealthy: 0,
    expectedPods: 0,
    ...budget.status,
    disruptionsAllowed: 0,
    observedGeneration: budget.metadata.generation,
    conditions: withCondition(
      budget,
      { status: 'False', reason: 'SyncFailed', message: problem },
      now,
    ),
  };
}
