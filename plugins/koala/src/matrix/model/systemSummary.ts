import { ServiceSummary } from '@koala-ops/backstage-plugin-koala-common';
import { Column } from './columns';
import { countStatuses, StatusCounts } from './counts';
import { isActive, StateLookup } from './severity';

/** How many services of a system are degraded, unknown or progressing anywhere; the rest is "healthy". */
export function summariseSystem(options: {
  services: readonly ServiceSummary[];
  columns: readonly Column[];
  stateOf: StateLookup;
}): StatusCounts {
  const { services, columns, stateOf } = options;
  return countStatuses(
    services.map(service => {
      const active = columns
        .filter(column => isActive(stateOf(service.ref, column), column))
        .map(column => stateOf(service.ref, column)?.status ?? 'unknown');
      return (
        (['degraded', 'unknown', 'progressing'] as const).find(status =>
          active.includes(status),
        ) ?? 'healthy'
      );
    }),
  );
}

/** The same services in one column. `lastHealthy` counts the unknown ones that were healthy. */
export function summariseColumn(options: {
  services: readonly ServiceSummary[];
  column: Column;
  stateOf: StateLookup;
}): { counts: StatusCounts; lastHealthy: number } {
  const { services, column, stateOf } = options;
  const states = services.map(service => stateOf(service.ref, column));
  return {
    counts: countStatuses(
      states.map(state => (column.lost ? 'unknown' : state?.status)),
    ),
    lastHealthy: states.filter(state => state?.lastKnown?.status === 'healthy')
      .length,
  };
}
