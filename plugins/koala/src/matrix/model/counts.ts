import {
  Cell,
  Status,
  STATUSES,
} from '@koala-ops/backstage-plugin-koala-common';

/** How many of each status. */
export type StatusCounts = Readonly<Record<Status, number>>;

/** Counts the given statuses; an absent one is unknown, so that the sum is the number of services. */
export function countStatuses(
  statuses: Iterable<Status | undefined>,
): StatusCounts {
  const counts = Object.fromEntries(STATUSES.map(s => [s, 0])) as Record<
    Status,
    number
  >;
  for (const status of statuses) {
    counts[status ?? 'unknown'] += 1;
  }
  return counts;
}

/** Counts per environment over the given services. */
export function countEnvironments(options: {
  services: readonly string[];
  environments: readonly string[];
  cellOf: (service: string, environment: string) => Cell | undefined;
}): Map<string, StatusCounts> {
  const { services, environments, cellOf } = options;
  return new Map(
    environments.map(environment => [
      environment,
      countStatuses(
        services.map(service => cellOf(service, environment)?.status),
      ),
    ]),
  );
}

const ALWAYS: readonly Status[] = [
  'degraded',
  'progressing',
  'healthy',
  'not-deployed',
];
const ROOM = 4;

/**
 * Which counts stand in an environment's header, in reading order. The usual four always; unknown when
 * there is some, in place of one that is zero.
 */
export function headerCounts(
  counts: StatusCounts,
): { status: Status; count: number }[] {
  const shown: Status[] = counts.unknown
    ? ['degraded', 'unknown', 'progressing', 'healthy', 'not-deployed']
    : [...ALWAYS];
  for (const status of ['progressing', 'not-deployed', 'degraded'] as const) {
    if (shown.length > ROOM && counts[status] === 0) {
      shown.splice(shown.indexOf(status), 1);
    }
  }
  return shown.map(status => ({ status, count: counts[status] }));
}

const BAR_ORDER: readonly Status[] = [
  'degraded',
  'unknown',
  'progressing',
  'suspended',
  'healthy',
  'not-deployed',
];

/** Segments of the stacked bar, the ones that need attention first. */
export function barSegments(
  counts: StatusCounts,
): { status: Status; count: number }[] {
  return BAR_ORDER.filter(status => counts[status] > 0).map(status => ({
    status,
    count: counts[status],
  }));
}
