import {
  ClusterState,
  KoalaObject,
  NamespaceObject,
  ObjectsByKind,
  WatchedKind,
} from '@koala-ops/backstage-plugin-koala-common';
import { ChangeBatches } from './ChangeBatches';
import { InventoryChange, InventoryReader, KindState } from './InventoryReader';
import { KindRecord } from './KindRecord';
import { KindWriter } from './KindWriter';

const UNKNOWN_KIND: KindState = { synced: false };
const NO_NAMESPACES: ReadonlyMap<string, NamespaceObject> = new Map();

interface ClusterRecord {
  state: ClusterState;
  kinds: Map<WatchedKind, KindRecord>;
  kindState: (kind: WatchedKind, namespace?: string) => KindState;
}

/** The read model: what the reflectors have seen of every cluster, kept in memory. */
export class Inventory implements InventoryReader {
  readonly #clusters = new Map<string, ClusterRecord>();
  readonly #changes: ChangeBatches;
  #names: readonly string[] = [];
  #listed = false;

  static create(options: {
    /** Told when a subscriber throws; the others are called all the same. */
    onListenerError: (error: unknown) => void;
  }): Inventory {
    return new Inventory(options.onListenerError);
  }

  private constructor(onListenerError: (error: unknown) => void) {
    this.#changes = ChangeBatches.create({ onListenerError });
  }

  clusterNames(): readonly string[] {
    return this.#names;
  }

  clustersListed(): boolean {
    return this.#listed;
  }

  /** A source has said which clusters there are. */
  markListed(): void {
    this.#listed = true;
  }

  clusterState(cluster: string): ClusterState | undefined {
    return this.#clusters.get(cluster)?.state;
  }

  kindState(cluster: string, kind: WatchedKind, namespace?: string): KindState {
    return (
      this.#clusters.get(cluster)?.kindState(kind, namespace) ?? UNKNOWN_KIND
    );
  }

  namespaces(cluster: string): ReadonlyMap<string, NamespaceObject> {
    const store = this.#clusters.get(cluster)?.kinds.get('Namespace')?.store;
    return store
      ? (store.in('') as ReadonlyMap<string, NamespaceObject>)
      : NO_NAMESPACES;
  }

  list<K extends WatchedKind>(
    cluster: string,
    kind: K,
    namespace: string,
  ): Iterable<ObjectsByKind[K]> {
    const store = this.#clusters.get(cluster)?.kinds.get(kind)?.store;
    return (store?.in(namespace).values() ?? []) as Iterable<ObjectsByKind[K]>;
  }

  ownedBy<K extends WatchedKind>(
    cluster: string,
    kind: K,
    ownerUid: string,
  ): Iterable<ObjectsByKind[K]> {
    const store = this.#clusters.get(cluster)?.kinds.get(kind)?.store;
    return (store?.ownedBy(ownerUid) ?? []) as Iterable<ObjectsByKind[K]>;
  }

  subscribe(listener: (change: InventoryChange) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** Makes a cluster known. */
  addCluster(
    state: ClusterState,
    kindState: (kind: WatchedKind, namespace?: string) => KindState,
  ): void {
    this.#clusters.set(state.name, { state, kinds: new Map(), kindState });
    this.#names = [...this.#clusters.keys()].sort();
    this.#changes.stateChanged(state.name);
  }

  /** Forgets a cluster that no source names any more; its objects go with it. */
  removeCluster(cluster: string): void {
    const record = this.#clusters.get(cluster);
    if (!record) {
      return;
    }
    this.#clusters.delete(cluster);
    this.#names = [...this.#clusters.keys()].sort();
    for (const [kind, { store }] of record.kinds) {
      for (const before of store) {
        this.#changes.objectChanged(cluster, change(kind, before, undefined));
      }
    }
    this.#changes.stateChanged(cluster);
  }

  /** Replaces the state of a cluster. */
  setClusterState(state: ClusterState): void {
    const record = this.#clusters.get(state.name);
    if (record) {
      record.state = state;
      this.#changes.stateChanged(state.name);
    }
  }

  /** Says that a kind of the cluster stands differently. */
  kindStateChanged(cluster: string): void {
    if (this.#clusters.has(cluster)) {
      this.#changes.stateChanged(cluster);
    }
  }

  /** Where a reflector of that kind puts its objects; with a namespace, only those of that namespace. */
  writer(cluster: string, kind: WatchedKind, namespace?: string): KindWriter {
    const record = this.#clusters.get(cluster);
    let kinds = record?.kinds.get(kind);
    if (!kinds) {
      kinds = new KindRecord({
        live: () =>
          record !== undefined && this.#clusters.get(cluster) === record,
        tell: (before, after) =>
          this.#changes.objectChanged(cluster, change(kind, before, after)),
      });
      record?.kinds.set(kind, kinds);
    }
    return kinds.writer(namespace);
  }
}

function change(
  kind: WatchedKind,
  before: KoalaObject | undefined,
  after: KoalaObject | undefined,
) {
  return {
    kind,
    namespace: (after ?? before)?.meta.namespace ?? '',
    before,
    after,
  };
}
