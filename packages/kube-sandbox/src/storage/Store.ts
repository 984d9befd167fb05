import { deepFreeze } from '../objects/freeze';
import { KubeObject } from '../objects/KubeObject';
import { Collection, StoreEvent } from './Collection';

/** The key of an object inside its resource. */
export function objectKey(namespace: string | undefined, name: string): string {
  return namespace ? `${namespace}/${name}` : name;
}

/**
 * The objects of one cluster in memory, with one revision counter for all of them, as etcd has.
 * What it hands out is frozen: a list stays what it was while the cluster goes on.
 */
export class Store {
  readonly #collections = new Map<string, Collection>();
  readonly #historyWindow: number;
  /** Which collection each remembered revision belongs to; revisions have no gaps. */
  #history: Collection[] = [];
  #revision: number;
  #compacted: number;

  /**
   * @param options - `historyWindow`: how many changes of the whole cluster are remembered for watches and
   * for lists of the past; older ones answer 410. `firstRevision`: where the counter starts (default 1).
   */
  constructor(options: { historyWindow: number; firstRevision?: number }) {
    this.#historyWindow = options.historyWindow;
    this.#revision = options.firstRevision ?? 1;
    this.#compacted = this.#revision - 1;
  }

  /** The revision of the last change. */
  get revision(): number {
    return this.#revision;
  }

  /** Changes up to this revision are forgotten; the state right after it can still be read. */
  get compactedRevision(): number {
    return this.#compacted;
  }

  collection(resource: string): Collection {
    let collection = this.#collections.get(resource);
    if (!collection) {
      collection = new Collection();
      this.#collections.set(resource, collection);
    }
    return collection;
  }

  get(
    resource: string,
    namespace: string | undefined,
    name: string,
  ): KubeObject | undefined {
    return this.collection(resource).get(objectKey(namespace, name));
  }

  /** Writes a new object or a new version; the object becomes the store's and is frozen. */
  put(resource: string, object: KubeObject): KubeObject {
    const key = objectKey(object.metadata.namespace, object.metadata.name);
    const previous = this.collection(resource).get(key);
    return this.#commit(resource, {
      type: previous ? 'MODIFIED' : 'ADDED',
      key,
      object,
      previous,
    });
  }

  /** Removes an object; returns its last state with the resourceVersion of the deletion. */
  remove(resource: string, last: KubeObject): KubeObject {
    const key = objectKey(last.metadata.namespace, last.metadata.name);
    return this.#commit(resource, {
      type: 'DELETED',
      key,
      object: { ...last, metadata: { ...last.metadata } },
      previous: this.collection(resource).get(key),
    });
  }

  /** Forgets the changes up to `revision` (all of them by default), as etcd's compaction does. */
  compact(revision: number = this.#revision): void {
    const target = Math.min(revision, this.#revision);
    if (target <= this.#compacted) {
      return;
    }
    const oldestKept = this.#revision - this.#history.length;
    const dropped = this.#history.splice(0, Math.max(0, target - oldestKept));
    for (const collection of new Set(dropped)) {
      collection.forget(target);
    }
    this.#compacted = target;
  }

  #commit(resource: string, change: Omit<StoreEvent, 'revision'>): KubeObject {
    const collection = this.collection(resource);
    this.#revision += 1;
    change.object.metadata.resourceVersion = String(this.#revision);
    deepFreeze(change.object);
    this.#history.push(collection);
    // A large history is trimmed in batches: moving the array for every change would cost more than the change.
    const slack = this.#historyWindow < 1000 ? 0 : this.#historyWindow / 10;
    if (this.#history.length > this.#historyWindow + slack) {
      this.compact(this.#revision - this.#historyWindow);
    }
    collection.apply({ ...change, revision: this.#revision });
    return change.object;
  }
}
