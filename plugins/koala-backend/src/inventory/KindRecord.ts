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

  get live(): boolean {
    return this.#options.live();
  }

  /** A way in for one reflector; with a namespace, only for objects of that namespace. */
  writer(namespace?: string): KindWriter {
    return new ScopedWriter({ record: this, namespace });
  }

  find({ meta }: KoalaObject): KoalaObject | undefined {
    return this.#store.get(meta.namespace, meta.name);
  }

  set(object: KoalaObject): void {
    this.#options.tell(this.#store.set(object), object);
  }

  delete({ meta }: KoalaObject): void {
    this.#options.tell(
      this.#store.delete(meta.namespace, meta.name),
      undefined,
    );
  }

  /** Drops all objects of a namespace. */
  drop(namespace: string): void {
    for (const object of [...this.#store.in(namespace).values()]) {
      this.delete(object);
    }
    this.#openLists.forEach(list => list.forget(namespace));
  }

  /** Puts a list in the place of all there is, or of all there is in the namespace. */
  replace(next: KindStore, namespace?: string): void {
    this.#store = replaceStore({
      current: this.#store,
      next,
      namespace,
      tell: this.#options.tell,
    });
  }

  open(list: OpenList): void {
    this.#openLists.add(list);
  }

  close(list: OpenList): void {
    this.#openLists.delete(list);
  }

  /** Lets the lists that others make know up to which version a namespace is followed. */
  note(namespace: string, resourceVersion: string): void {
    this.#openLists.forEach(list => list.note(namespace, resourceVersion));
  }
}
