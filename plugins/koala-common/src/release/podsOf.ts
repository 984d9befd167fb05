import { POD_TEMPLATE_HASH_LABEL } from '../labels/wellKnownLabels';
import { PodObject } from '../objects/PodObject';
import { ReplicaSetObject } from '../objects/ReplicaSetObject';

/**
 * Whether the ReplicaSet controls the pod. A pod that does not name its controller is taken by the
 * hash of its template.
 */
export function isPodOf(pod: PodObject, replicaSet: ReplicaSetObject): boolean {
  if (pod.meta.controller) {
    return pod.meta.controller.uid === replicaSet.meta.uid;
  }
  const hash = replicaSet.meta.labels[POD_TEMPLATE_HASH_LABEL];
  return (
    hash !== undefined &&
    pod.meta.namespace === replicaSet.meta.namespace &&
    pod.meta.labels[POD_TEMPLATE_HASH_LABEL] === hash
  );
}

/** Pods of a ReplicaSet that are neither on their way out nor at their end. */
export function podsOf(options: {
  pods: readonly PodObject[];
  replicaSet: ReplicaSetObject;
}): PodObject[] {
  return options.pods.filter(
    pod =>
      pod.meta.deletedAt === undefined &&
      pod.phase !== 'Succeeded' &&
      pod.phase !== 'Failed' &&
      isPodOf(pod, options.replicaSet),
  );
}
