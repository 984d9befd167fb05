import {
  ClusterState,
  KoalaObject,
  NamespaceObject,
  ObjectsByKind,
  projectObject,
  WatchedKind,
} from '@koala-ops/backstage-plugin-koala-common';
import {
  InventoryChange,
  InventoryReader,
  KindState,
} from '../../inventory/InventoryReader';

/** An inventory that tests fill by hand with raw objects. */
export class MemoryInventory implements InventoryReader {
  readonly #objects = new Map<string, Map<string, KoalaObject>>();
  readonly #states = new Map<string, ClusterState>();
  readonly #kinds = new Map<string, KindState>();
  readonly #listeners = new Set<(change: InventoryChange) => void>();

  listed = true;

  constructor(...clusters: string[]) {
    for (const cluster of clusters) {
      this.#objects.set(cluster, new Map());
      this.#states.set(cluster, { name: cluster, condition: 'live', since: 0 });
    }
  }

  put(cluster: string, ...raw: any[]): void {
    this.#emit(
      cluster,
      raw.map(object => {
        const after = projectObject(object.kind, object);
        const objects = this.#objects.get(cluster)!;
        const before = objects.get(after.meta.uid);
        objects.set(after.meta.uid, after);
        return change(before, after);
      }),
    );
  }

  remove(cluster: string, uid: string): void {
    const objects = this.#objects.get(cluster)!;
    const before = objects.get(uid)!;
    objects.delete(uid);
    this.#emit(cluster, [change(before, undefined)]);
  }

  setState(cluster: string, state: Partial<ClusterState>): void {
    this.#states.set(cluster, {
      name: cluster,
      condition: 'live',
      since: 0,
      ...state,
    });
    this.#emit(cluster, [], true);
  }

  /** With a namespace, where kinds are followed namespace by namespace. */
  setKind(
    cluster: string,
    kind: WatchedKind,
    state: KindState,
    namespace?: string,
  ): void {
    this.#kinds.set(kindKey(cluster, kind, namespace), state);
    this.#emit(cluster, [], true);
  }

  clusterNames() {
    return [...this.#states.keys()];
  }

  clustersListed() {
    return this.listed;
  }

  clusterState(cluster: string) {
    return this.#states.get(cluster);
  }

  kindState(cluster: string, kind: WatchedKind, namespace?: string) {
    return (
      this.#kinds.get(kindKey(cluster, kind, namespace)) ??
      this.#kinds.get(kindKey(cluster, kind)) ?? { synced: true }
    );
  }

  namespaces(cluster: string) {
    return new Map(
      this.#ofKind<NamespaceObject>(cluster, 'Namespace').map(object => [
        object.meta.name,
        object,
      ]),
    );
  }

  list<K extends WatchedKind>(cluster: string, kind: K, namespace: string) {
    return this.#ofKind<ObjectsByKind[K]>(cluster, kind).filter(
      ({ meta }) => meta.namespace === namespace,
    );
  }

  ownedBy<K extends WatchedKind>(cluster: string, kind: K, ownerUid: string) {
    return this.#ofKind<ObjectsByKind[K]>(cluster, kind).filter(
      ({ meta }) => meta.controller?.uid === ownerUid,
    );
  }

  subscribe(listener: (change: InventoryChange) => void) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #ofKind<T extends KoalaObject>(cluster: string, kind: WatchedKind): T[] {
    return [...(this.#objects.get(cluster)?.values() ?? [])].filter(
      object => object.kind === kind,
    ) as T[];
  }

  #emit(
    cluster: string,
    objects: InventoryChange['objects'],
    stateChanged = false,
  ) {
    this.#listeners.forEach(listener =>
      listener({ cluster, objects, stateChanged }),
    );
  }
}

function kindKey(...parts: (string | undefined)[]): string {
  return parts.filter(Boolean).join('/');
}

function change(before?: KoalaObject, after?: KoalaObject) {
  const { kind, meta } = (after ?? before)!;
  return { kind, namespace: meta.namespace, before, after };
}
