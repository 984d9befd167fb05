import { KoalaObject } from '@koala-ops/backstage-plugin-koala-common';
import { KindRecord } from './KindRecord';
import { KindReplacement, KindWriter } from './KindWriter';
import { isNewer, OpenList } from './OpenList';

/**
 * The way in for one reflector. After its list it hears again what others have told already while it listed:
 * that is no news, and must not take the objects back in time.
 */
export class ScopedWriter implements KindWriter {
  readonly #record: KindRecord;
  readonly #namespace: string | undefined;
  /** What the reflector lists at the moment: it never lists twice at once. */
  #list: OpenList | undefined;
  /** Objects that are known to be gone, until the reflector hears of it too; by uid. */
  #departed = new Set<string>();

  constructor(options: { record: KindRecord; namespace?: string }) {
    this.#record = options.record;
    this.#namespace = options.namespace;
  }

  get size(): number {
    const { store } = this.#record;
    return this.#namespace === undefined
      ? store.size
      : store.in(this.#namespace).size;
  }

  put(object: KoalaObject): void {
    const { uid, resourceVersion } = object.meta;
    if (!this.#record.live || this.#departed.has(uid)) {
      return;
    }
    const current = this.#record.find(object);
    const newer =
      current && isNewer(current.meta.resourceVersion, resourceVersion);
    if (!newer && !sameVersion(current, object)) {
      this.#record.set(object, this.#list);
    }
  }

  remove(object: KoalaObject): void {
    const { uid } = object.meta;
    this.#departed.delete(uid);
    if (this.#record.live && this.#record.find(object)?.meta.uid === uid) {
      this.#record.delete(object, this.#list);
    }
  }

  retain(namespaces: ReadonlySet<string>): void {
    for (const object of this.#record.live ? [...this.#record.store] : []) {
      if (!namespaces.has(object.meta.namespace)) {
        this.#record.delete(object, this.#list);
      }
    }
  }

  replacement(): KindReplacement {
    const record = this.#record;
    const list = new OpenList();
    this.#list = list;
    record.open(list);
    return {
      put: object => {
        const current = record.find(object);
        // The object that is known stays the same object, so that what was computed from it stays valid.
        list.objects.set(sameVersion(current, object) ? current : object);
      },
      remove: ({ meta }) => {
        list.objects.delete(meta.namespace, meta.name);
      },
      commit: resourceVersion => {
        record.close(list);
        this.#departed = new Set(list.gone);
        if (record.live) {
          record.replace(list.settle(resourceVersion), {
            by: list,
            namespace: this.#namespace,
          });
        }
      },
      abandon: () => record.close(list),
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
