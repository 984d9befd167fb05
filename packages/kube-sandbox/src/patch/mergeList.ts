import { internalError } from '../status/errors';
import { dropDirectives, isMap, Json, mergeMap } from './strategicMergePatch';

const keyOf = (item: unknown, key: string | undefined): unknown =>
  key && isMap(item) ? item[key] : item;

/** A map as Go prints it: `map[image:nginx]`. */
function goMap(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(goMap).join(' ')}]`;
  }
  return isMap(value)
    ? `map[${Object.keys(value)
        .sort()
        .map(key => `${key}:${goMap(value[key])}`)
        .join(' ')}]`
    : String(value);
}

const indexOf = (list: unknown[], item: unknown, key: string | undefined) => {
  const wanted = keyOf(item, key);
  return list.findIndex(other => keyOf(other, key) === wanted);
};

/** Merges a list whose patch strategy is `merge`: of maps by merge key, of scalars as a set. */
export function mergeList(options: {
  target: unknown[];
  patch: unknown[];
  key?: string;
  definition?: string;
}): unknown[] {
  const { target, patch, key } = options;
  if (![...target, ...patch].some(isMap)) {
    return orderElements({
      merged: [...new Set([...target, ...patch])],
      order: patch,
      serverOrder: target,
    });
  }
  if (!key) {
    throw internalError('cannot merge lists without merge key');
  }
  const elements = patch.filter(isMap);
  if (elements.some(item => item.$patch === 'replace')) {
    return elements
      .filter(item => item.$patch === undefined)
      .map(dropDirectives);
  }
  const merged = [...target];
  const order: Json[] = [];
  for (const item of elements) {
    if (item[key] === undefined) {
      throw internalError(
        `map: ${goMap(item)} does not contain declared merge key: ${key}`,
      );
    }
    const index = indexOf(merged, item, key);
    if (item.$patch === 'delete') {
      if (index >= 0) {
        merged.splice(index, 1);
      }
      continue;
    }
    order.push(item);
    const { $patch, ...rest } = item;
    if (index >= 0) {
      merged[index] = mergeMap(merged[index] as Json, rest, options.definition);
    } else {
      merged.push(dropDirectives(rest));
    }
  }
  return orderElements({ merged, order, serverOrder: target, key });
}

/**
 * Puts a merged list in order: the elements that `order` names in its order, the others in the server's,
 * woven together as the real server does (a new element comes before those only the server knows).
 */
export function orderElements(options: {
  merged: unknown[];
  order: unknown[];
  serverOrder: unknown[];
  key?: string;
}): unknown[] {
  const { merged, order, serverOrder, key } = options;
  const named = merged
    .filter(item => indexOf(order, item, key) >= 0)
    .sort((a, b) => indexOf(order, a, key) - indexOf(order, b, key));
  const others = merged
    .filter(item => indexOf(order, item, key) < 0)
    .sort(
      (a, b) => indexOf(serverOrder, a, key) - indexOf(serverOrder, b, key),
    );
  const result: unknown[] = [];
  while (named.length > 0 && others.length > 0) {
    const other = indexOf(serverOrder, others[0], key);
    const mine = indexOf(serverOrder, named[0], key);
    result.push(
      other >= 0 && mine >= 0 && other < mine ? others.shift() : named.shift(),
    );
  }
  return [...result, ...named, ...others];
}
