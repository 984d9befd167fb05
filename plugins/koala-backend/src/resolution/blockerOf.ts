import {
  ClusterState,
  Reason,
  WatchedKind,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';
import { Slot } from './Slot';
import { unlistedNamespaces, Unreadable, unreadableIn } from './unreadableIn';

/** The kinds without which no verdict on a workload can be given. */
export const NEEDED_KINDS: readonly WatchedKind[] = [
  'Deployment',
  'ReplicaSet',
  'Pod',
];

/**
 * What a cell says of a cluster that cannot be read. The cluster's own state tells the details: repeated
 * in every cell they would make a new message of the same outage a change of them all.
 */
const CLUSTER_REASONS: Partial<
  Record<ClusterState['condition'], { code: string; says: string }>
> = {
  unreachable: { code: 'ClusterUnreachable', says: 'is not reachable' },
  forbidden: { code: 'ClusterForbidden', says: 'refuses to be read' },
  broken: { code: 'ClusterBroken', says: 'does not answer as a cluster does' },
  unwatchable: {
    code: 'ClusterUnwatchable',
    says: "can only be read with a user's own token",
  },
  missing: { code: 'ClusterMissing', says: 'is not known to the portal' },
};

/**
 * Why nothing can be said of a slot right now, or undefined where everything that a verdict needs is
 * seen. This is the one place that keeps an unseen cell from looking like an empty one.
 */
export function blockerOf(
  slot: Slot,
  inventory: InventoryReader,
  kinds: readonly WatchedKind[] = NEEDED_KINDS,
): Reason | undefined {
  const { cluster } = slot.target;
  if (slot.missing) {
    return {
      code: 'NamespaceCannotBeDerived',
      message: `The namespace of ${slot.environment.name} is named after the ${slot.missing}, and ${slot.service.name} has none.`,
      nextStep: `Give the entity a ${slot.missing}.`,
    };
  }
  const state = inventory.clusterState(cluster);
  if (!state && !inventory.clustersListed()) {
    return {
      code: 'NotYetSynced',
      message: `${cluster} is being looked up.`,
    };
  }
  if (!state) {
    return {
      code: 'ClusterMissing',
      message: `The portal knows no cluster called ${cluster}.`,
      nextStep:
        'Add it to the kubernetes configuration, or correct the name in koala.environments.',
    };
  }
  const unreadable = unreadableFor(slot, inventory, kinds);
  const reason = CLUSTER_REASONS[state.condition];
  // An account without a right is told which one, where it is missing.
  if (reason && !(state.condition === 'forbidden' && unreadable?.refused)) {
    return {
      code: reason.code,
      message: `${cluster} ${reason.says}.`,
      since: state.since,
    };
  }
  return unreadable?.reason;
}

function unreadableFor(
  { target, environment, namespaces, byLabel }: Slot,
  inventory: InventoryReader,
  kinds: readonly WatchedKind[],
): Unreadable | undefined {
  const { cluster } = target;
  // Namespaces that cannot be listed are none, which must not look like nothing deployed.
  if (byLabel) {
    const unlisted = unlistedNamespaces({
      cluster,
      environment: environment.name,
      inventory,
    });
    if (unlisted) return unlisted;
  }
  for (const namespace of namespaces) {
    const unreadable = unreadableIn({
      cluster,
      namespace,
      kinds,
      inventory,
    });
    if (unreadable) return unreadable;
  }
  return undefined;
}
