import { KoalaObject } from '@koala-ops/backstage-plugin-koala-common';
import { compareResourceVersions } from '../reflector/resourceVersion';
import { KindStore } from './KindStore';

/**
 * A list in the making. While a kind is read namespace by namespace and then as a whole again, other reflectors
 * go on writing beside the list: a namespace that they know up to a later version stays as they know it.
 */
export class OpenList {
  readonly objects = KindStore.create();
  readonly #known = new Map<string, string>();

  /** Another reflector has told of a namespace up to that version. */
  note(namespace: string, resourceVersion: string): void {
    const known = this.#known.get(namespace);
    if (known === undefined || isNewer(resourceVersion, known)) {
      this.#known.set(namespace, resourceVersion);
    }
  }

  /** Nobody else follows the namespace any more, and what was known of it is dropped. */
  forget(namespace: string): void {
    this.#known.delete(namespace);
  }

  /**
   * Puts into the list, as of its version, what others know better.
   *
   * @returns the namespaces that this concerns, and up to which version they are known
   */
  settle(resourceVersion: string, current: KindStore): Map<string, string> {
    const better = new Map<string, string>();
    for (const [namespace, version] of this.#known) {
      if (isNewer(version, resourceVersion)) {
        better.set(namespace, version);
        this.#replace(namespace, current);
      } else {
        this.#keepSame(namespace, current);
      }
    }
    return better;
  }

  #replace(namespace: string, current: KindStore): void {
    for (const { meta } of [...this.objects.in(namespace).values()]) {
      this.objects.delete(namespace, meta.name);
    }
    for (const object of current.in(namespace).values()) {
      this.objects.set(object);
    }
  }

  /** What others have put meanwhile in the same version stays the same object. */
  #keepSame(namespace: string, current: KindStore): void {
    for (const object of current.in(namespace).values()) {
      if (sameVersion(this.objects.get(namespace, object.meta.name), object)) {
        this.objects.set(object);
      }
    }
  }
}

/** Whether a version is surely the newer one. */
export function isNewer(version: string, than: string): boolean {
  return (compareResourceVersions(version, than) ?? 0) > 0;
}

/** Whether both are the same object, unchanged. */
export function sameVersion(
  current: KoalaObject | undefined,
  object: KoalaObject,
): current is KoalaObject {
  return (
    current !== undefined &&
    current.meta.uid === object.meta.uid &&
    current.meta.resourceVersion === object.meta.resourceVersion
  );
}
