import { Environment, NamespaceScope } from '../environments/Environment';
import { selectorMatches } from '../labels/selectorMatches';
import { NamespaceObject } from '../objects/NamespaceObject';
import { ServiceIdentity } from '../services/ServiceIdentity';
import { fillNamespaceTemplate } from './fillNamespaceTemplate';

/**
 * The namespaces of a target in which a service is looked for.
 *
 * @param options - `namespaces`: those of the target's cluster by name; read for a selector only, since
 *   a name may be configured before the namespace exists.
 * @returns names, sorted where a selector found them; or the placeholder that cannot be filled.
 * @public
 */
export function namespacesOf(options: {
  scope: NamespaceScope;
  service: ServiceIdentity;
  environment: Pick<Environment, 'name'>;
  namespaces: ReadonlyMap<string, NamespaceObject>;
}): { names: readonly string[] } | { missing: string } {
  const { scope, service, environment, namespaces } = options;
  switch (scope.type) {
    case 'names':
      return { names: scope.names };
    case 'template': {
      const { template } = scope;
      const filled = fillNamespaceTemplate({ template, service, environment });
      return 'namespace' in filled ? { names: [filled.namespace] } : filled;
    }
    default:
      return {
        names: [...namespaces.values()]
          .filter(({ meta }) => selectorMatches(scope.selector, meta.labels))
          .map(({ meta }) => meta.name)
          .sort(),
      };
  }
}
