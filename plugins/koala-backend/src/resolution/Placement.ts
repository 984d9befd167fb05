import { Slot, SlotMatching } from './Slot';

interface NamespacePlacement {
  byName: Map<string, Set<Slot>>;
  bySelector: Set<Slot>;
}

/**
 * Which slots look into which namespace of which cluster, and by which word: the way back from a changed
 * object to what has to be resolved again.
 */
export class Placement {
  readonly #namespaces = new Map<string, NamespacePlacement>();
  readonly #clusters = new Map<string, Set<Slot>>();
  readonly #listeners = new Set<() => void>();

  /** Calls the listener whenever a namespace is looked into for the first time, or no longer. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  add(slot: Slot, matching: SlotMatching): void {
    const { cluster } = slot.target;
    let onCluster = this.#clusters.get(cluster);
    if (!onCluster) {
      onCluster = new Set();
      this.#clusters.set(cluster, onCluster);
    }
    onCluster.add(slot);
    for (const namespace of slot.namespaces) {
      const placement = this.#placementOf(cluster, namespace);
      if (matching.id === undefined) {
        placement.bySelector.add(slot);
        continue;
      }
      let slots = placement.byName.get(matching.id);
      if (!slots) {
        slots = new Set();
        placement.byName.set(matching.id, slots);
      }
      slots.add(slot);
    }
  }

  remove(slot: Slot, matching: SlotMatching): void {
    const { cluster } = slot.target;
    this.#clusters.get(cluster)?.delete(slot);
    for (const namespace of slot.namespaces) {
      const key = placementKey(cluster, namespace);
      const placement = this.#namespaces.get(key);
      if (!placement) continue;
      placement.bySelector.delete(slot);
      const slots =
        matching.id === undefined
          ? undefined
          : placement.byName.get(matching.id);
      slots?.delete(slot);
      if (slots?.size === 0) placement.byName.delete(matching.id!);
      if (placement.byName.size + placement.bySelector.size === 0) {
        this.#namespaces.delete(key);
        this.#listeners.forEach(listener => listener());
      }
    }
  }

  /** Namespaces of a cluster that any slot looks into. */
  namespacesOn(cluster: string): string[] {
    const prefix = placementKey(cluster, '');
    return [...this.#namespaces.keys()]
      .filter(key => key.startsWith(prefix))
      .map(key => key.slice(prefix.length));
  }

  onCluster(cluster: string): Iterable<Slot> {
    return this.#clusters.get(cluster) ?? [];
  }

  /** Slots that a workload with one of these names may concern. */
  *concernedBy(
    cluster: string,
    namespace: string,
    names: Iterable<string>,
  ): Iterable<Slot> {
    const placement = this.#namespaces.get(placementKey(cluster, namespace));
    if (!placement) return;
    for (const name of names) yield* placement.byName.get(name) ?? [];
    yield* placement.bySelector;
  }

  #placementOf(cluster: string, namespace: string): NamespacePlacement {
    const key = placementKey(cluster, namespace);
    let placement = this.#namespaces.get(key);
    if (!placement) {
      placement = { byName: new Map(), bySelector: new Set() };
      this.#namespaces.set(key, placement);
      this.#listeners.forEach(listener => listener());
    }
    return placement;
  }
}

/** One string for a namespace of a cluster; neither name can hold the separator. */
export function placementKey(cluster: string, namespace: string): string {
  return `${cluster}\n${namespace}`;
}
