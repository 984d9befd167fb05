import { nearNameOf } from '@koala-ops/backstage-plugin-koala-common';
import { Slot, SlotMatching } from './Slot';

interface NamespacePlacement {
  byName: Map<string, Set<Slot>>;
  bySelector: Set<Slot>;
  byNearName: Map<string, Set<Slot>>;
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
    enter(this.#clusters, cluster, slot);
    for (const namespace of slot.namespaces) {
      const placement = this.#placementOf(cluster, namespace);
      if (matching.id === undefined) placement.bySelector.add(slot);
      else enter(placement.byName, matching.id, slot);
      enter(placement.byNearName, nearNameOf(wordOf(slot, matching)), slot);
    }
  }

  remove(slot: Slot, matching: SlotMatching): void {
    const { cluster } = slot.target;
    this.#clusters.get(cluster)?.delete(slot);
    for (const namespace of slot.namespaces) {
      const key = placementKey(cluster, namespace);
      const placement = this.#namespaces.get(key);
      if (!placement) continue;
      if (matching.id === undefined) placement.bySelector.delete(slot);
      else leave(placement.byName, matching.id, slot);
      leave(placement.byNearName, nearNameOf(wordOf(slot, matching)), slot);
      if (placement.byNearName.size === 0) {
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

  /** Slots whose service is called almost like one of these names, or just so. */
  *nearTo(
    cluster: string,
    namespace: string,
    names: Iterable<string>,
  ): Iterable<Slot> {
    const placement = this.#namespaces.get(placementKey(cluster, namespace));
    for (const name of placement ? names : []) {
      yield* placement!.byNearName.get(nearNameOf(name)) ?? [];
    }
  }

  #placementOf(cluster: string, namespace: string): NamespacePlacement {
    const key = placementKey(cluster, namespace);
    let placement = this.#namespaces.get(key);
    if (!placement) {
      placement = {
        byName: new Map(),
        bySelector: new Set(),
        byNearName: new Map(),
      };
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

/** What workloads of the service are probably called, whichever rule decides. */
function wordOf(slot: Slot, { id }: SlotMatching): string {
  return id ?? slot.service.name;
}

function enter(words: Map<string, Set<Slot>>, word: string, slot: Slot): void {
  let slots = words.get(word);
  if (!slots) {
    slots = new Set();
    words.set(word, slots);
  }
  slots.add(slot);
}

function leave(words: Map<string, Set<Slot>>, word: string, slot: Slot): void {
  const slots = words.get(word);
  slots?.delete(slot);
  if (slots?.size === 0) words.delete(word);
}
