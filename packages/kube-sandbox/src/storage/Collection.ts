import { KubeObject } from '../objects/KubeObject';

/** One change of one object, as the history keeps it. */
export interface StoreEvent {
  revision: number;
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** `namespace/name`, or `name` of a kind without namespaces. */
  key: string;
  /** The object after the change; of a deletion its last state with the deletion's resourceVersion. */
  object: KubeObject;
  /** The object before the change. */
  previous?: KubeObject;
}

/** The objects of one resource with the recent changes. */
export class Collection {
  readonly #objects = new Map<string, KubeObject>();
  readonly #listeners = new Set<(event: StoreEvent) => void>();
  #sortedKeys: string[] | undefined;
  /** Events in order; those before `#first` are forgotten. */
  #events: StoreEvent[] = [];
  #first = 0;

  get(key: string): KubeObject | undefined {
    return this.#objects.get(key);
  }

  /** All objects in the order of their keys, as etcd lists them. */
  list(): KubeObject[] {
    this.#sortedKeys ??= [...this.#objects.keys()].sort();
    return this.#sortedKeys.map(key => this.#objects.get(key)!);
  }

  /** All objects as they were right after `revision`, which must not be older than the history. */
  listAt(revision: number): KubeObject[] {
    const newer = this.eventsAfter(revision);
    if (newer.length === 0) {
      return this.list();
    }
    const objects = new Map(this.#objects);
    for (let index = newer.length - 1; index >= 0; index--) {
      const event = newer[index];
      if (event.previous) {
        objects.set(event.key, event.previous);
      } else {
        objects.delete(event.key);
      }
    }
    return [...objects.keys()].sort().map(key => objects.get(key)!);
  }

  apply(event: StoreEvent): void {
    if (event.type === 'DELETED') {
      this.#objects.delete(event.key);
      this.#sortedKeys = undefined;
    } else {
      this.#objects.set(event.key, event.object);
      if (event.type === 'ADDED') {
        this.#sortedKeys = undefined;
      }
    }
    this.#events.push(event);
    for (const listener of [...this.#listeners]) {
      listener(event);
    }
  }

  /** The changes after `revision` that the history still has, in order. */
  eventsAfter(revision: number): StoreEvent[] {
    let low = this.#first;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#events[middle].revision <= revision) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return this.#events.slice(low);
  }

  /** Forgets the changes up to and including `revision`. */
  forget(revision: number): void {
    while (
      this.#first < this.#events.length &&
      this.#events[this.#first].revision <= revision
    ) {
      this.#first++;
    }
    // The array is only rebuilt when half of it is garbage, so that forgetting one event is cheap.
    if (this.#first > 64 && this.#first * 2 > this.#events.length) {
      this.#events = this.#events.slice(this.#first);
      this.#first = 0;
    }
  }

  /** Calls `listener` with every change from now on, until the returned function is called. */
  subscribe(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
