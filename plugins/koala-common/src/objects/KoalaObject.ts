import { AutoscalerObject } from './AutoscalerObject';
import { ConfigMapObject } from './ConfigMapObject';
import { ControllerRevisionObject } from './ControllerRevisionObject';
import { CronJobObject } from './CronJobObject';
import { DaemonSetObject } from './DaemonSetObject';
import { DeploymentObject } from './DeploymentObject';
import { DisruptionBudgetObject } from './DisruptionBudgetObject';
import { EndpointSliceObject } from './EndpointSliceObject';
import { ExposureObject } from './ExposureObject';
import { IngressObject } from './IngressObject';
import { JobObject } from './JobObject';
import { NamespaceObject } from './NamespaceObject';
import { PodObject } from './PodObject';
import { ReplicaSetObject } from './ReplicaSetObject';
import { StatefulSetObject } from './StatefulSetObject';
import { VolumeObject } from './VolumeObject';

/**
 * The objects that Koala watches, by Kubernetes kind.
 *
 * @public
 */
export interface ObjectsByKind {
  Namespace: NamespaceObject;
  Deployment: DeploymentObject;
  ReplicaSet: ReplicaSetObject;
  StatefulSet: StatefulSetObject;
  DaemonSet: DaemonSetObject;
  ControllerRevision: ControllerRevisionObject;
  CronJob: CronJobObject;
  Job: JobObject;
  Pod: PodObject;
  Service: ExposureObject;
  EndpointSlice: EndpointSliceObject;
  Ingress: IngressObject;
  PersistentVolumeClaim: VolumeObject;
  ConfigMap: ConfigMapObject;
  HorizontalPodAutoscaler: AutoscalerObject;
  PodDisruptionBudget: DisruptionBudgetObject;
}

/** @public */
export type WatchedKind = keyof ObjectsByKind;

/** @public */
export type KoalaObject = ObjectsByKind[WatchedKind];
