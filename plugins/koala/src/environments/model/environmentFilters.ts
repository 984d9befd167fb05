import { EnvironmentOverview } from '@koala-ops/backstage-plugin-koala-common';
import { titleOf } from './sections';

/** Which environments the reader asked to see. Kept in the query of the URL. */
export interface EnvironmentFilters {
  text: string;
  tier?: string;
  cluster?: string;
}

/** Reads the filters out of a query. */
export function parseEnvironmentFilters(
  query: URLSearchParams,
): EnvironmentFilters {
  return {
    text: query.get('q') ?? '',
    tier: query.get('tier') || undefined,
    cluster: query.get('cluster') || undefined,
  };
}

/** Writes the filters into a copy of the query; defaults leave no trace, other keys stay. */
export function writeEnvironmentFilters(
  query: URLSearchParams,
  filters: EnvironmentFilters,
): URLSearchParams {
  const next = new URLSearchParams(query);
  const set = (key: string, value: string | undefined) =>
    value ? next.set(key, value) : next.delete(key);
  set('q', filters.text);
  set('tier', filters.tier);
  set('cluster', filters.cluster);
  return next;
}

/** The filters in words: `Tier preview`. */
export function describeEnvironmentFilters(
  filters: EnvironmentFilters,
): string[] {
  return [
    filters.text && `“${filters.text}”`,
    filters.tier && `Tier ${filters.tier}`,
    filters.cluster && `Cluster ${filters.cluster}`,
  ].filter((part): part is string => Boolean(part));
}

/** Whether an environment passes; each word has to occur in its names, tier, clusters or namespaces. */
export function matchesEnvironment(
  environment: EnvironmentOverview,
  filters: EnvironmentFilters,
): boolean {
  const { name, tier, targets } = environment;
  if (filters.tier && filters.tier !== tier) {
    return false;
  }
  if (
    filters.cluster &&
    !targets.some(({ cluster }) => cluster === filters.cluster)
  ) {
    return false;
  }
  const haystack = [
    name,
    titleOf(environment),
    tier,
    ...targets.flatMap(target => [target.cluster, ...target.namespaces]),
  ]
    .join(' ')
    .toLowerCase();
  return filters.text
    .toLowerCase()
    .split(/\s+/)
    .every(word => haystack.includes(word));
}

/** What each filter offers: only what occurs. */
export function environmentChoices(
  environments: readonly EnvironmentOverview[],
): { key: 'tier' | 'cluster'; label: string; choices: string[] }[] {
  return [
    {
      key: 'tier' as const,
      label: 'Tier',
      choices: distinct(environments.map(({ tier }) => tier)),
    },
    {
      key: 'cluster' as const,
      label: 'Cluster',
      choices: distinct(
        environments.flatMap(({ targets }) => targets.map(t => t.cluster)),
      ),
    },
  ].filter(({ choices }) => choices.length > 0);
}

function distinct(values: (string | undefined)[]): string[] {
  return [...new Set(values.filter((v): v is string => Boolean(v)))];
}
