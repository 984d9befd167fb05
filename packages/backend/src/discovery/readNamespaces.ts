import { RootConfigService } from '@backstage/backend-plugin-api';

/**
 * The namespaces that `koala.environments` names, by cluster. In this mode
 * they are all lists of names, since Koala wrote them itself.
 */
export function readNamespaces(
  config: RootConfigService,
): Map<string, Set<string>> {
  const result = new Map<string, Set<string>>();
  const targets = (
    config.getOptionalConfigArray('koala.environments') ?? []
  ).flatMap(environment => environment.getOptionalConfigArray('targets') ?? []);
  for (const target of targets) {
    const cluster = target.getString('cluster');
    const namespaces = result.get(cluster) ?? new Set();
    const names = target.getOptional('namespaces');
    if (Array.isArray(names)) {
      names.forEach(name => namespaces.add(String(name)));
    }
    result.set(cluster, namespaces);
  }
  return result;
}
