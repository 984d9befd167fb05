import { Pod, StatefulSet } from '../../client';

/** Name of the pod again, so that a Service can select one pod. */
export const POD_NAME_LABEL = 'statefulset.kubernetes.io/pod-name';

/** Ordinal of the pod. */
export const POD_INDEX_LABEL = 'apps.kubernetes.io/pod-index';

function parentAndOrdinal(pod: Pod): { parent: string; ordinal: number } {
  const match = /^(.*)-(\d+)$/.exec(pod.metadata.name ?? '');
  const ordinal = Number(match?.[2]);
  return match && ordinal < 2 ** 31
    ? { parent: match[1], ordinal }
    : { parent: match?.[1] ?? '', ordinal: -1 };
}

/** The number at the end of a pod's name; -1 where it is not that of a StatefulSet's pod. */
export function ordinalOf(pod: Pod): number {
  return parentAndOrdinal(pod).ordinal;
}

/** Whether the pod's name is one that this StatefulSet gives. */
export function isMember(set: StatefulSet, pod: Pod): boolean {
  return parentAndOrdinal(pod).parent === set.metadata.name;
}

/** How many pods are wanted: the API server's default where nothing is said. */
export function replicaCount(set: StatefulSet): number {
  return set.spec.replicas ?? 1;
}

export function startOrdinal(set: StatefulSet): number {
  return set.spec.ordinals?.start ?? 0;
}

/** Whether a pod of this ordinal is wanted. */
export function isWanted(set: StatefulSet, ordinal: number): boolean {
  const start = startOrdinal(set);
  return ordinal >= start && ordinal < start + replicaCount(set);
}

export function podNameOf(set: StatefulSet, ordinal: number): string {
  return `${set.metadata.name}-${ordinal}`;
}

/** Labels that say which pod of its StatefulSet this is. */
export function identityLabels(
  set: StatefulSet,
  ordinal: number,
): Record<string, string> {
  return {
    [POD_INDEX_LABEL]: String(ordinal),
    [POD_NAME_LABEL]: podNameOf(set, ordinal),
  };
}

/** Whether a pod still says which pod of the StatefulSet it is. */
export function hasIdentity(set: StatefulSet, pod: Pod): boolean {
  return (
    isMember(set, pod) &&
    pod.metadata.labels?.[POD_NAME_LABEL] === pod.metadata.name
  );
}
