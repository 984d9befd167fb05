import {
  Reason,
  TargetDetail,
  TargetState,
  WatchedKind,
  WorkloadDetail,
  WorkloadObject,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';
import { kindsFor } from '../resolution/neededKinds';
import { Claim, Slot } from '../resolution/Slot';
import { unreadableIn } from '../resolution/unreadableIn';
import { describeExposures } from './describeExposures';
import { describeIngresses } from './describeIngresses';
import { ClaimantLookup, describeVolumes } from './describeVolumes';
import { describeWorkload } from './describeWorkload';

/** Kinds that add to what is shown of a workload, and that no verdict on it needs. */
const SHOWN_KINDS: readonly WatchedKind[] = [
  'ConfigMap',
  'ControllerRevision',
  'EndpointSlice',
  'HorizontalPodAutoscaler',
  'Ingress',
  'PersistentVolumeClaim',
  'PodDisruptionBudget',
  'Service',
];

/** A target of a service with everything that runs there. */
export function describeTarget(options: {
  slot: Slot;
  /** What the reader may see of its state. */
  state: TargetState;
  inventory: InventoryReader;
  claimantsOf: ClaimantLookup;
  now: number;
}): TargetDetail {
  const { slot, state, inventory, claimantsOf, now } = options;
  const { cluster } = slot.target;
  const workloads = slot.claims.flatMap(
    claim => workloadOf({ cluster, claim, inventory }) ?? [],
  );
  const context = { cluster, workloads, inventory, now };
  const exposures = describeExposures(context);
  const unread = SHOWN_KINDS.filter(kind =>
    slot.namespaces.some(
      namespace => inventory.kindState(cluster, kind, namespace).error,
    ),
  );
  return {
    ...state,
    namespaces: [...slot.namespaces],
    workloads: workloads.map(workload => ({
      ...describeWorkload({
        cluster,
        workload,
        inventory,
        unknown: unseen({ cluster, workload, inventory }),
        now,
      }),
      ...alsoClaimed(workload, slot, claimantsOf),
    })),
    exposures,
    ingresses: describeIngresses({ ...context, exposures }),
    volumes: describeVolumes({ ...context, claimantsOf }),
    ...(workloads.length > 0 && unread.length > 0 && { unread }),
  };
}

function alsoClaimed(
  workload: WorkloadObject,
  slot: Slot,
  claimantsOf: ClaimantLookup,
): Pick<WorkloadDetail, 'alsoClaimedBy'> {
  const others = claimantsOf(workload).filter(ref => ref !== slot.service.ref);
  return others.length > 0 ? { alsoClaimedBy: others } : {};
}

/** What keeps a workload from being judged. In a lost cluster it is shown as it was seen last. */
function unseen(options: {
  cluster: string;
  workload: WorkloadObject;
  inventory: InventoryReader;
}): Reason | undefined {
  const { cluster, workload, inventory } = options;
  const condition = inventory.clusterState(cluster)?.condition;
  return condition === 'live' || condition === 'partial'
    ? unreadableIn({
        cluster,
        namespace: workload.meta.namespace,
        kinds: kindsFor(workload),
        inventory,
      })?.reason
    : undefined;
}

function workloadOf(options: {
  cluster: string;
  claim: Claim;
  inventory: InventoryReader;
}): WorkloadObject | undefined {
  const { cluster, claim, inventory } = options;
  for (const workload of inventory.list(cluster, claim.kind, claim.namespace)) {
    if (workload.meta.uid === claim.uid) return workload;
  }
  return undefined;
}
