import {
  Behind,
  behindOf,
  PastVersion,
  TargetState,
  versionHistoryOf,
  WorkloadObject,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';
import { ResolvedCell } from './ResolvedChange';
import { Claim, Slot } from './Slot';

/**
 * The slot that releases of this one come from: the target of the same name in the environment upstream, else the
 * only one there. Undefined where nobody can say which.
 */
export function upstreamOf(
  { environment, target }: Slot,
  cells: readonly ResolvedCell[],
): Slot | undefined {
  const { promotesFrom } = environment;
  const slots =
    cells.find(({ cell }) => cell.environment === promotesFrom)?.slots ?? [];
  const counterpart = slots.find(one => one.target.name === target.name);
  return counterpart ?? (slots.length === 1 ? slots[0] : undefined);
}

/** The slots that are promoted from this one. */
export function downstreamOf(
  slot: Slot,
  cells: readonly ResolvedCell[],
): Slot[] {
  return cells
    .flatMap(({ slots }) => slots)
    .filter(
      other =>
        other.environment.promotesFrom === slot.environment.name &&
        upstreamOf(other, cells) === slot,
    );
}

/** How far a slot is behind; what was seen last upstream counts while that cannot be seen. */
export function behindUpstream(
  state: TargetState,
  upstream: Slot | undefined,
): Behind | undefined {
  const release = upstream?.known?.release;
  if (!upstream || !release || !state.release || state.status === 'unknown') {
    return undefined;
  }
  return behindOf({
    release: state.release,
    upstream: {
      environment: upstream.environment.name,
      release,
      history: upstream.history ?? [],
    },
  });
}

/**
 * Remembers what has run in a slot that others are promoted from.
 *
 * @returns whether that is another than before for these
 */
export function rememberHistory(
  options: Parameters<typeof historyOf>[0],
): boolean {
  const { slot } = options;
  const before = slot.upstreamKey;
  slot.history = historyOf(options);
  slot.upstreamKey = JSON.stringify([
    slot.known?.release?.version,
    slot.history,
  ]);
  return slot.upstreamKey !== before;
}

/** What the workload that gives a slot its release has run so far. */
function historyOf(options: {
  slot: Slot;
  workloadOf: (claim: Claim) => WorkloadObject | undefined;
  inventory: InventoryReader;
}): PastVersion[] {
  const { slot, workloadOf, inventory } = options;
  const { cluster } = slot.target;
  const image = slot.known?.release?.image;
  const candidates = slot.claims
    .flatMap(claim => workloadOf(claim) ?? [])
    .filter(({ template }) =>
      template.containers.some(
        one => one.role === 'main' && one.image === image,
      ),
    );
  const workload =
    candidates.find(({ meta }) => meta.name === slot.service.name) ??
    candidates[0];
  if (!workload) return [];
  const { uid } = workload.meta;
  return versionHistoryOf({
    workload,
    replicaSets: [...inventory.ownedBy(cluster, 'ReplicaSet', uid)],
    revisions: [...inventory.ownedBy(cluster, 'ControllerRevision', uid)],
  });
}
