import {
  KoalaObject,
  WatchedKind,
} from '@koala-ops/backstage-plugin-koala-common';
import {
  InventoryChange,
  InventoryReader,
} from '../../inventory/InventoryReader';

/**
 * Rebuilds a cluster from nothing but the changes that the inventory tells, and finds those that were invented:
 * whose `before` is not what was told last, or that change nothing.
 */
export class ChangeMirror {
  readonly invented: string[] = [];
  /** How many changes each cluster told. */
  readonly told = new Map<string, number>();
  readonly #objects = new Map<string, KoalaObject>();
  readonly #leave: () => void;

  static of(inventory: InventoryReader): ChangeMirror {
    return new ChangeMirror(inventory);
  }

  private constructor(inventory: InventoryReader) {
    this.#leave = inventory.subscribe(change => this.#take(change));
  }

  stop(): void {
    this.#leave();
  }

  /** The objects of a kind, by namespace and name. */
  objects(cluster: string, kind: WatchedKind): Map<string, KoalaObject> {
    const prefix = `${cluster} ${kind} `;
    return new Map(
      [...this.#objects].flatMap(([key, object]) =>
        key.startsWith(prefix) ? [[key.slice(prefix.length), object]] : [],
      ),
    );
  }

  #take({ cluster, objects }: InventoryChange): void {
    this.told.set(cluster, (this.told.get(cluster) ?? 0) + 1);
    for (const { kind, before, after } of objects) {
      const { meta } = (after ?? before)!;
      const key = `${cluster} ${kind} ${meta.namespace}/${meta.name}`;
      const known = this.#objects.get(key);
      if (known !== before) {
        this.invented.push(`${key}: before is not what was told last`);
      }
      if (
        before?.meta.uid === after?.meta.uid &&
        before?.meta.resourceVersion === after?.meta.resourceVersion
      ) {
        this.invented.push(`${key}: nothing is different`);
      }
      if (after) {
        this.#objects.set(key, after);
      } else {
        this.#objects.delete(key);
      }
    }
  }
}
