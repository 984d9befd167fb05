import { FieldTree, LEAF, nodeOf } from './FieldTree';
import { isTakenWhole } from './isTakenWhole';
import { itemsByElement } from './listElement';
import { fieldElement } from './pathElement';
import { entryTopology, ListTopology, MapTopology, Topology } from './Topology';

/** Which fields two versions of an object differ in; a field is in one of the sets at most. */
export interface Comparison {
  added?: FieldTree;
  modified?: FieldTree;
  removed?: FieldTree;
}

const SETS = ['added', 'modified', 'removed'] as const;

/** Whether two pieces of JSON data are the same, to the last null. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (
    typeof a !== 'object' ||
    typeof b !== 'object' ||
    a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  ) {
    return false;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return (
      a.length === b.length && a.every((item, i) => equalValues(item, b[i]))
    );
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      key =>
        Object.hasOwn(b, key) && equalValues((a as any)[key], (b as any)[key]),
    )
  );
}

/** Collects the differences of entries or items, and makes nodes of them. */
class Differences {
  readonly #children: Partial<
    Record<keyof Comparison, Map<string, FieldTree>>
  > = {};

  add(element: string, comparison: Comparison | undefined) {
    if (!comparison) {
      return;
    }
    for (const set of SETS) {
      const node = comparison[set];
      if (node) {
        (this.#children[set] ??= new Map()).set(element, node);
      }
    }
  }

  toComparison(before: unknown, after: unknown): Comparison | undefined {
    const result: Comparison = {};
    for (const set of SETS) {
      const member =
        (set === 'added' && before === undefined) ||
        (set === 'removed' && after === undefined);
      const children = this.#children[set];
      if (member || children) {
        result[set] = nodeOf(member, children ?? new Map());
      }
    }
    return SETS.some(set => result[set]) ? result : undefined;
  }
}

function compareLeaves(
  before: unknown,
  after: unknown,
): Comparison | undefined {
  if (before === undefined) {
    return { added: LEAF };
  }
  if (after === undefined) {
    return { removed: LEAF };
  }
  return equalValues(before, after) ? undefined : { modified: LEAF };
}

function compareEntries(
  topology: MapTopology,
  before: unknown,
  after: unknown,
): Comparison | undefined {
  const left = (before ?? {}) as Record<string, unknown>;
  const right = (after ?? {}) as Record<string, unknown>;
  const differences = new Differences();
  const visit = (name: string) => {
    const type = entryTopology(topology, name);
    // Fields that nobody declares are dropped before they are stored.
    if (type) {
      differences.add(
        fieldElement(name),
        compareValues(type, left[name], right[name]),
      );
    }
  };
  Object.keys(left).forEach(visit);
  for (const name of Object.keys(right)) {
    if (left[name] === undefined) {
      visit(name);
    }
  }
  return differences.toComparison(before, after);
}

function compareItems(
  topology: ListTopology,
  before: unknown,
  after: unknown,
): Comparison | undefined {
  const left = itemsByElement(topology, (before ?? []) as unknown[]);
  const right = itemsByElement(topology, (after ?? []) as unknown[]);
  const differences = new Differences();
  for (const element of new Set([...left.keys(), ...right.keys()])) {
    const l = left.get(element) ?? [];
    const r = right.get(element) ?? [];
    if (l.length <= 1 && r.length <= 1) {
      differences.add(element, compareValues(topology.element, l[0], r[0]));
    } else if (l.length > 1 && r.length > 1) {
      // Items of the same key are one field as long as there are several.
      differences.add(
        element,
        equalValues(l, r) ? undefined : { modified: LEAF },
      );
    } else if (l.length > 1) {
      differences.add(element, {
        ...(r.length > 0 && compareValues(topology.element, undefined, r[0])),
        removed: LEAF,
      });
    } else {
      differences.add(element, {
        ...(l.length > 0 && compareValues(topology.element, l[0], undefined)),
        added: LEAF,
      });
    }
  }
  return differences.toComparison(before, after);
}

/** Compares two values of a type; undefined is a value that is not there. Returns undefined where they are the same. */
export function compareValues(
  topology: Topology,
  before: unknown,
  after: unknown,
): Comparison | undefined {
  if (before === after) {
    return undefined;
  }
  if (isTakenWhole(topology, before, after)) {
    return compareLeaves(before, after);
  }
  return topology.kind === 'list'
    ? compareItems(topology, before, after)
    : compareEntries(topology, before, after);
}
