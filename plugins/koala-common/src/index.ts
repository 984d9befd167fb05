/**
 * Koala's domain: the words, the rules and the wire types. Pure; no I/O, no clock.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './environments/Environment';
export * from './objects/Condition';
export * from './objects/DeploymentObject';
export * from './objects/EndpointSliceObject';
export * from './objects/ExposureObject';
export * from './objects/KoalaObject';
export * from './objects/LabelSelector';
export * from './objects/NamespaceObject';
export * from './objects/ObjectMeta';
export * from './objects/ObjectReference';
export * from './objects/PodObject';
export * from './objects/PodTemplate';
export * from './objects/ReplicaSetObject';
export * from './permissions/permissions';
export * from './services/ServiceIdentity';
export * from './state/Cell';
export * from './state/ClusterState';
export * from './state/Matrix';
export * from './state/Release';
export * from './state/ServiceDetail';
export * from './state/ServiceSummary';
export * from './state/TargetState';
export * from './status/Reason';
export * from './status/Status';
export * from './status/Verdict';
