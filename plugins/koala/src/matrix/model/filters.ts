import {
  ServiceSummary,
  Status,
  STATUSES,
} from '@koala-ops/backstage-plugin-koala-common';
import { entityName } from './entityName';

/** What the reader asked to see. Kept in the query of the URL, so that a link shows the same. */
export interface MatrixFilters {
  text: string;
  /** Only what the reader or one of their teams owns. */
  mine: boolean;
  system?: string;
  owner?: string;
  project?: string;
  tier?: string;
  status?: Status;
  problemsFirst: boolean;
  /** Name of the environment that a narrow screen shows. */
  environment?: string;
}

/** Value of the system filter for services that belong to none. */
export const NO_SYSTEM = '-';

const TEXT_KEYS = [
  'system',
  'owner',
  'project',
  'tier',
  'environment',
] as const;

/** Reads the filters out of a query; what it does not understand it leaves out. */
export function parseFilters(query: URLSearchParams): MatrixFilters {
  const status = query.get('status') as Status | null;
  const filters: MatrixFilters = {
    text: query.get('q') ?? '',
    mine: query.get('mine') === 'true',
    problemsFirst: query.get('problems') === 'first',
  };
  for (const key of TEXT_KEYS) {
    const value = query.get(key);
    if (value) {
      filters[key] = value;
    }
  }
  if (status && STATUSES.includes(status)) {
    filters.status = status;
  }
  return filters;
}

/** Writes the filters into a copy of the query; defaults leave no trace, other keys stay. */
export function writeFilters(
  query: URLSearchParams,
  filters: MatrixFilters,
): URLSearchParams {
  const next = new URLSearchParams(query);
  const set = (key: string, value: string | undefined) =>
    value ? next.set(key, value) : next.delete(key);
  set('q', filters.text);
  set('mine', filters.mine ? 'true' : undefined);
  set('problems', filters.problemsFirst ? 'first' : undefined);
  set('status', filters.status);
  TEXT_KEYS.forEach(key => set(key, filters[key]));
  return next;
}

/** The filters without anything that hides a service; order and environment stay. */
export function clearFilters(filters: MatrixFilters): MatrixFilters {
  const { problemsFirst, environment } = filters;
  return { text: '', mine: false, problemsFirst, environment };
}

/** The filters in words, the text left out: `Status degraded`, `My teams`. */
export function describeFilters(filters: MatrixFilters): string[] {
  return [
    filters.mine ? 'My teams' : undefined,
    filters.system &&
      `System ${
        filters.system === NO_SYSTEM ? 'none' : entityName(filters.system)
      }`,
    filters.owner && `Owner ${entityName(filters.owner)}`,
    filters.project && `Project ${filters.project}`,
    filters.tier && `Tier ${filters.tier}`,
    filters.status && `Status ${filters.status.replace('-', ' ')}`,
  ].filter((part): part is string => Boolean(part));
}

/**
 * Whether a service passes. The text has to occur in its name, title, system or owner, word by word.
 * Tier says which environments are shown and is not asked here; where it is set, `statuses` are those of
 * that tier.
 */
export function matchesFilters(options: {
  service: ServiceSummary;
  filters: MatrixFilters;
  /** Entity references of the reader and their teams. */
  ownership: readonly string[];
  /** Of the service, in every column that is shown. */
  statuses: () => Iterable<Status>;
}): boolean {
  const { service, filters, ownership, statuses } = options;
  if (filters.mine && !(service.owner && ownership.includes(service.owner))) {
    return false;
  }
  if (
    (filters.system && filters.system !== (service.system ?? NO_SYSTEM)) ||
    (filters.owner && filters.owner !== service.owner) ||
    (filters.project && filters.project !== service.project)
  ) {
    return false;
  }
  if (!matchesText(service, filters.text)) {
    return false;
  }
  return !filters.status || [...statuses()].includes(filters.status);
}

function matchesText(service: ServiceSummary, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return true;
  }
  const haystack = [
    service.name,
    service.title,
    service.system && entityName(service.system),
    service.owner && entityName(service.owner),
  ]
    .filter(Boolean)
    .join(' ')
    .toLowerCase();
  return words.every(word => haystack.includes(word));
}
