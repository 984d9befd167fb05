import { keyElement, valueElement } from './pathElement';
import { ListTopology } from './Topology';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The path element by which an item of a set or of a list with keys is known. Throws with the real server's words where
 * it cannot be known.
 */
export function listElement(list: ListTopology, item: unknown): string {
  if (list.items === 'set') {
    if (isObject(item)) {
      throw new Error(
        "associative list without keys has an element that's a map type",
      );
    }
    if (Array.isArray(item)) {
      throw new Error('not supported: associative list with lists as elements');
    }
    if (item === null || item === undefined) {
      throw new Error(
        "associative list without keys has an element that's an explicit null",
      );
    }
    return valueElement(item);
  }
  if (item === null || item === undefined) {
    throw new Error('associative list with keys may not have a null element');
  }
  if (!isObject(item)) {
    throw new Error('associative list with keys may not have non-map elements');
  }
  const keys: [string, unknown][] = [];
  for (const { name, fallback } of list.keys) {
    const value = Object.hasOwn(item, name) ? item[name] : fallback;
    if (value !== undefined) {
      keys.push([name, value]);
    }
  }
  if (keys.length === 0) {
    const names = list.keys.map(({ name }) => JSON.stringify(name)).join(' ');
    throw new Error(
      `associative list with keys has an element that omits all key fields [${names}] (and doesn't have default values for any key fields)`,
    );
  }
  return keyElement(keys);
}

/** The items of a list by their elements, in order; elements that are there twice hold both items. */
export function itemsByElement(
  list: ListTopology,
  items: readonly unknown[],
): Map<string, unknown[]> {
  const found = new Map<string, unknown[]>();
  for (const item of items) {
    const element = listElement(list, item);
    const same = found.get(element);
    if (same) {
      same.push(item);
    } else {
      found.set(element, [item]);
    }
  }
  return found;
}
