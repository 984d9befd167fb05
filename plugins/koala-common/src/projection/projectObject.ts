import { ObjectsByKind, WatchedKind } from '../objects/KoalaObject';
import { projectDeployment } from './projectDeployment';
import { projectEndpointSlice } from './projectEndpointSlice';
import { projectExposure } from './projectExposure';
import { projectNamespace } from './projectNamespace';
import { projectPod } from './projectPod';
import { projectReplicaSet } from './projectReplicaSet';
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
  Pod: projectPod,
  Service: projectExposure,
  EndpointSlice: projectEndpointSlice,
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
