import { EnvironmentSummary } from '@koala-ops/backstage-plugin-koala-common';

const TIERS: readonly [RegExp, number][] = [
  [/preview|review|sandbox|ephemeral|^pr-/i, 3],
  [/pre-?prod|stag|uat|qa|test|accept/i, 1],
  [/prod|live/i, 0],
  [/dev|local/i, 2],
];

/**
 * How much a problem there matters: 0 is production, 1 staging and the like, 2 development, 3 previews.
 * Read from the tier, where the operator gave one, else from the name.
 */
export function tierRank(environment: EnvironmentSummary): number {
  const text = environment.tier ?? environment.name;
  return TIERS.find(([pattern]) => pattern.test(text))?.[1] ?? 2;
}

/** Previews come and go; they stand apart, on the right. */
export function isPreview(environment: EnvironmentSummary): boolean {
  return tierRank(environment) === 3;
}

/**
 * Environments in promotion order: each follows the one it is promoted from, otherwise the order of the
 * configuration holds; previews last.
 */
export function orderEnvironments<T extends EnvironmentSummary>(
  environments: readonly T[],
): T[] {
  const names = new Set(environments.map(e => e.name));
  const ordered: T[] = [];
  const placed = new Set<string>();
  const place = (environment: T) => {
    if (placed.has(environment.name)) {
      return;
    }
    placed.add(environment.name);
    ordered.push(environment);
    environments
      .filter(e => e.promotesFrom === environment.name && !isPreview(e))
      .forEach(place);
  };
  const [previews, stable] = partition(environments, isPreview);
  stable
    .filter(e => !e.promotesFrom || !names.has(e.promotesFrom))
    .forEach(place);
  // What a promotion cycle leaves over still has to be shown.
  stable.forEach(place);
  previews.forEach(place);
  return ordered;
}

function partition<T>(
  items: readonly T[],
  test: (item: T) => boolean,
): [T[], T[]] {
  return [items.filter(test), items.filter(item => !test(item))];
}
