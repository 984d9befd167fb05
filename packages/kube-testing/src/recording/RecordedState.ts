/** What a state is told by while it comes about. */
export interface Seen {
  /** The object that the state is about; undefined once it is gone. */
  object: any;
  /** All pods of the namespace. */
  pods: any[];
}

/** A state of an object that a real control plane is brought to, and that is then recorded. */
export interface RecordedState {
  /** Name of the state, of its namespace and of its file. */
  name: string;
  about: { kind: RecordedKind; name: string };
  /** What is created first. */
  objects: object[];
  /** Changes that follow, each once the state before it has come about. */
  changes?: {
    after: (seen: Seen) => boolean;
    /** Arguments of kubectl, without the namespace. */
    kubectl: string[];
  }[];
  /** The state has come about. */
  is: (seen: Seen) => boolean;
}

/** The kinds that are recorded, with the path of each. */
export const RECORDED_KINDS = {
  Deployment: 'apis/apps/v1/deployments',
  ReplicaSet: 'apis/apps/v1/replicasets',
  StatefulSet: 'apis/apps/v1/statefulsets',
  DaemonSet: 'apis/apps/v1/daemonsets',
  ControllerRevision: 'apis/apps/v1/controllerrevisions',
  CronJob: 'apis/batch/v1/cronjobs',
  Job: 'apis/batch/v1/jobs',
  Pod: 'api/v1/pods',
  Service: 'api/v1/services',
  EndpointSlice: 'apis/discovery.k8s.io/v1/endpointslices',
  Ingress: 'apis/networking.k8s.io/v1/ingresses',
  PersistentVolumeClaim: 'api/v1/persistentvolumeclaims',
  HorizontalPodAutoscaler: 'apis/autoscaling/v2/horizontalpodautoscalers',
  PodDisruptionBudget: 'apis/policy/v1/poddisruptionbudgets',
} as const;

export type RecordedKind = keyof typeof RECORDED_KINDS;
