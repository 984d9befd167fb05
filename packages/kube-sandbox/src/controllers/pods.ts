import { Condition, Pod } from '../client';

/** Neither finished nor being deleted. */
export function isActive(pod: Pod): boolean {
  return !isFinished(pod) && !pod.metadata.deletionTimestamp;
}

export function isFinished(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}

export function podCondition(pod: Pod, type: string): Condition | undefined {
  return pod.status?.conditions?.find(condition => condition.type === type);
}

export function isReady(pod: Pod): boolean {
  return podCondition(pod, 'Ready')?.status === 'True';
}

/** When the pod became ready; ms since the epoch, 0 where it is not. */
export function readySince(pod: Pod): number {
  const ready = podCondition(pod, 'Ready');
  return ready?.status === 'True' && ready.lastTransitionTime
    ? Date.parse(ready.lastTransitionTime)
    : 0;
}

/**
 * How long until a pod has been ready for `minReadyMs`: 0 where it is available now, undefined where
 * it is not ready at all.
 */
export function availableIn(
  pod: Pod,
  minReadyMs: number,
  now: number,
): number | undefined {
  if (!isReady(pod)) {
    return undefined;
  }
  return minReadyMs === 0 ? 0 : Math.max(0, readySince(pod) + minReadyMs - now);
}
