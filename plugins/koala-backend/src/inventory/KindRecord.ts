import { KoalaObject } from '@koala-ops/backstage-plugin-koala-common';
import { KindStore } from './KindStore';
import { KindWriter } from './KindWriter';
import { OpenList } from './OpenList';
import { replaceStore } from './replaceStore';
import { ScopedWriter } from './ScopedWriter';

interface KindRecordOptions {
  /** Whether anybody still follows the cluster; nothing is taken over after that. */
  live: () => boolean;
  tell: (before?: KoalaObject, after?: KoalaObject) => void;
}

/** The objects of one kind of one cluster, and the ways in for the reflectors that follow it. */
export class KindRecord {
  readonly #options: KindRecordOptions;
  readonly #openLists = new Set<OpenList>();
  #store = KindStore.create();

  constructor(options: KindRecordOptions) {
    this.#options = options;
  }

  get store(): KindStore {
    return this.#store;
  }

  /** A way in for one reflector; with a namespace, only for objects of that namespace. */
  writer(namespace?: string): KindWriter {
    return new ScopedWriter({ record: this, namespace });
  }

  get live(): boolean {
    return this.#options.live();
  }

  find({ meta }: KoalaObject): KoalaObject | undefined {
    return this.#store.get(meta.namespace, meta.name);
  }

  set(object: KoalaObject, by?: OpenList): void {
    this.#tell(this.#store.set(object), object, by);
  }

  delete({ meta }: KoalaObject, by?: OpenList): void {
    const before = this.#store.delete(meta.namespace, meta.name);
    this.#tell(before, undefined, by);
  }

  open(list: OpenList): void {
    this.#openLists.add(list);
  }

  close(list: OpenList): void {
    this.#openLists.delete(list);
  }

  /** Puts a list in the place of all there is, or of all there is in the namespace. */
  replace(
    next: KindStore,
    options: { by: OpenList; namespace?: string },
  ): void {
    const { by, namespace } = options;
    this.#store = replaceStore({
      current: this.#store,
      next,
      namespace,
      tell: (before, after) => this.#tell(before, after, by),
    });
  }

  /** Tells a change to subscribers, and to every list in the making but the reflector's own. */
  #tell(before?: KoalaObject, after?: KoalaObject, own?: OpenList): void {
    for (const list of this.#openLists) {
      if (list !== own && before && before.meta.uid !== after?.meta.uid) {
        list.noteGone(before);
      }
      if (list !== own && after) {
        list.notePut(after);
      }
    }
    this.#options.tell(before, after);
  }
}
