const GROUPS: Record<string, string> = {
  configmaps: 'api/v1',
  events: 'api/v1',
  namespaces: 'api/v1',
  pods: 'api/v1',
  serviceaccounts: 'api/v1',
  services: 'api/v1',
  deployments: 'apis/apps/v1',
  replicasets: 'apis/apps/v1',
  statefulsets: 'apis/apps/v1',
  daemonsets: 'apis/apps/v1',
  controllerrevisions: 'apis/apps/v1',
  persistentvolumeclaims: 'api/v1',
  persistentvolumes: 'api/v1',
  nodes: 'api/v1',
  storageclasses: 'apis/storage.k8s.io/v1',
  poddisruptionbudgets: 'apis/policy/v1',
  jobs: 'apis/batch/v1',
  cronjobs: 'apis/batch/v1',
  ingresses: 'apis/networking.k8s.io/v1',
  ingressclasses: 'apis/networking.k8s.io/v1',
  horizontalpodautoscalers: 'apis/autoscaling/v2',
  secrets: 'api/v1',
  endpointslices: 'apis/discovery.k8s.io/v1',
  roles: 'apis/rbac.authorization.k8s.io/v1',
  rolebindings: 'apis/rbac.authorization.k8s.io/v1',
  clusterroles: 'apis/rbac.authorization.k8s.io/v1',
  clusterrolebindings: 'apis/rbac.authorization.k8s.io/v1',
};

const CLUSTER_WIDE = [
  'clusterrolebindings',
  'clusterroles',
  'namespaces',
  'nodes',
  'persistentvolumes',
  'storageclasses',
];

/** The path of a resource that the contract uses; without a namespace, that of all namespaces. */
export function resourcePath(options: {
  resource: string;
  namespace?: string;
  name?: string;
}): string {
  const { resource, namespace, name } = options;
  const group = GROUPS[resource];
  if (!group) {
    throw new Error(`The contract does not know ${resource}`);
  }
  return [
    '',
    group,
    ...(namespace && !CLUSTER_WIDE.includes(resource)
      ? ['namespaces', namespace]
      : []),
    resource,
    ...(name ? [name] : []),
  ].join('/');
}
