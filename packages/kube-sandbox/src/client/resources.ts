import { CronJob, Job } from './batch';
import { Ingress, IngressClass } from './networkObjects';
import {
  ConfigMap,
  Deployment,
  EndpointSlice,
  KubeObject,
  Lease,
  Namespace,
  Node,
  Pod,
  ReplicaSet,
  Secret,
  Service,
  ServiceAccount,
} from './objects';
import { PodDisruptionBudget } from './policyObjects';
import { ControllerRevision, DaemonSet, StatefulSet } from './statefulObjects';
import {
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
} from './storageObjects';

/**
 * Where a kind of objects lives in the API.
 *
 * @public
 */
export interface Resource<T extends KubeObject = KubeObject> {
  /** Empty for the core group. */
  group: string;
  version: string;
  plural: string;
  kind: string;
  namespaced: boolean;
  /** Verbs that the server offers; only where the resource was discovered. */
  verbs?: readonly string[];
  /** Carries the type of the objects; never set. */
  readonly object?: T;
}

/** `v1` or `apps/v1`. */
export function apiVersionOf({ group, version }: Resource): string {
  return group ? `${group}/${version}` : version;
}

function resource<T extends KubeObject>(
  apiVersion: string,
  kind: string,
  plural: string,
  namespaced = true,
): Resource<T> {
  const [version, group = ''] = apiVersion.split('/').reverse();
  return { group, version, plural, kind, namespaced };
}

/** The resources that controllers and nodes know by heart. @public */
export const resources = {
  pods: resource<Pod>('v1', 'Pod', 'pods'),
  services: resource<Service>('v1', 'Service', 'services'),
  serviceAccounts: resource<ServiceAccount>(
    'v1',
    'ServiceAccount',
    'serviceaccounts',
  ),
  namespaces: resource<Namespace>('v1', 'Namespace', 'namespaces', false),
  nodes: resource<Node>('v1', 'Node', 'nodes', false),
  configMaps: resource<ConfigMap>('v1', 'ConfigMap', 'configmaps'),
  secrets: resource<Secret>('v1', 'Secret', 'secrets'),
  events: resource<KubeObject>('v1', 'Event', 'events'),
  deployments: resource<Deployment>('apps/v1', 'Deployment', 'deployments'),
  replicaSets: resource<ReplicaSet>('apps/v1', 'ReplicaSet', 'replicasets'),
  statefulSets: resource<StatefulSet>('apps/v1', 'StatefulSet', 'statefulsets'),
  daemonSets: resource<DaemonSet>('apps/v1', 'DaemonSet', 'daemonsets'),
  controllerRevisions: resource<ControllerRevision>(
    'apps/v1',
    'ControllerRevision',
    'controllerrevisions',
  ),
  podDisruptionBudgets: resource<PodDisruptionBudget>(
    'policy/v1',
    'PodDisruptionBudget',
    'poddisruptionbudgets',
  ),
  persistentVolumeClaims: resource<PersistentVolumeClaim>(
    'v1',
    'PersistentVolumeClaim',
    'persistentvolumeclaims',
  ),
  persistentVolumes: resource<PersistentVolume>(
    'v1',
    'PersistentVolume',
    'persistentvolumes',
    false,
  ),
  storageClasses: resource<StorageClass>(
    'storage.k8s.io/v1',
    'StorageClass',
    'storageclasses',
    false,
  ),
  jobs: resource<Job>('batch/v1', 'Job', 'jobs'),
  cronJobs: resource<CronJob>('batch/v1', 'CronJob', 'cronjobs'),
  ingresses: resource<Ingress>('networking.k8s.io/v1', 'Ingress', 'ingresses'),
  ingressClasses: resource<IngressClass>(
    'networking.k8s.io/v1',
    'IngressClass',
    'ingressclasses',
    false,
  ),
  endpointSlices: resource<EndpointSlice>(
    'discovery.k8s.io/v1',
    'EndpointSlice',
    'endpointslices',
  ),
  leases: resource<Lease>('coordination.k8s.io/v1', 'Lease', 'leases'),
} as const;
