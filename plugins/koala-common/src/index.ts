/**
 * Koala's domain: the words, the rules and the wire types. Pure; no I/O, no clock.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './environments/Environment';
export * from './environments/formatEnvironmentsYaml';
export * from './environments/suggestEnvironments';
export {
  judgeDeployment,
  progressDeadlineOf,
  type JudgeDeploymentOptions,
} from './health/judgeDeployment';
export * from './health/judgeAutoscaler';
export {
  judgeCronJob,
  lastFinishedRun,
  type JudgeCronJobOptions,
  type LastRun,
} from './health/judgeCronJob';
export {
  judgeDaemonSet,
  type JudgeDaemonSetOptions,
} from './health/judgeDaemonSet';
export * from './health/judgeDisruptionBudget';
export * from './health/judgeExposure';
export * from './health/judgeIngress';
export { podDeadlineOf } from './health/inspectObject';
export { judgeJob, type JudgeJobOptions } from './health/judgeJob';
export { DEFAULT_DEADLINE_MS, DEFAULT_GRACE_MS } from './health/lasting';
export { judgePod, type JudgePodOptions } from './health/judgePod';
export * from './health/judgeReplicaSet';
export {
  judgeStatefulSet,
  type JudgeStatefulSetOptions,
} from './health/judgeStatefulSet';
export * from './health/judgeVolume';
export * from './health/judgeWorkload';
export type { ClaimLookup } from './health/unboundVolume';
export * from './health/splitPods';
export * from './images/compareVersions';
export * from './images/digests';
export * from './images/isVersionTag';
export * from './images/parseImage';
export * from './images/sidecarPurpose';
export * from './labels/formatSelector';
export * from './labels/parseLabelSelector';
export * from './labels/selectorMatches';
export * from './labels/wellKnownLabels';
export * from './matching/fillNamespaceTemplate';
export * from './matching/matchingOf';
export * from './matching/matchWorkloads';
export * from './matching/namespacesOf';
export * from './matching/narrowTarget';
export * from './matching/nearMissOf';
export * from './matching/nearNameOf';
export * from './matching/parseNamespaces';
export * from './objects/AutoscalerObject';
export * from './objects/Condition';
export * from './objects/ConfigMapObject';
export * from './objects/ControllerRevisionObject';
export * from './objects/CronJobObject';
export * from './objects/DaemonSetObject';
export * from './objects/DeploymentObject';
export * from './objects/DisruptionBudgetObject';
export * from './objects/EndpointSliceObject';
export * from './objects/ExposureObject';
export * from './objects/IngressObject';
export * from './objects/JobObject';
export * from './objects/KoalaObject';
export * from './objects/LabelSelector';
export * from './objects/NamespaceObject';
export * from './objects/ObjectMeta';
export * from './objects/ObjectReference';
export * from './objects/PodObject';
export * from './objects/PodTemplate';
export * from './objects/ReplicaSetObject';
export * from './objects/StatefulSetObject';
export * from './objects/VolumeObject';
export * from './objects/WorkloadObject';
export * from './permissions/permissions';
export * from './projection/ProjectionError';
export * from './projection/projectObject';
export { newestControllerRevision } from './release/newestControllerRevision';
export { newestPodTest } from './release/newestPods';
export { newestReplicaSet } from './release/newestReplicaSet';
export * from './release/behindOf';
export * from './release/releaseOf';
export * from './release/versionHistoryOf';
export { versionOfPod } from './release/versionOf';
export * from './release/WorkloadParts';
export * from './services/ServiceIdentity';
export * from './state/applyMatrixChange';
export * from './state/Cell';
export * from './state/cellOf';
export * from './state/ClusterState';
export * from './state/EnvironmentDetail';
export * from './state/Matrix';
export * from './state/Release';
export * from './state/ServiceDetail';
export * from './state/ServiceSummary';
export * from './state/TargetParts';
export * from './state/TargetState';
export * from './state/targetStateOf';
export * from './state/unknownTarget';
export * from './state/WorkloadParticulars';
export * from './state/WorkloadState';
export * from './status/compareStatus';
export * from './status/Reason';
export * from './status/Status';
export * from './status/Verdict';
