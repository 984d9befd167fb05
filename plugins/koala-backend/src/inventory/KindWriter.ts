import { KoalaObject } from '@koala-ops/backstage-plugin-koala-common';

/** Where a reflector puts what it reads: one kind of one cluster, in all namespaces or in one. */
export interface KindWriter {
  /** Puts an object in the place of one of the same name; the same version again is no change. */
  put(object: KoalaObject): void;

  /** Takes an object out, unless another has taken its name already. */
  remove(object: KoalaObject): void;

  /** Drops what is in no namespace of these: nobody follows it any more. */
  retain(namespaces: ReadonlySet<string>): void;

  /** Starts a list that will replace everything there is. */
  replacement(): KindReplacement;

  /** How many objects there are. */
  readonly size: number;
}

/** A list in the making: invisible until it is whole. */
export interface KindReplacement {
  put(object: KoalaObject): void;
  remove(object: KoalaObject): void;
  /** Swaps the whole list in at once, as of its version, and tells only what is different. */
  commit(resourceVersion: string): void;
  /** Forgets the list; nothing happens where it was committed. */
  abandon(): void;
}
