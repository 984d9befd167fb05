import { KoalaObject } from '@koala-ops/backstage-plugin-koala-common';
import { compareResourceVersions } from '../reflector/resourceVersion';
import { KindStore } from './KindStore';

/**
 * A list in the making. While a kind is read namespace by namespace and then as a whole again, or the other
 * way round, other reflectors go on writing beside the list: what they know is newer than the list stays.
 */
export class OpenList {
  readonly objects = KindStore.create();
  readonly #put = new Map<string, KoalaObject>();
  readonly #gone = new Set<string>();

  /** Another reflector has put an object. */
  notePut(object: KoalaObject): void {
    this.#put.set(keyOf(object), object);
  }

  /** Another reflector has seen an object go. */
  noteGone(object: KoalaObject): void {
    this.#gone.add(object.meta.uid);
    this.#put.delete(keyOf(object));
  }

  /** Objects that others have seen go since the list began, by uid: one that went never comes back. */
  get gone(): ReadonlySet<string> {
    return this.#gone;
  }

  /** The list, as of its version, with what others know better. */
  settle(resourceVersion: string): KindStore {
    for (const { meta } of this.#gone.size > 0 ? [...this.objects] : []) {
      if (this.#gone.has(meta.uid)) {
        this.objects.delete(meta.namespace, meta.name);
      }
    }
    for (const object of this.#put.values()) {
      if (isNewer(object.meta.resourceVersion, resourceVersion)) {
        this.objects.set(object);
      }
    }
    return this.objects;
  }
}

/** Whether a version is surely the newer one. */
export function isNewer(version: string, than: string): boolean {
  return (compareResourceVersions(version, than) ?? 0) > 0;
}

function keyOf({ meta }: KoalaObject): string {
  return `${meta.namespace}/${meta.name}`;
}
