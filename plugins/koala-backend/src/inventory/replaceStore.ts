import { KoalaObject } from '@koala-ops/backstage-plugin-koala-common';
import { KindStore } from './KindStore';

/**
 * Takes over a complete list and tells what is different from what was known. A list of one namespace replaces
 * the objects of that namespace only.
 *
 * @returns the store that holds the result
 */
export function replaceStore(options: {
  current: KindStore;
  next: KindStore;
  namespace?: string;
  tell: (before?: KoalaObject, after?: KoalaObject) => void;
}): KindStore {
  const { current, next, namespace, tell } = options;
  const known =
    namespace === undefined ? current : [...current.in(namespace).values()];
  for (const before of known) {
    if (!next.get(before.meta.namespace, before.meta.name)) {
      tell(before, undefined);
      if (namespace !== undefined) {
        current.delete(before.meta.namespace, before.meta.name);
      }
    }
  }
  const listed =
    namespace === undefined ? next : [...next.in(namespace).values()];
  for (const after of listed) {
    const before = current.get(after.meta.namespace, after.meta.name);
    if (before !== after) {
      tell(before, after);
      if (namespace !== undefined) {
        current.set(after);
      }
    }
  }
  return namespace === undefined ? next : current;
}
