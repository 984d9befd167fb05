import { NAMESPACES_ANNOTATION } from '../annotations';
import { Environment, NamespaceScope } from '../environments/Environment';
import { selectorMatches } from '../labels/selectorMatches';
import { NamespaceObject } from '../objects/NamespaceObject';
import { ServiceIdentity } from '../services/ServiceIdentity';
import { fillNamespaceTemplate } from './fillNamespaceTemplate';
import { parseNamespaces } from './parseNamespaces';

/**
 * The namespaces of a target in which a service is looked for: those that its annotation `koala.io/namespaces`
 * names for the environment, else those of the target.
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
  const named = namedFor(service, environment);
  if (named) {
    return { names: named };
  }
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

/**
 * The namespaces that a service names itself for an environment; undefined where it leaves them to the environment.
 *
 * @public
 */
export function namedFor(
  { annotations }: ServiceIdentity,
  { name }: Pick<Environment, 'name'>,
): readonly string[] | undefined {
  const text = annotations[NAMESPACES_ANNOTATION];
  return text === undefined
    ? undefined
    : parseNamespaces(text).byEnvironment.get(name);
}
