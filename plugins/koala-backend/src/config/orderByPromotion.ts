import {
  ConfigProblem,
  Environment,
} from '@koala-ops/backstage-plugin-koala-common';

/**
 * Puts environments in promotion order: each one behind the one it is promoted from, branches in the
 * order of the configuration, previews last. A link that leads nowhere or round in a circle is dropped
 * and becomes a problem; the environment stays.
 */
export function orderByPromotion(
  environments: readonly Environment[],
  problems: ConfigProblem[],
): Environment[] {
  const byName = new Map(environments.map(env => [env.name, env]));
  const linked = environments.map((environment, index) => {
    const from = environment.promotesFrom;
    if (from === undefined) return environment;
    const key = `koala.environments[${index}].promotesFrom`;
    if (!byName.has(from)) {
      problems.push({
        key,
        message: `'${environment.name}' is promoted from '${from}', but no environment has that name.`,
        nextStep: `Use one of ${[...byName.keys()].join(', ')}.`,
      });
      return { ...environment, promotesFrom: undefined };
    }
    const circle = circleFrom(environment, byName);
    if (circle) {
      problems.push({
        key,
        message: `The promotion goes round in a circle: ${circle.join(' → ')}.`,
        nextStep: 'Remove promotesFrom where releases start.',
      });
      return { ...environment, promotesFrom: undefined };
    }
    return environment;
  });

  const ordered: Environment[] = [];
  const visit = (environment: Environment) => {
    ordered.push(environment);
    linked
      .filter(({ promotesFrom }) => promotesFrom === environment.name)
      .sort((a, b) => Number(isPreview(a)) - Number(isPreview(b)))
      .forEach(visit);
  };
  linked
    .filter(({ promotesFrom }) => promotesFrom === undefined)
    .forEach(visit);
  return [
    ...ordered.filter(environment => !isPreview(environment)),
    ...ordered.filter(isPreview),
  ];
}

function isPreview({ tier }: Environment): boolean {
  return tier === 'preview';
}

function circleFrom(
  start: Environment,
  byName: ReadonlyMap<string, Environment>,
): string[] | undefined {
  const path = [start.name];
  let next = start.promotesFrom;
  while (next !== undefined && path.length <= byName.size) {
    path.push(next);
    if (next === start.name) return path;
    next = byName.get(next)?.promotesFrom;
  }
  return undefined;
}
