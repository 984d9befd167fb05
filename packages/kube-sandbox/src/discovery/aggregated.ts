import { apiResources, groupVersions } from '../registry/Registry';
import type { ApiResource } from '../registry/Registry';
import { parseMediaTypes } from '../apiserver/mediaTypes';

/** The media type of discovery in one document. */
export const AGGREGATED_DISCOVERY =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** Whether an Accept header prefers discovery in one document to one per group and version. */
export function wantsAggregated(accept: string | undefined): boolean {
  const json = parseMediaTypes(accept ?? '').find(
    ({ type, parameters: { as, g, v } }) =>
      type === 'application/json' &&
      (as === undefined ||
        (as === 'APIGroupDiscoveryList' &&
          g === 'apidiscovery.k8s.io' &&
          v === 'v2')),
  );
  return json?.parameters.as !== undefined;
}

/** An empty group and version mean those of the resource. */
const responseKind = ({ group = '', version = '', kind }: ApiResource) => ({
  group,
  version,
  kind,
});

function resourcesOf(groupVersion: string) {
  const all = apiResources(groupVersion);
  return all
    .filter(({ name }) => !name.includes('/'))
    .map(resource => {
      const subresources = all.filter(({ name }) =>
        name.startsWith(`${resource.name}/`),
      );
      return {
        resource: resource.name,
        responseKind: responseKind(resource),
        scope: resource.namespaced ? 'Namespaced' : 'Cluster',
        singularResource: resource.singularName,
        verbs: resource.verbs,
        ...(resource.shortNames && { shortNames: resource.shortNames }),
        ...(resource.categories && { categories: resource.categories }),
        ...(subresources.length > 0 && {
          subresources: subresources.map(subresource => ({
            subresource: subresource.name.split('/')[1],
            responseKind: responseKind(subresource),
            verbs: subresource.verbs,
          })),
        }),
      };
    });
}

/** Discovery of the core group (`/api`) or of all others (`/apis`) in one document; undefined for other paths. */
export function aggregatedDiscovery(path: string): unknown {
  if (path !== '/api' && path !== '/apis') {
    return undefined;
  }
  const groups = new Map<string, string[]>();
  for (const groupVersion of groupVersions) {
    const [group, version] = groupVersion.includes('/')
      ? groupVersion.split('/')
      : ['', groupVersion];
    if ((path === '/api') === (group === '')) {
      groups.set(group, [...(groups.get(group) ?? []), version]);
    }
  }
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: [...groups].map(([group, versions]) => ({
      metadata: group ? { name: group } : {},
      versions: versions.map(version => ({
        version,
        resources: resourcesOf(group ? `${group}/${version}` : version),
        freshness: 'Current',
      })),
    })),
  };
}
