import { ServiceSummary } from '@koala-ops/backstage-plugin-koala-common';
import { Column } from './columns';
import { entityName } from './entityName';
import { NO_SYSTEM } from './filters';
import { isActive, QUIET, severityOf, StateLookup } from './severity';

/** Made once: sorting a thousand names with `localeCompare` takes as long as the rest of the layout. */
const byName = new Intl.Collator('en', { numeric: true });

/** Heights in pixels; known beforehand, so that 1,000 rows need no measuring. */
export const ROW_HEIGHTS = {
  system: 28,
  systemLarge: 36,
  service: 40,
  degraded: 56,
  rest: 30,
} as const;

/** From this many services on, systems in which nothing happens fold by themselves. */
export const FOLD_FROM = 100;

/** The head of a system's rows. */
export interface SystemRow {
  type: 'system';
  key: string;
  system: string;
  name: string;
  members: readonly ServiceSummary[];
  open: boolean;
  height: number;
}

export interface ServiceRow {
  type: 'service';
  key: string;
  service: ServiceSummary;
  /** Something in it needs attention: what N goes to. */
  problem: boolean;
  height: number;
}

/** Stands for the services of a system in which nothing happens. */
export interface RestRow {
  type: 'rest';
  key: string;
  system: string;
  services: number;
  /** Each of them is healthy wherever it is deployed, and nothing is unknown. */
  healthy: boolean;
  /** They are shown below. */
  open: boolean;
  height: number;
}

export type MatrixRow = SystemRow | ServiceRow | RestRow;

/** What the reader opened or closed by hand; everything else follows the rules. */
export interface Folding {
  systems: ReadonlyMap<string, boolean>;
  rest: ReadonlySet<string>;
}

/** The rows of the matrix, in order. A pure function: the same input always gives the same order. */
export function layoutRows(options: {
  services: readonly ServiceSummary[];
  columns: readonly Column[];
  stateOf: StateLookup;
  problemsFirst: boolean;
  folding: Folding;
}): MatrixRow[] {
  const { services, columns, stateOf, problemsFirst, folding } = options;
  const large = services.length > FOLD_FROM;
  const severities = new Map(
    services.map(service => [
      service.ref,
      severityOf({ service: service.ref, columns, stateOf }),
    ]),
  );
  const severity = (service: ServiceSummary) => severities.get(service.ref)!;
  const groups = groupBySystem(services).map(group => ({
    ...group,
    worst: Math.min(...group.services.map(severity)),
  }));
  if (problemsFirst) {
    groups.sort((a, b) => a.worst - b.worst || compareNames(a, b));
  }
  return groups.flatMap(group => {
    const members = problemsFirst
      ? [...group.services].sort((a, b) => severity(a) - severity(b))
      : group.services;
    const quiet = members.filter(service => severity(service) === QUIET);
    const open =
      folding.systems.get(group.system) ?? (!large || group.worst < QUIET);
    const rows: MatrixRow[] = [
      {
        type: 'system',
        key: `system ${group.system}`,
        system: group.system,
        name: group.name,
        members,
        open,
        height: large ? ROW_HEIGHTS.systemLarge : ROW_HEIGHTS.system,
      },
    ];
    if (!open) {
      return rows;
    }
    const toRow = (service: ServiceSummary) =>
      serviceRow({ service, columns, stateOf, large });
    const folds = large && quiet.length > 1 && group.worst < QUIET;
    if (!folds) {
      return rows.concat(members.map(toRow));
    }
    const restOpen = folding.rest.has(group.system);
    const active = members.filter(service => severity(service) < QUIET);
    return rows.concat(
      active.map(toRow),
      {
        type: 'rest',
        key: `rest ${group.system}`,
        system: group.system,
        services: quiet.length,
        healthy: quiet.every(service =>
          columns.every(column =>
            ['healthy', 'not-deployed'].includes(
              stateOf(service.ref, column)?.status ?? 'unknown',
            ),
          ),
        ),
        open: restOpen,
        height: ROW_HEIGHTS.rest,
      },
      restOpen ? quiet.map(toRow) : [],
    );
  });
}

interface SystemGroup {
  system: string;
  name: string;
  services: ServiceSummary[];
}

/** Systems by name, services by name inside; services without a system come last. */
export function groupBySystem(
  services: readonly ServiceSummary[],
): SystemGroup[] {
  const groups = new Map<string, SystemGroup>();
  for (const service of services) {
    const system = service.system ?? NO_SYSTEM;
    let group = groups.get(system);
    if (!group) {
      group = {
        system,
        name: service.system ? entityName(service.system) : 'No system',
        services: [],
      };
      groups.set(system, group);
    }
    group.services.push(service);
  }
  for (const group of groups.values()) {
    group.services.sort(
      (a, b) => byName.compare(a.name, b.name) || byName.compare(a.ref, b.ref),
    );
  }
  return [...groups.values()].sort(compareNames);
}

function compareNames(a: SystemGroup, b: SystemGroup): number {
  return (
    Number(a.system === NO_SYSTEM) - Number(b.system === NO_SYSTEM) ||
    byName.compare(a.name, b.name)
  );
}

function serviceRow(options: {
  service: ServiceSummary;
  columns: readonly Column[];
  stateOf: StateLookup;
  large: boolean;
}): ServiceRow {
  const { service, columns, stateOf, large } = options;
  const states = columns.map(column => ({
    column,
    state: stateOf(service.ref, column),
  }));
  // With many services every line counts: there the reason stands beside the word.
  const tall =
    !large && states.some(({ state }) => state?.status === 'degraded');
  return {
    type: 'service',
    key: service.ref,
    service,
    problem: states.some(
      ({ column, state }) =>
        isActive(state, column) && state?.status !== 'progressing',
    ),
    height: tall ? ROW_HEIGHTS.degraded : ROW_HEIGHTS.service,
  };
}
