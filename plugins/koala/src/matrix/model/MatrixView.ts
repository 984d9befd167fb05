import {
  Cell,
  Matrix,
  ServiceSummary,
  TargetState,
} from '@koala-ops/backstage-plugin-koala-common';
import { AttentionItem, listAttention } from './attention';
import { Column, ColumnGroup } from './columns';
import { countEnvironments, StatusCounts } from './counts';
import { matchesFilters, MatrixFilters } from './filters';
import { StateLookup } from './severity';

/** Everything that the Services screen derives from the matrix and the filters. */
export interface MatrixView {
  groups: ColumnGroup[];
  columns: Column[];
  /** The services that pass the filters. */
  services: ServiceSummary[];
  counts: Map<string, StatusCounts>;
  attention: AttentionItem[];
  stateOf: StateLookup;
}

/** Finds states by service and column in constant time. */
export function indexStates(cells: readonly Cell[]): {
  cellOf: (service: string, environment: string) => Cell | undefined;
  stateOf: StateLookup;
} {
  const index = new Map(
    cells.map(cell => [`${cell.service} ${cell.environment}`, cell]),
  );
  const cellOf = (service: string, environment: string) =>
    index.get(`${service} ${environment}`);
  return {
    cellOf,
    stateOf: (service, column) =>
      cellOf(service, column.environment)?.targets.find(
        (state: TargetState) => state.target === column.target,
      ),
  };
}

/** The groups that a tier filter leaves; all of them where no such tier exists any more. */
export function groupsOfTier(
  groups: ColumnGroup[],
  tier: string | undefined,
): ColumnGroup[] {
  const left = groups.filter(group => group.environment.tier === tier);
  return tier && left.length > 0 ? left : groups;
}

/** Derives the screen from the matrix. `groups` come separately: they change far more seldom. */
export function viewMatrix(options: {
  matrix: Matrix;
  groups: ColumnGroup[];
  filters: MatrixFilters;
  ownership: readonly string[];
}): MatrixView {
  const { matrix, groups, filters, ownership } = options;
  const columns = groups.flatMap(group => group.columns);
  const { cellOf, stateOf } = indexStates(matrix.cells);
  const services = matrix.services.filter(service =>
    matchesFilters({
      service,
      filters,
      ownership,
      statuses: () =>
        columns.map(
          column => stateOf(service.ref, column)?.status ?? 'unknown',
        ),
    }),
  );
  return {
    groups,
    columns,
    services,
    stateOf,
    counts: countEnvironments({
      services: services.map(service => service.ref),
      environments: groups.map(group => group.environment.name),
      cellOf,
    }),
    attention: listAttention({
      services,
      columns,
      clusters: matrix.clusters,
      stateOf,
    }),
  };
}
