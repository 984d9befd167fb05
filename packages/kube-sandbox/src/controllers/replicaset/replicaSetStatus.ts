import { Pod, ReplicaSet, timestamp } from '../../client';
import { hasLabels } from '../labels';
import { availableIn, isReady } from '../pods';
import { withoutZeros } from '../withoutZeros';

type Status = NonNullable<ReplicaSet['status']>;

/** Status of a ReplicaSet from its pods, and when it will change by itself. */
export function replicaSetStatus(options: {
  replicaSet: ReplicaSet;
  /** Pods that count as replicas. */
  active: Pod[];
  terminating: Pod[];
  /** What went wrong while pods were created or deleted. */
  failure?: { reason: string; message: string };
  now: number;
  speed: number;
}): { status: Status; recheckIn?: number } {
  const { replicaSet, active, terminating, failure, now, speed } = options;
  const { minReadySeconds = 0, template } = replicaSet.spec;
  const waits = active
    .map(pod => availableIn(pod, (minReadySeconds * 1000) / speed, now))
    .filter(wait => wait !== undefined);
  const pending = waits.filter(wait => wait > 0);
  const status: Status = {
    replicas: active.length,
    ...withoutZeros({
      fullyLabeledReplicas: active.filter(pod =>
        hasLabels(pod.metadata.labels, template.metadata?.labels ?? {}),
      ).length,
      readyReplicas: active.filter(isReady).length,
      availableReplicas: waits.length - pending.length,
    }),
    terminatingReplicas: terminating.length,
    observedGeneration: replicaSet.metadata.generation,
  };
  const before = replicaSet.status?.conditions ?? [];
  const failed = before.find(({ type }) => type === 'ReplicaFailure');
  const others = before.filter(condition => condition !== failed);
  const conditions = failure
    ? [
        ...others,
        failed ?? {
          type: 'ReplicaFailure',
          status: 'True' as const,
          ...failure,
          lastTransitionTime: timestamp(now),
        },
      ]
    : others;
  if (conditions.length > 0) {
    status.conditions = conditions;
  }
  return {
    status,
    recheckIn: pending.length > 0 ? Math.min(...pending) : undefined,
  };
}
