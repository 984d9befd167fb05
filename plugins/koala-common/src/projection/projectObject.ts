import { ObjectsByKind, WatchedKind } from '../objects/KoalaObject';
import { projectAutoscaler } from './projectAutoscaler';
import { projectConfigMap } from './projectConfigMap';
import { projectControllerRevision } from './projectControllerRevision';
import { projectCronJob } from './projectCronJob';
import { projectDaemonSet } from './projectDaemonSet';
import { projectDeployment } from './projectDeployment';
import { projectDisruptionBudget } from './projectDisruptionBudget';
import { projectEndpointSlice } from './projectEndpointSlice';
import { projectExposure } from './projectExposure';
import { projectIngress } from './projectIngress';
import { projectJob } from './projectJob';
import { projectNamespace } from './projectNamespace';
import { projectPod } from './projectPod';
import { projectReplicaSet } from './projectReplicaSet';
import { projectStatefulSet } from './projectStatefulSet';
import { projectVolume } from './projectVolume';
import { RawObject, readObject } from './rawFields';
import { SharedValues } from './SharedValues';

const PROJECTIONS: {
  [K in WatchedKind]: (
    raw: RawObject,
    shared: SharedValues,
  ) => ObjectsByKind[K];
} = {
  Namespace: projectNamespace,
  Deployment: projectDeployment,
  ReplicaSet: projectReplicaSet,
  StatefulSet: projectStatefulSet,
  DaemonSet: projectDaemonSet,
  ControllerRevision: projectControllerRevision,
  CronJob: projectCronJob,
  Job: projectJob,
  Pod: projectPod,
  Service: projectExposure,
  EndpointSlice: projectEndpointSlice,
  Ingress: projectIngress,
  PersistentVolumeClaim: projectVolume,
  ConfigMap: projectConfigMap,
  HorizontalPodAutoscaler: projectAutoscaler,
  PodDisruptionBudget: projectDisruptionBudget,
};

/**
 * The few fields that Koala keeps of an object of the Kubernetes API.
 *
 * Fields are copied by name, so `managedFields`, `last-applied-configuration` and everything else that
 * is large or private stays behind. A field that is missing or of the wrong type reads as absent.
 *
 * @param options - `intern` shares equal texts between objects; with it, equal labels and container
 *   lists are shared too. Shared parts are frozen.
 * @throws {@link ProjectionError} where `metadata.name` or `metadata.uid` is missing.
 * @public
 */
export function projectObject<K extends WatchedKind>(
  kind: K,
  raw: unknown,
  options: { intern?: (text: string) => string } = {},
): ObjectsByKind[K] {
  return PROJECTIONS[kind](readObject(raw), new SharedValues(options.intern));
}
