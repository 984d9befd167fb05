import { InventoryChange, ObjectChange } from './InventoryReader';

interface Batch {
  objects: ObjectChange[];
  stateChanged: boolean;
}

/**
 * Gathers what changes during one turn of the event loop and tells it per cluster, so that a burst of events
 * is worked on once.
 */
export class ChangeBatches {
  readonly #onListenerError: (error: unknown) => void;
  readonly #listeners = new Set<(change: InventoryChange) => void>();
  #batches = new Map<string, Batch>();

  static create(options: {
    onListenerError: (error: unknown) => void;
  }): ChangeBatches {
    return new ChangeBatches(options.onListenerError);
  }

  private constructor(onListenerError: (error: unknown) => void) {
    this.#onListenerError = onListenerError;
  }

  subscribe(listener: (change: InventoryChange) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  objectChanged(cluster: string, change: ObjectChange): void {
    this.#batch(cluster).objects.push(change);
  }

  stateChanged(cluster: string): void {
    this.#batch(cluster).stateChanged = true;
  }

  #batch(cluster: string): Batch {
    if (this.#batches.size === 0) {
      setImmediate(() => this.#flush());
    }
    let batch = this.#batches.get(cluster);
    if (!batch) {
      batch = { objects: [], stateChanged: false };
      this.#batches.set(cluster, batch);
    }
    return batch;
  }

  #flush(): void {
    const batches = this.#batches;
    this.#batches = new Map();
    for (const [cluster, batch] of batches) {
      for (const listener of [...this.#listeners]) {
        try {
          listener({ cluster, ...batch });
        } catch (error) {
          this.#onListenerError(error);
        }
      }
    }
  }
}
