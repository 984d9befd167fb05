import {
  ClusterState,
  judgeWorkload,
  matchWorkloads,
  Reason,
  targetStateOf,
  unknownTarget,
  WorkloadObject,
  WorkloadState,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';
import { blockerOf } from './blockerOf';
import { goneJobs } from './goneJobs';
import { kindsFor, KINDS_FOR_NOTHING, RESOLVED_KINDS } from './neededKinds';
import { partsOf } from './partsOf';
import { withoutPastJobs } from './pastJobs';
import { Claim, Slot, SlotMatching } from './Slot';
import { WorkloadIndex } from './WorkloadIndex';

/** Other conditions say more than that not everything has been read yet. */
const READABLE: ReadonlySet<ClusterState['condition']> = new Set([
  'syncing',
  'live',
  'partial',
]);

export interface ResolveSlotOptions {
  slot: Slot;
  matching: SlotMatching;
  inventory: InventoryReader;
  workloadsOf: (namespace: string) => WorkloadIndex | undefined;
  now: number;
}

export type SlotOutcome = Pick<
  Slot,
  'claims' | 'state' | 'known' | 'gone' | 'recheckAt'
>;

/**
 * What a slot shows now. A slot that cannot be judged keeps its claims and what was known of it, so that
 * it can be shown with its age.
 */
export function resolveSlot(options: ResolveSlotOptions): SlotOutcome {
  const { slot, inventory } = options;
  const matched = matchedBy(options);
  const blocker =
    stillReading(slot, inventory) ??
    blockerOf(
      slot,
      inventory,
      matched.length === 0
        ? KINDS_FOR_NOTHING
        : [...new Set(matched.flatMap(kindsFor))],
    );
  if (!blocker) {
    return outcomeOf(options, matched, () => undefined);
  }
  // What one workload needs may be missing, and another be seen all the same.
  const blockers = new Map(
    matched.map(workload => [
      workload,
      stillReading(slot, inventory) ??
        blockerOf(slot, inventory, kindsFor(workload)),
    ]),
  );
  return [...blockers.values()].some(one => one === undefined)
    ? outcomeOf(options, matched, workload => blockers.get(workload))
    : unseen(options, blocker);
}

function matchedBy(options: ResolveSlotOptions): WorkloadObject[] {
  const { slot, matching, workloadsOf } = options;
  const workloads: WorkloadObject[] = [];
  for (const namespace of slot.namespaces) {
    const index = workloadsOf(namespace);
    if (!index) continue;
    const candidates =
      matching.id === undefined ? index.all() : index.named(matching.id);
    workloads.push(...candidates);
  }
  return withoutPastJobs(
    matchWorkloads({ matching, service: slot.service, workloads }),
  );
}

/** Before everything has been read once, a workload of another kind may yet turn up. */
function stillReading(
  { target: { cluster }, namespaces }: Slot,
  inventory: InventoryReader,
): Reason | undefined {
  const condition = inventory.clusterState(cluster)?.condition;
  if (!condition || !READABLE.has(condition)) return undefined;
  const reading = namespaces.some(namespace =>
    RESOLVED_KINDS.some(kind => {
      const { synced, error } = inventory.kindState(cluster, kind, namespace);
      return !synced && !error;
    }),
  );
  return reading
    ? {
        code: 'NotYetSynced',
        message: `${cluster} is being read for the first time.`,
      }
    : undefined;
}

function unseen(options: ResolveSlotOptions, reason: Reason): SlotOutcome {
  const { slot, inventory, now } = options;
  const { name: target, cluster } = slot.target;
  const { claims, known, gone } = slot;
  const state = unknownTarget({
    target,
    cluster,
    reason,
    previous: known,
    asOf: inventory.clusterState(cluster)?.lastByteAt ?? now,
  });
  return { claims, state, known, gone };
}

function outcomeOf(
  options: ResolveSlotOptions,
  matched: readonly WorkloadObject[],
  blockerFor: (workload: WorkloadObject) => Reason | undefined,
): SlotOutcome {
  const { slot, inventory, now } = options;
  const { name: target, cluster } = slot.target;
  let blocked = false;
  const workloads = matched.map((workload): WorkloadState => {
    const parts = partsOf({ cluster, workload, inventory });
    const judged = judgeWorkload({ workload, ...parts, now });
    const reason = blockerFor(workload);
    if (!reason) return judged;
    blocked = true;
    const { since, recheckAt, ...seen } = judged;
    return { ...seen, status: 'unknown', reasons: [reason] };
  });
  const { state, recheckAt } = targetStateOf({
    target,
    cluster,
    serviceName: slot.service.name,
    serviceType: slot.service.type,
    now,
    workloads,
  });
  const claims = matched.map(claimOn);
  if (blocked && state.status === 'unknown' && state.reason) {
    return { ...unseen(options, state.reason), claims, recheckAt };
  }
  const gone = matched.length === 0 ? goneJobs(slot) : undefined;
  return {
    claims,
    state: gone ? { ...state, reason: gone } : state,
    known: state.status === 'unknown' ? slot.known : state,
    gone,
    recheckAt,
  };
}

function claimOn({ kind, meta }: WorkloadObject): Claim {
  return { kind, namespace: meta.namespace, name: meta.name, uid: meta.uid };
}
