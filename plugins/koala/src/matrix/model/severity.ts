import {
  Status,
  STATUSES,
  TargetState,
} from '@koala-ops/backstage-plugin-koala-common';
import { Column } from './columns';

/** The state of one service in one column. */
export type StateLookup = (
  service: string,
  column: Column,
) => TargetState | undefined;

/**
 * Whether a state asks for attention by itself. An unknown one in a column that cannot be seen at all
 * does not: that is one fact about the cluster, not one about each of its services.
 */
export function isProblem(
  state: TargetState | undefined,
  column: Column,
): boolean {
  if (column.lost || column.clusterState?.condition === 'syncing') {
    return false;
  }
  const status = state?.status ?? 'unknown';
  return status === 'degraded' || status === 'unknown';
}

/** Problems and rollouts: what stays in sight when the rest of a system folds. */
export function isActive(
  state: TargetState | undefined,
  column: Column,
): boolean {
  return (
    isProblem(state, column) ||
    (!column.lost && state?.status === 'progressing')
  );
}

/** Rank of a service in which nothing is going on. */
export const QUIET = 1000;

/**
 * Where a service stands when problems come first: lower is worse. The status decides, then the tier:
 * degraded in production, degraded in staging …, unknown in production …, progressing …
 */
export function severityOf(options: {
  service: string;
  columns: readonly Column[];
  stateOf: StateLookup;
}): number {
  const { service, columns, stateOf } = options;
  let worst = QUIET;
  for (const column of columns) {
    const state = stateOf(service, column);
    if (isActive(state, column)) {
      const status: Status = state?.status ?? 'unknown';
      worst = Math.min(worst, STATUSES.indexOf(status) * 10 + column.rank);
    }
  }
  return worst;
}
