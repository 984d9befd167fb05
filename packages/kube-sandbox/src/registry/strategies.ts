import { configMap, secret, serviceAccount } from './kinds/config';
import { coreEvent, event } from './kinds/event';
import { cronJob } from './kinds/cronJob';
import { job } from './kinds/job';
import { namespace } from './kinds/namespace';
import {
  endpoints,
  endpointSlice,
  ingress,
  networkPolicy,
} from './kinds/networking';
import { node } from './kinds/node';
import { pod } from './kinds/pod';
import {
  clusterRole,
  clusterRoleBinding,
  role,
  roleBinding,
} from './kinds/rbac';
import {
  controllerRevision,
  horizontalPodAutoscaler,
  podDisruptionBudget,
} from './kinds/scaling';
import { service } from './kinds/service';
import {
  persistentVolume,
  persistentVolumeClaim,
  storageClass,
} from './kinds/volumes';
import {
  daemonSet,
  deployment,
  replicaSet,
  statefulSet,
} from './kinds/workloads';
import { Strategy } from './Strategy';

/** What is special about a kind, by `group/resource`; kinds that are not here are plain objects. */
export const strategies: Readonly<Record<string, Strategy>> = {
  '/configmaps': configMap,
  '/endpoints': endpoints,
  '/events': coreEvent,
  '/namespaces': namespace,
  '/nodes': node,
  '/persistentvolumeclaims': persistentVolumeClaim,
  '/persistentvolumes': persistentVolume,
  '/pods': pod,
  '/resourcequotas': { returnsDeleted: true },
  '/secrets': secret,
  '/serviceaccounts': serviceAccount,
  '/services': service,
  'apps/controllerrevisions': controllerRevision,
  'apps/daemonsets': daemonSet,
  'apps/deployments': deployment,
  'apps/replicasets': replicaSet,
  'apps/statefulsets': statefulSet,
  'autoscaling/horizontalpodautoscalers': horizontalPodAutoscaler,
  'batch/cronjobs': cronJob,
  'batch/jobs': job,
  'discovery.k8s.io/endpointslices': endpointSlice,
  'events.k8s.io/events': event,
  'networking.k8s.io/ingresses': ingress,
  'networking.k8s.io/networkpolicies': networkPolicy,
  'policy/poddisruptionbudgets': podDisruptionBudget,
  'rbac.authorization.k8s.io/clusterrolebindings': clusterRoleBinding,
  'rbac.authorization.k8s.io/clusterroles': clusterRole,
  'rbac.authorization.k8s.io/rolebindings': roleBinding,
  'rbac.authorization.k8s.io/roles': role,
  'storage.k8s.io/storageclasses': storageClass,
};
