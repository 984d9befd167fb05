import {
  DeploymentObject,
  judgeWorkload,
  matchWorkloads,
  targetStateOf,
  unknownTarget,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';
import { blockerOf } from './blockerOf';
import { Claim, Slot, SlotMatching } from './Slot';
import { WorkloadIndex } from './WorkloadIndex';

export interface ResolveSlotOptions {
  slot: Slot;
  matching: SlotMatching;
  inventory: InventoryReader;
  workloadsOf: (namespace: string) => WorkloadIndex | undefined;
  now: number;
}

export type SlotOutcome = Pick<
  Slot,
  'claims' | 'state' | 'known' | 'recheckAt'
>;

/**
 * What a slot shows now. A slot that cannot be judged keeps its claims and what was known of it, so that
 * it can be shown with its age.
 */
export function resolveSlot(options: ResolveSlotOptions): SlotOutcome {
  const { slot, matching, inventory, workloadsOf, now } = options;
  const { name: target, cluster } = slot.target;
  const blocker = blockerOf(slot, inventory);
  if (blocker) {
    const state = unknownTarget({
      target,
      cluster,
      reason: blocker,
      previous: slot.known,
      asOf: inventory.clusterState(cluster)?.lastByteAt ?? now,
    });
    return { claims: slot.claims, state, known: slot.known };
  }

  const workloads: DeploymentObject[] = [];
  for (const namespace of slot.namespaces) {
    const index = workloadsOf(namespace);
    if (!index) continue;
    const candidates =
      matching.id === undefined ? index.all() : index.named(matching.id);
    workloads.push(...candidates);
  }
  const matched = matchWorkloads({
    matching,
    service: slot.service,
    workloads,
  });
  const { state, recheckAt } = targetStateOf({
    target,
    cluster,
    serviceName: slot.service.name,
    now,
    workloads: matched.map(deployment => {
      const replicaSets = [
        ...inventory.ownedBy(cluster, 'ReplicaSet', deployment.meta.uid),
      ];
      const pods = replicaSets.flatMap(({ meta }) => [
        ...inventory.ownedBy(cluster, 'Pod', meta.uid),
      ]);
      return judgeWorkload({ deployment, replicaSets, pods, now });
    }),
  });
  return {
    claims: matched.map(claimOn),
    state,
    known: state,
    recheckAt,
  };
}

function claimOn({ meta }: DeploymentObject): Claim {
  return { namespace: meta.namespace, name: meta.name, uid: meta.uid };
}
