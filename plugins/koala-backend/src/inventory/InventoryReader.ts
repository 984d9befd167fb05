import {
  ClusterState,
  KoalaObject,
  NamespaceObject,
  ObjectsByKind,
  WatchedKind,
} from '@koala-ops/backstage-plugin-koala-common';

/** How one kind of one cluster stands. */
export interface KindState {
  /** A complete list has been seen at least once since the process started. */
  synced: boolean;
  /** Set while the kind cannot be followed. */
  error?: {
    code: 'forbidden' | 'not-found' | 'unreachable' | 'broken';
    message: string;
    /** What the account may not do, where that is the error. */
    verb?: 'list' | 'watch';
  };
}

/** One object that came, changed or went. */
export interface ObjectChange {
  kind: WatchedKind;
  namespace: string;
  before?: KoalaObject;
  after?: KoalaObject;
}

/** Changes of one cluster, gathered over one turn of the event loop. */
export interface InventoryChange {
  cluster: string;
  objects: readonly ObjectChange[];
  /** The cluster came, went, or its state or that of one of its kinds is another. */
  stateChanged: boolean;
}

/**
 * What resolution may ask of the read model: projected objects of every cluster, indexed. Answers are
 * immediate and never throw; a cluster that is lost keeps its last objects.
 */
export interface InventoryReader {
  /** Every cluster that the sources name, watched or not. */
  clusterNames(): readonly string[];

  /** False until a source has said for the first time which clusters there are. */
  clustersListed(): boolean;

  /** Undefined where no source knows the cluster. */
  clusterState(cluster: string): ClusterState | undefined;

  /** How a kind stands; with a namespace, in that namespace where watches are per namespace. */
  kindState(cluster: string, kind: WatchedKind, namespace?: string): KindState;

  namespaces(cluster: string): ReadonlyMap<string, NamespaceObject>;

  /** Objects of a kind in a namespace. */
  list<K extends WatchedKind>(
    cluster: string,
    kind: K,
    namespace: string,
  ): Iterable<ObjectsByKind[K]>;

  /** Objects of a kind whose controller has the uid. */
  ownedBy<K extends WatchedKind>(
    cluster: string,
    kind: K,
    ownerUid: string,
  ): Iterable<ObjectsByKind[K]>;

  /** Calls the listener after each batch of changes, until the returned function is called. */
  subscribe(listener: (change: InventoryChange) => void): () => void;
}
