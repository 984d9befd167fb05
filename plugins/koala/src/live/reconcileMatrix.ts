import {
  Cell,
  Matrix,
  TargetState,
} from '@koala-ops/backstage-plugin-koala-common';

/**
 * The new snapshot, with everything that did not change replaced by the very objects of the one before:
 * what is rendered compares by identity, so a poll that brings nothing new renders nothing.
 */
export function reconcileMatrix(
  previous: Matrix | undefined,
  next: Matrix,
): Matrix {
  if (!previous) {
    return next;
  }
  return {
    ...next,
    environments: keepList(
      previous.environments,
      next.environments,
      e => e.name,
    ),
    services: keepList(previous.services, next.services, s => s.ref),
    clusters: keepList(previous.clusters, next.clusters, c => c.name),
    problems: keepList(previous.problems, next.problems, p => p.key),
    cells: keepList(previous.cells, next.cells, cellKeyOf, keepTargets),
  };
}

function cellKeyOf(cell: Cell): string {
  return `${cell.service} ${cell.environment}`;
}

function keepTargets(previous: Cell, next: Cell): Cell {
  const targetKey = (target: TargetState) => target.target;
  return {
    ...next,
    targets: keepList(previous.targets, next.targets, targetKey),
  };
}

function keepList<T>(
  previous: T[],
  next: T[],
  keyOf: (item: T) => string,
  merge: (before: T, after: T) => T = (_, after) => after,
): T[] {
  const known = new Map(previous.map(item => [keyOf(item), item]));
  let same = previous.length === next.length;
  const kept = next.map((item, index) => {
    const before = known.get(keyOf(item));
    const result = before && isSame(before, item) ? before : undefined;
    if (!result || previous[index] !== result) {
      same = false;
    }
    return result ?? (before ? merge(before, item) : item);
  });
  return same ? previous : kept;
}

/** Both come from the same serialiser, so equal objects have equal text. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
