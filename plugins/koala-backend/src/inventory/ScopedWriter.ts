import { KoalaObject } from '@koala-ops/backstage-plugin-koala-common';
import { KindRecord } from './KindRecord';
import { KindReplacement, KindWriter } from './KindWriter';
import { isNewer, OpenList, sameVersion } from './OpenList';

/**
 * The way in for one reflector. After its list it hears again what others have told already while it listed:
 * that is no news, and must not take the objects back in time.
 */
export class ScopedWriter implements KindWriter {
  readonly #record: KindRecord;
  readonly #namespace: string | undefined;
  /** Namespaces that were known better than by its list, and up to which version. */
  #known: ReadonlyMap<string, string> = new Map();

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
    if (this.#isNews(object)) {
      if (!sameVersion(this.#record.find(object), object)) {
        this.#record.set(object);
      }
      this.#noteFor(object);
    }
  }

  remove(object: KoalaObject): void {
    if (this.#isNews(object)) {
      if (this.#record.find(object)?.meta.uid === object.meta.uid) {
        this.#record.delete(object);
      }
      this.#noteFor(object);
    }
  }

  retain(namespaces: ReadonlySet<string>): void {
    const { store, live } = this.#record;
    for (const namespace of live ? [...store.namespaces()] : []) {
      if (!namespaces.has(namespace)) {
        this.#record.drop(namespace);
      }
    }
  }

  replacement(): KindReplacement {
    const record = this.#record;
    const list = new OpenList();
    if (this.#namespace === undefined) {
      record.open(list);
    }
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
        if (record.live) {
          this.#known = list.settle(resourceVersion, record.store);
          record.replace(list.objects, this.#namespace);
          if (this.#namespace !== undefined) {
            record.note(this.#namespace, resourceVersion);
          }
        }
      },
      abandon: () => record.close(list),
    };
  }

  #isNews({ meta }: KoalaObject): boolean {
    const known = this.#known.get(meta.namespace);
    return (
      this.#record.live &&
      (known === undefined || isNewer(meta.resourceVersion, known))
    );
  }

  /** Only a list of all namespaces is made while others write. */
  #noteFor({ meta }: KoalaObject): void {
    if (this.#namespace !== undefined) {
      this.#record.note(meta.namespace, meta.resourceVersion);
    }
  }
}
