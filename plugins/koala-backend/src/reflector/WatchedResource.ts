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

const GROUPS: ReadonlyArray<{
  group: string;
  version: string;
  kinds: Partial<Record<WatchedKind, string>>;
}> = [
  {
    group: '',
    version: 'v1',
    kinds: {
      Namespace: 'namespaces',
      Pod: 'pods',
      Service: 'services',
      PersistentVolumeClaim: 'persistentvolumeclaims',
      ConfigMap: 'configmaps',
    },
  },
  {
    group: 'apps',
    version: 'v1',
    kinds: {
      Deployment: 'deployments',
      ReplicaSet: 'replicasets',
      StatefulSet: 'statefulsets',
      DaemonSet: 'daemonsets',
      ControllerRevision: 'controllerrevisions',
    },
  },
  {
    group: 'batch',
    version: 'v1',
    kinds: { CronJob: 'cronjobs', Job: 'jobs' },
  },
  {
    group: 'discovery.k8s.io',
    version: 'v1',
    kinds: { EndpointSlice: 'endpointslices' },
  },
  {
    group: 'networking.k8s.io',
    version: 'v1',
    kinds: { Ingress: 'ingresses' },
  },
  {
    group: 'autoscaling',
    version: 'v2',
    kinds: { HorizontalPodAutoscaler: 'horizontalpodautoscalers' },
  },
  {
    group: 'policy',
    version: 'v1',
    kinds: { PodDisruptionBudget: 'poddisruptionbudgets' },
  },
];

/** Every kind that Koala watches. Secrets are not among them: to list them is to read their values. */
export const WATCHED_RESOURCES: readonly WatchedResource[] = GROUPS.flatMap(
  ({ group, version, kinds }) =>
    Object.entries(kinds).map(([kind, plural]) => ({
      kind: kind as WatchedKind,
      group,
      version,
      plural,
      namespaced: kind !== 'Namespace',
    })),
);

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
