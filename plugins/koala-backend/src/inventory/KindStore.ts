import { KoalaObject } from '@koala-ops/backstage-plugin-koala-common';

const NOTHING: ReadonlyMap<string, KoalaObject> = new Map();
const NOBODY: readonly KoalaObject[] = [];

/** The objects of one kind of one cluster, found by namespace and name, and by the uid of their controller. */
export class KindStore {
  readonly #byNamespace = new Map<string, Map<string, KoalaObject>>();
  /** One object is held by itself: most controllers of pods have few, and arrays cost memory. */
  readonly #byController = new Map<string, KoalaObject | KoalaObject[]>();
  #size = 0;

  static create(): KindStore {
    return new KindStore();
  }

  private constructor() {}

  get size(): number {
    return this.#size;
  }

  /** Objects of a namespace by name; the empty namespace holds those that have none. */
  in(namespace: string): ReadonlyMap<string, KoalaObject> {
    return this.#byNamespace.get(namespace) ?? NOTHING;
  }

  namespaces(): Iterable<string> {
    return this.#byNamespace.keys();
  }

  get(namespace: string, name: string): KoalaObject | undefined {
    return this.#byNamespace.get(namespace)?.get(name);
  }

  ownedBy(uid: string): readonly KoalaObject[] {
    const owned = this.#byController.get(uid);
    if (owned === undefined) {
      return NOBODY;
    }
    return Array.isArray(owned) ? owned : [owned];
  }

  *[Symbol.iterator](): Generator<KoalaObject> {
    for (const objects of this.#byNamespace.values()) {
      yield* objects.values();
    }
  }

  /** Puts the object in the place of one of the same name, which is returned. */
  set(object: KoalaObject): KoalaObject | undefined {
    const { namespace, name, controller } = object.meta;
    let objects = this.#byNamespace.get(namespace);
    if (!objects) {
      objects = new Map();
      this.#byNamespace.set(namespace, objects);
    }
    const before = objects.get(name);
    if (before) {
      this.#disown(before);
    } else {
      this.#size += 1;
    }
    objects.set(name, object);
    if (controller) {
      this.#own(controller.uid, object);
    }
    return before;
  }

  /** Takes the object of that name out and returns it. */
  delete(namespace: string, name: string): KoalaObject | undefined {
    const objects = this.#byNamespace.get(namespace);
    const before = objects?.get(name);
    if (!objects || !before) {
      return undefined;
    }
    objects.delete(name);
    if (objects.size === 0) {
      this.#byNamespace.delete(namespace);
    }
    this.#disown(before);
    this.#size -= 1;
    return before;
  }

  #own(uid: string, object: KoalaObject): void {
    const owned = this.#byController.get(uid);
    if (owned === undefined) {
      this.#byController.set(uid, object);
    } else if (Array.isArray(owned)) {
      owned.push(object);
    } else {
      this.#byController.set(uid, [owned, object]);
    }
  }

  #disown(object: KoalaObject): void {
    const uid = object.meta.controller?.uid;
    if (uid === undefined) {
      return;
    }
    const owned = this.#byController.get(uid);
    if (!Array.isArray(owned)) {
      this.#byController.delete(uid);
      return;
    }
    // The order means nothing, so the last one fills the gap.
    const at = owned.indexOf(object);
    const last = owned.pop()!;
    if (at < owned.length && at !== -1) {
      owned[at] = last;
    }
    if (owned.length === 1) {
      this.#byController.set(uid, owned[0]);
    }
  }
}
