import { Cell } from './Cell';
import { Matrix, MatrixChange } from './Matrix';

/** Replaces the items that have a newer version, adds the new ones at the end. */
function upsert<T>(
  items: T[],
  changed: readonly T[],
  options: { keyOf: (item: T) => string; merge?: (before: T, after: T) => T },
): T[] {
  if (changed.length === 0) {
    return items;
  }
  const { keyOf, merge = (_, after) => after } = options;
  const pending = new Map(changed.map(item => [keyOf(item), item]));
  const next = items.map(item => {
    const key = keyOf(item);
    const after = pending.get(key);
    pending.delete(key);
    return after === undefined ? item : merge(item, after);
  });
  return [...next, ...pending.values()];
}

function without<T>(
  items: T[],
  removed: readonly string[],
  keyOf: (item: T) => string,
): T[] {
  if (removed.length === 0) {
    return items;
  }
  const gone = new Set(removed);
  const left = items.filter(item => !gone.has(keyOf(item)));
  return left.length === items.length ? items : left;
}

function mergeCell(before: Cell, after: Cell): Cell {
  return {
    ...after,
    targets: upsert(before.targets, after.targets, {
      keyOf: ({ target }) => target,
    }),
  };
}

/**
 * The matrix after a change of the stream. Pure; what did not change keeps its identity, so that a
 * screen draws only the cells that did. What is removed goes first: a service can be removed and come
 * back in one change. New services, cells and clusters come at the end of their list.
 *
 * @public
 */
export function applyMatrixChange(
  matrix: Matrix,
  change: MatrixChange,
): Matrix {
  const { removedServices = [], removedClusters = [] } = change;
  const services = without(matrix.services, removedServices, ({ ref }) => ref);
  const cells = without(
    matrix.cells,
    removedServices,
    ({ service }) => service,
  );
  const clusters = without(
    matrix.clusters,
    removedClusters,
    ({ name }) => name,
  );
  return {
    ...matrix,
    revision: change.revision,
    services: upsert(services, change.services ?? [], {
      keyOf: ({ ref }) => ref,
    }),
    cells: upsert(cells, change.cells ?? [], {
      keyOf: ({ service, environment }) => `${service}\n${environment}`,
      merge: mergeCell,
    }),
    clusters: upsert(clusters, change.clusters ?? [], {
      keyOf: ({ name }) => name,
    }),
    problems: change.problems ?? matrix.problems,
  };
}
