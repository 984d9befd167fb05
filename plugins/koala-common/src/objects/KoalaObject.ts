import { DeploymentObject } from './DeploymentObject';
import { EndpointSliceObject } from './EndpointSliceObject';
import { ExposureObject } from './ExposureObject';
import { NamespaceObject } from './NamespaceObject';
import { PodObject } from './PodObject';
import { ReplicaSetObject } from './ReplicaSetObject';

/**
 * The objects that Koala watches, by Kubernetes kind.
 *
 * @public
 */
export interface ObjectsByKind {
  Namespace: NamespaceObject;
  Deployment: DeploymentObject;
  ReplicaSet: ReplicaSetObject;
  Pod: PodObject;
  Service: ExposureObject;
  EndpointSlice: EndpointSliceObject;
}

/** @public */
export type WatchedKind = keyof ObjectsByKind;

/** @public */
export type KoalaObject = ObjectsByKind[WatchedKind];
