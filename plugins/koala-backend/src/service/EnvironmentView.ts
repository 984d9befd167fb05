import {
  Environment,
  Target,
  WorkloadObject,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';
import { namespacesNamedBy } from '../resolution/demandOn';
import { ReadModel } from '../resolution/ReadModel';
import { Slot } from '../resolution/Slot';
import { View } from './View';

/** What an environment is described from. */
export interface EnvironmentContext {
  environment: Environment;
  view: View;
  model: ReadModel;
  inventory: InventoryReader;
  /** Milliseconds since the epoch. */
  now: number;
}

/** The slots of an environment that the reader sees, by service. */
export function seenSlots({
  environment,
  view,
  model,
}: EnvironmentContext): Map<string, Slot[]> {
  const seen = new Map<string, Slot[]>();
  for (const cell of model.cells()) {
    if (cell.cell.environment !== environment.name) continue;
    const slots = view.slotsOf(cell);
    if (slots.length > 0) seen.set(cell.cell.service, slots);
  }
  return seen;
}

/**
 * The namespaces of a target that the reader may know of: those that a service is looked for in which the reader
 * sees, and those where the reader sees everything.
 */
export function namespacesOfTarget(
  context: EnvironmentContext,
  options: { target: Target; slots: Iterable<Slot> },
): string[] {
  const { environment, view, model, inventory } = context;
  const { target, slots } = options;
  const { cluster } = target;
  const names = new Set<string>();
  for (const slot of slots) {
    if (slot.target.name === target.name) {
      slot.namespaces.forEach(name => names.add(name));
    }
  }
  const others = [
    ...namespacesNamedBy(target, inventory.namespaces(cluster)),
    ...model.namespacesIn({
      environment: environment.name,
      target: target.name,
    }),
  ];
  for (const namespace of others) {
    if (view.seesNamespace({ environment, cluster, namespace })) {
      names.add(namespace);
    }
  }
  return [...names].sort();
}

/** Workloads of a namespace that no service claims, where the reader may see all that is there. */
export function unclaimedIn(
  { environment, view, model }: EnvironmentContext,
  { cluster, namespace }: { cluster: string; namespace: string },
): WorkloadObject[] {
  return view.seesNamespace({ environment, cluster, namespace })
    ? [...model.workloadsIn(cluster, namespace)].filter(
        ({ meta }) => !model.isClaimed(cluster, meta.uid),
      )
    : [];
}
