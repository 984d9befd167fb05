import { Pod } from '../../client';

/** A claim that a pod uses. */
export interface UsedClaim {
  name: string;
  /** Made for this pod alone, from a template in its spec. */
  isEphemeral: boolean;
}

/** The claims that a pod uses; those of ephemeral volumes have the pod's name in theirs. */
export function claimsOf(pod: Pod): UsedClaim[] {
  const used: UsedClaim[] = [];
  for (const { name, persistentVolumeClaim, ephemeral } of pod.spec.volumes ??
    []) {
    if (persistentVolumeClaim) {
      used.push({ name: persistentVolumeClaim.claimName, isEphemeral: false });
    } else if (ephemeral) {
      used.push({ name: `${pod.metadata.name}-${name}`, isEphemeral: true });
    }
  }
  return used;
}
