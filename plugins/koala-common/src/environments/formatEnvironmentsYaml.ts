import { stringify } from 'yaml';
import { formatSelector } from '../labels/formatSelector';
import { Environment, NamespaceScope } from './Environment';

function scopeConfig(scope: NamespaceScope): unknown {
  switch (scope.type) {
    case 'names':
      return scope.names;
    case 'template':
      return { template: scope.template };
    default:
      return { selector: formatSelector(scope.selector) };
  }
}

/**
 * Environments as the part of `app-config.yaml` that configures the same, ready to copy. Keys with
 * their default value are left out.
 *
 * @public
 */
export function formatEnvironmentsYaml(
  environments: readonly Environment[],
): string {
  const config = environments.map(environment => {
    const { name, title, tier, promotesFrom, targets } = environment;
    return {
      name,
      title: title === name ? undefined : title,
      tier,
      promotesFrom,
      targets: targets.map(target => ({
        name: target.name === target.cluster ? undefined : target.name,
        cluster: target.cluster,
        namespaces: scopeConfig(target.namespaces),
      })),
    };
  });
  return stringify(
    { koala: { environments: config } },
    { lineWidth: 0, keepUndefined: false },
  );
}
