import { Deployment, ReplicaSet } from '../../client';
import {
  DESIRED_REPLICAS_ANNOTATION,
  MAX_REPLICAS_ANNOTATION,
} from './annotations';

/** How many replicas are wanted: the API server's default where nothing is said. */
export function replicasOf(object: { spec: { replicas?: number } }): number {
  return object.spec.replicas ?? 1;
}

export function isRollingUpdate(deployment: Deployment): boolean {
  return deployment.spec.strategy?.type !== 'Recreate';
}

/** A number, or a share of `total` such as `25%`, rounded up or down. */
export function scaled(
  value: number | string | undefined,
  total: number,
  round: (share: number) => number,
): number {
  if (value === undefined) {
    return 0;
  }
  const percent = /^(\d+)%$/.exec(String(value));
  if (percent) {
    return round((Number(percent[1]) * total) / 100);
  }
  const count = Number(value);
  return Number.isInteger(count) ? count : 0;
}

/** Pods that a rolling update may have beyond, and miss below, the wanted replicas. */
function fenceposts(deployment: Deployment): {
  surge: number;
  unavailable: number;
} {
  const limits = deployment.spec.strategy?.rollingUpdate;
  const desired = replicasOf(deployment);
  const surge = scaled(limits?.maxSurge, desired, Math.ceil);
  const unavailable = scaled(limits?.maxUnavailable, desired, Math.floor);
  // Both zero would never get anywhere: small percentages round down to that.
  return surge === 0 && unavailable === 0
    ? { surge, unavailable: 1 }
    : { surge, unavailable };
}

export function maxSurge(deployment: Deployment): number {
  return isRollingUpdate(deployment) ? fenceposts(deployment).surge : 0;
}

export function maxUnavailable(deployment: Deployment): number {
  const desired = replicasOf(deployment);
  if (!isRollingUpdate(deployment) || desired === 0) {
    return 0;
  }
  return Math.min(fenceposts(deployment).unavailable, desired);
}

/** Annotations that say for which size of the Deployment a ReplicaSet was sized. */
export function sizeAnnotations(
  deployment: Deployment,
): Record<string, string> {
  const desired = replicasOf(deployment);
  return {
    [DESIRED_REPLICAS_ANNOTATION]: String(desired),
    [MAX_REPLICAS_ANNOTATION]: String(desired + maxSurge(deployment)),
  };
}

/** Sum of the replicas that these ReplicaSets are told to have. */
export function specReplicas(replicaSets: ReplicaSet[]): number {
  return replicaSets.reduce(
    (sum, replicaSet) => sum + replicasOf(replicaSet),
    0,
  );
}

function available(replicaSet: ReplicaSet): number {
  return replicaSet.status?.availableReplicas ?? 0;
}

/** Size of the new ReplicaSet that the limits allow now. */
export function newReplicaSetSize(options: {
  deployment: Deployment;
  /** Replicas of the new ReplicaSet now. */
  current: number;
  /** Replicas of all ReplicaSets now, the new one included. */
  total: number;
}): number {
  const { deployment, current, total } = options;
  const desired = replicasOf(deployment);
  if (!isRollingUpdate(deployment)) {
    return desired;
  }
  const room = desired + maxSurge(deployment) - total;
  return room <= 0 ? current : current + Math.min(room, desired - current);
}

/** One ReplicaSet that shall get another size. */
export interface Resize {
  replicaSet: ReplicaSet;
  replicas: number;
}

/**
 * Old ReplicaSets that a rolling update makes smaller now, oldest first: first their pods that are not
 * available anyway, then as many as can be spared.
 */
export function planScaleDown(options: {
  deployment: Deployment;
  newReplicaSet: ReplicaSet;
  /** Oldest first; only those with replicas. */
  old: ReplicaSet[];
}): Resize[] {
  const { deployment, newReplicaSet, old } = options;
  const minAvailable = replicasOf(deployment) - maxUnavailable(deployment);
  const newUnavailable = replicasOf(newReplicaSet) - available(newReplicaSet);
  const spare =
    specReplicas([...old, newReplicaSet]) - minAvailable - newUnavailable;
  if (specReplicas(old) === 0 || spare <= 0) {
    return [];
  }
  let unhealthyLeft = spare;
  const cleaned = old.map(replicaSet => {
    const size = replicasOf(replicaSet);
    const remove = Math.min(
      unhealthyLeft,
      Math.max(0, size - available(replicaSet)),
    );
    unhealthyLeft -= remove;
    return { replicaSet, replicas: size - remove };
  });
  const totalAvailable = [...old, newReplicaSet].reduce(
    (sum, replicaSet) => sum + available(replicaSet),
    0,
  );
  let availableLeft = Math.max(0, totalAvailable - minAvailable);
  return cleaned
    .map(({ replicaSet, replicas }) => {
      const remove = Math.min(replicas, availableLeft);
      availableLeft -= remove;
      return { replicaSet, replicas: replicas - remove };
    })
    .filter(({ replicaSet, replicas }) => replicas !== replicasOf(replicaSet));
}

/** How much a ReplicaSet changes when its Deployment is scaled while several have pods. */
function proportion(deployment: Deployment, replicaSet: ReplicaSet): number {
  const size = replicasOf(replicaSet);
  const desired = replicasOf(deployment);
  if (desired === 0) {
    return -size;
  }
  const before =
    Number(replicaSet.metadata.annotations?.[MAX_REPLICAS_ANNOTATION]) ||
    deployment.status?.replicas ||
    0;
  if (before === 0) {
    return 0;
  }
  return Math.round((size * (desired + maxSurge(deployment))) / before) - size;
}

/**
 * Sizes of all ReplicaSets with pods after their Deployment was scaled in the middle of a rollout: each
 * keeps its share, so that a bad release does not gain ground by scaling.
 */
export function planProportionalScale(options: {
  deployment: Deployment;
  /** Those with replicas, oldest first. */
  active: ReplicaSet[];
}): Resize[] {
  const { deployment, active } = options;
  const desired = replicasOf(deployment);
  const allowed = desired > 0 ? desired + maxSurge(deployment) : 0;
  const toAdd = allowed - specReplicas(active);
  // Of equal sizes the newer one grows first, and the older one shrinks first.
  const ordered = [...(toAdd > 0 ? [...active].reverse() : active)].sort(
    (a, b) => replicasOf(b) - replicasOf(a),
  );
  let added = 0;
  const resizes = ordered.map(replicaSet => {
    const left = toAdd - added;
    const share = proportion(deployment, replicaSet);
    const change = toAdd > 0 ? Math.min(share, left) : Math.max(share, left);
    const applied = toAdd === 0 || left === 0 ? 0 : change;
    added += applied;
    return { replicaSet, replicas: replicasOf(replicaSet) + applied };
  });
  if (resizes.length > 0 && toAdd !== 0) {
    resizes[0].replicas = Math.max(0, resizes[0].replicas + toAdd - added);
  }
  return resizes;
}
