import {
  ClusterState,
  Reason,
  WatchedKind,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';
import { Slot } from './Slot';

/** The kinds without which no verdict on a workload can be given. */
const NEEDED_KINDS: readonly WatchedKind[] = [
  'Deployment',
  'ReplicaSet',
  'Pod',
];

const CLUSTER_CODES: Partial<Record<ClusterState['condition'], string>> = {
  unreachable: 'ClusterUnreachable',
  forbidden: 'ClusterForbidden',
  broken: 'ClusterBroken',
  unwatchable: 'ClusterUnwatchable',
  missing: 'ClusterMissing',
};

/**
 * Why nothing can be said of a slot right now, or undefined where everything that a verdict needs is
 * seen. This is the one place that keeps an unseen cell from looking like an empty one.
 */
export function blockerOf(
  slot: Slot,
  inventory: InventoryReader,
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
  const code = CLUSTER_CODES[state.condition];
  if (code) {
    return {
      code,
      message: state.message ?? `${cluster} cannot be read.`,
      nextStep: state.nextStep,
      since: state.since,
    };
  }
  for (const kind of neededKinds(slot)) {
    for (const namespace of slot.namespaces) {
      const { synced, error } = inventory.kindState(cluster, kind, namespace);
      if (error) {
        return {
          code: error.code === 'forbidden' ? 'KindForbidden' : 'KindUnreadable',
          message: error.message,
          nextStep: state.nextStep,
        };
      }
      if (!synced) {
        return {
          code: 'NotYetSynced',
          message: `${cluster} is being read for the first time.`,
        };
      }
    }
  }
  return undefined;
}

function neededKinds(slot: Slot): readonly WatchedKind[] {
  return slot.target.namespaces.type === 'selector'
    ? ['Namespace', ...NEEDED_KINDS]
    : NEEDED_KINDS;
}
