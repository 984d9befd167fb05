import {
  ClusterState,
  KoalaObject,
  NamespaceObject,
  ObjectsByKind,
  WatchedKind,
} from '@koala-ops/backstage-plugin-koala-common';
import { ChangeBatches } from './ChangeBatches';
import { InventoryChange, InventoryReader, KindState } from './InventoryReader';
import { KindStore } from './KindStore';
import { KindReplacement, KindWriter } from './KindWriter';
import { replaceStore } from './replaceStore';

const UNKNOWN_KIND: KindState = { synced: false };
const NO_NAMESPACES: ReadonlyMap<string, NamespaceObject> = new Map();

interface ClusterRecord {
  state: ClusterState;
  stores: Map<WatchedKind, KindStore>;
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
    const store = this.#clusters.get(cluster)?.stores.get('Namespace');
    return store
      ? (store.in('') as ReadonlyMap<string, NamespaceObject>)
      : NO_NAMESPACES;
  }

  list<K extends WatchedKind>(
    cluster: string,
    kind: K,
    namespace: string,
  ): Iterable<ObjectsByKind[K]> {
    const store = this.#clusters.get(cluster)?.stores.get(kind);
    return (store?.in(namespace).values() ?? []) as Iterable<ObjectsByKind[K]>;
  }

  ownedBy<K extends WatchedKind>(
    cluster: string,
    kind: K,
    ownerUid: string,
  ): Iterable<ObjectsByKind[K]> {
    const store = this.#clusters.get(cluster)?.stores.get(kind);
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
    this.#clusters.set(state.name, { state, stores: new Map(), kindState });
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
    for (const [kind, store] of record.stores) {
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
    const live = () =>
      record !== undefined && this.#clusters.get(cluster) === record;
    const store = () => {
      let found = record?.stores.get(kind);
      if (!found) {
        found = KindStore.create();
        record?.stores.set(kind, found);
      }
      return found;
    };
    const tell = (before?: KoalaObject, after?: KoalaObject) =>
      this.#changes.objectChanged(cluster, change(kind, before, after));

    return {
      get size() {
        return namespace === undefined
          ? store().size
          : store().in(namespace).size;
      },
      put(object) {
        const current = store().get(object.meta.namespace, object.meta.name);
        if (live() && !sameVersion(current, object)) {
          tell(store().set(object), object);
        }
      },
      remove({ meta }) {
        const current = store().get(meta.namespace, meta.name);
        if (live() && current?.meta.uid === meta.uid) {
          tell(store().delete(meta.namespace, meta.name), undefined);
        }
      },
      replacement(): KindReplacement {
        const next = KindStore.create();
        return {
          put(object) {
            const current = store().get(
              object.meta.namespace,
              object.meta.name,
            );
            // The object that is known stays the same object, so that what was computed from it stays valid.
            next.set(sameVersion(current, object) ? current : object);
          },
          remove({ meta }) {
            next.delete(meta.namespace, meta.name);
          },
          commit() {
            if (live()) {
              const result = replaceStore({
                current: store(),
                next,
                namespace,
                tell,
              });
              record?.stores.set(kind, result);
            }
          },
        };
      },
    };
  }
}

function sameVersion(
  current: KoalaObject | undefined,
  object: KoalaObject,
): current is KoalaObject {
  return (
    current !== undefined &&
    current.meta.uid === object.meta.uid &&
    current.meta.resourceVersion === object.meta.resourceVersion
  );
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
