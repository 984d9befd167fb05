import { Job, Pod } from '../../client';

/** Keeps a finished pod until its Job has counted it. */
export const TRACKING_FINALIZER = 'batch.kubernetes.io/job-tracking';
export const COMPLETION_INDEX = 'batch.kubernetes.io/job-completion-index';
export const INDEX_FAILURES = 'batch.kubernetes.io/job-index-failure-count';
export const INDEX_IGNORED_FAILURES =
  'batch.kubernetes.io/job-index-ignored-failure-count';

export function isIndexed({ spec }: Job): boolean {
  return spec.completionMode === 'Indexed';
}

export function isTracked({ metadata }: Pod): boolean {
  return metadata.finalizers?.includes(TRACKING_FINALIZER) ?? false;
}

/** Which index the pod works on; undefined where it names none of the Job's. */
export function completionIndex(job: Job, pod: Pod): number | undefined {
  const text = pod.metadata.annotations?.[COMPLETION_INDEX] ?? '';
  const index = /^\d+$/.test(text) ? Number(text) : NaN;
  return index < (job.spec.completions ?? 0) ? index : undefined;
}

/** A pod is replaced only once it has failed, and not already while it is being deleted. */
export function replacesOnlyFailed({ spec }: Job): boolean {
  return (
    spec.podReplacementPolicy === 'Failed' ||
    spec.podFailurePolicy !== undefined
  );
}

export function isPodFailed(job: Job, pod: Pod): boolean {
  const phase = pod.status?.phase;
  return (
    phase === 'Failed' ||
    (!replacesOnlyFailed(job) &&
      pod.metadata.deletionTimestamp !== undefined &&
      phase !== 'Succeeded')
  );
}

/** Failures of an index before this pod; `all` counts the ignored ones too. */
export function indexFailures(
  { metadata }: Pod,
  options: { all?: boolean } = {},
): number {
  const read = (annotation: string) =>
    Number(metadata.annotations?.[annotation]) || 0;
  return (
    read(INDEX_FAILURES) + (options.all ? read(INDEX_IGNORED_FAILURES) : 0)
  );
}

function containersFinishedAt(pod: Pod): number | undefined {
  const sidecars = new Set(
    (pod.spec.initContainers ?? [])
      .filter(({ restartPolicy }) => restartPolicy === 'Always')
      .map(({ name }) => name),
  );
  const statuses = [
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.initContainerStatuses ?? []).filter(({ name }) =>
      sidecars.has(name),
    ),
  ];
  const times = statuses.map(({ state }) =>
    Date.parse(state?.terminated?.finishedAt ?? ''),
  );
  return times.length === 0 || times.some(Number.isNaN)
    ? undefined
    : Math.max(...times);
}

/** When the pod finished; ms since the epoch. */
export function finishedAt(pod: Pod): number {
  const { creationTimestamp = '', deletionTimestamp } = pod.metadata;
  const ready = pod.status?.conditions?.find(({ type }) => type === 'Ready');
  const unreadySince =
    ready?.status === 'False'
      ? Date.parse(ready.lastTransitionTime ?? '')
      : NaN;
  const deletedAt =
    Date.parse(deletionTimestamp ?? '') -
    (pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  return (
    containersFinishedAt(pod) ??
    [unreadySince, deletedAt, Date.parse(creationTimestamp)].find(
      time => !Number.isNaN(time),
    ) ??
    0
  );
}
