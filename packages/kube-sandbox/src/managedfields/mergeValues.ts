import { isTakenWhole } from './isTakenWhole';
import { setField } from '../objects/freeze';
import { itemsByElement, listElement } from './listElement';
import { entryTopology, ListTopology, MapTopology, Topology } from './Topology';

function mergeEntries(topology: MapTopology, live: unknown, applied: unknown) {
  const left = (live ?? {}) as Record<string, unknown>;
  const right = (applied ?? {}) as Record<string, unknown>;
  const result = {};
  let size = 0;
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const type = entryTopology(topology, name);
    const merged = type && mergeValues(type, left[name], right[name]);
    if (merged !== undefined) {
      setField(result, name, merged);
      size += 1;
    }
  }
  return size > 0 ? result : undefined;
}

/** Items in the order of the applied list where both have them; live items keep their places between those. */
function mergeItems(topology: ListTopology, live: unknown, applied: unknown) {
  const leftItems = (live ?? []) as unknown[];
  const rightItems = (applied ?? []) as unknown[];
  const left = leftItems.map(item => listElement(topology, item));
  const right = rightItems.map(item => listElement(topology, item));
  const liveByElement = itemsByElement(topology, leftItems);
  const appliedByElement = itemsByElement(topology, rightItems);
  // Items that are there twice are not merged with the new one.
  const liveItem = (element: string) => {
    const items = liveByElement.get(element);
    return items && items.length > 1 ? null : items?.[0];
  };
  const shared = right.filter(element => liveByElement.has(element));
  let nextShared = shared.shift();
  const done = new Set<string>();
  const out: unknown[] = [];
  const push = (before: unknown, after: unknown) => {
    const merged = mergeValues(topology.element, before, after);
    if (merged !== undefined) {
      out.push(merged);
    }
  };
  let l = 0;
  let r = 0;
  while (l < left.length || r < right.length) {
    if (l < left.length && r < right.length) {
      if (left[l] === right[r]) {
        done.add(left[l]);
        push(liveItem(left[l]), rightItems[r]);
        l += 1;
        r += 1;
        nextShared = shared.shift();
        continue;
      }
      if (
        appliedByElement.has(left[l]) &&
        nextShared !== undefined &&
        nextShared !== left[l]
      ) {
        l += 1;
        continue;
      }
    }
    if (l < left.length) {
      if (!appliedByElement.has(left[l])) {
        push(leftItems[l], undefined);
        l += 1;
        continue;
      } else if (done.has(left[l])) {
        l += 1;
      }
    }
    if (r < right.length) {
      done.add(right[r]);
      push(liveItem(right[r]), rightItems[r]);
      if (nextShared === right[r]) {
        nextShared = shared.shift();
      }
      r += 1;
    }
  }
  return out.length > 0 ? out : undefined;
}

/**
 * The live value with everything that is applied over it; nothing is removed. The result may share parts with both.
 * Undefined is a value that is not there.
 */
export function mergeValues(
  topology: Topology,
  live: unknown,
  applied: unknown,
): unknown {
  if (isTakenWhole(topology, live, applied)) {
    return applied === undefined ? live : applied;
  }
  return topology.kind === 'list'
    ? mergeItems(topology, live, applied)
    : mergeEntries(topology, live, applied);
}
