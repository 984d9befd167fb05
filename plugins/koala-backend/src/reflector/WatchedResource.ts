import { WatchedKind } from '@koala-ops/backstage-plugin-koala-common';
import { apiPath } from '../transport/apiPath';

/** Where a kind is found in the Kubernetes API. */
export interface WatchedResource {
  kind: WatchedKind;
  /** Empty for the core group. */
  group: string;
  version: string;
  plural: string;
  namespaced: boolean;
}

/** Every kind that Koala watches. */
export const WATCHED_RESOURCES: readonly WatchedResource[] = [
  {
    kind: 'Namespace',
    group: '',
    version: 'v1',
    plural: 'namespaces',
    namespaced: false,
  },
  {
    kind: 'Deployment',
    group: 'apps',
    version: 'v1',
    plural: 'deployments',
    namespaced: true,
  },
  {
    kind: 'ReplicaSet',
    group: 'apps',
    version: 'v1',
    plural: 'replicasets',
    namespaced: true,
  },
  {
    kind: 'Pod',
    group: '',
    version: 'v1',
    plural: 'pods',
    namespaced: true,
  },
  {
    kind: 'Service',
    group: '',
    version: 'v1',
    plural: 'services',
    namespaced: true,
  },
  {
    kind: 'EndpointSlice',
    group: 'discovery.k8s.io',
    version: 'v1',
    plural: 'endpointslices',
    namespaced: true,
  },
];

/**
 * The path that lists and watches a resource, in one namespace or in all of them.
 *
 * @throws InputError if the namespace cannot be part of a path
 */
export function resourcePath(
  resource: WatchedResource,
  namespace?: string,
): string {
  return apiPath(
    ...(resource.group ? ['apis', resource.group] : ['api']),
    resource.version,
    ...(namespace === undefined ? [] : ['namespaces', namespace]),
    resource.plural,
  );
}
