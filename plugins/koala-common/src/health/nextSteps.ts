/**
 * What to do about a reason, by its code. Codes that mend themselves, or that say it all, have none.
 */
const NEXT_STEPS: Readonly<Record<string, string>> = {
  ImagePullBackOff:
    'Check that the image exists in the registry under this tag, and that the cluster may pull it.',
  ErrImagePull:
    'Check that the image exists in the registry under this tag, and that the cluster may pull it.',
  ImageNotFound: 'Push the missing image, or set the image to one that exists.',
  ImageAccessDenied:
    'Check the imagePullSecrets of the pod and the rights of that account in the registry.',
  RegistryUnreachable:
    'Check that the nodes can reach the registry: its name, the network and its certificate.',
  InvalidImageName: 'Correct the image of the container: it cannot be parsed.',
  ErrImageNeverPull:
    'Load the image onto the node, or let imagePullPolicy allow pulling it.',
  CrashLoopBackOff:
    'Read the log of the run before: kubectl logs --previous shows why the process ends.',
  Error:
    'Read the log of the run before: kubectl logs --previous shows why the process ended.',
  OOMKilled:
    'Raise the memory limit of the container, or find out what takes the memory.',
  CreateContainerConfigError:
    'Create the ConfigMap or Secret that the message names, or correct the reference to it.',
  CreateContainerError:
    'Read the message: the container runtime refuses the container as it is specified.',
  RunContainerError:
    'Check the command, the volume mounts and the security context of the container.',
  StartError: 'Check that the command of the container exists in its image.',
  ContainerCannotRun:
    'Check that the command of the container exists in its image.',
  PostStartHookError: 'Check the postStart hook of the container.',
  Unschedulable:
    'Lower the requests, add nodes, or check node selectors, taints and volume claims against the message.',
  SchedulingGated: 'Something has to remove the scheduling gate of the pod.',
  Evicted:
    'Look at the node and at the requests of the pod: it took more than it asked for, or the node ran short.',
  NodeLost: 'Check the node: it no longer reports to the cluster.',
  ContainerCreating:
    'Look at the events of the pod: most often a volume or the network of the pod is not ready.',
  PodInitializing: 'Read the log of the init container that runs.',
  StartupProbe: 'Read the log of the container, and check its startup probe.',
  NotReady: 'Read the log of the container, and check its readiness probe.',
  ProgressDeadlineExceeded:
    'Look at the new pods; roll back if the release is at fault.',
  ReplicaFailure:
    'Read the message: a quota, a policy or the service account keeps pods from being created.',
  Paused: 'Resume it with kubectl rollout resume.',
  Suspended: 'Set spec.suspend to false to let it run again.',
  NoEndpoints:
    'Compare the selector of the exposure with the labels of the pods.',
  NoReadyEndpoints: 'Look at the pods that it selects: none of them is ready.',
  BackoffLimitExceeded:
    'Read the log of its last pod: it shows why it fails; then delete the Job and run it again.',
  DeadlineExceeded:
    'Find out what takes so long, or raise activeDeadlineSeconds.',
  PodFailurePolicy:
    'Read the log of its last pod; its failure policy gave it up at once.',
  FailedIndexes:
    'Read the logs of the pods of the indexes that failed; then delete the Job and run it again.',
  MaxFailedIndexesExceeded:
    'Read the logs of the pods of the indexes that failed; then delete the Job and run it again.',
  RunGone:
    'Look at the events of the CronJob; keep finished Jobs longer (history limits, ttlSecondsAfterFinished) to see how they end.',
  VolumePending:
    'Check that the storage class exists and provisions, and that a volume of this size and access mode is to be had.',
  VolumeMissing: 'Create the claim, or correct its name in the pod template.',
  VolumeLost:
    'Restore the volume or its backup, and make the claim anew: what it was bound to is gone.',
  IngressPending:
    'Check that a controller serves the class of the ingress, and its events.',
  BackendMissing:
    'Create the exposure, or correct its name and port in the ingress.',
  ScalingFailed:
    'Read the message: most often the metrics API does not answer, or the pods request no resources.',
  ScalingDisabled:
    'Scale its workload to one replica or more to start it again.',
  AtMaximum: 'Raise maxReplicas if the load is expected.',
  NoDisruptionAllowed:
    'Give the workload one more replica, or lower minAvailable: as it is, nodes cannot be drained.',
  BudgetNotSynced:
    'Read the message: the budget has to select pods of workloads that can be scaled.',
  LoadBalancerPending:
    'Check that the cluster has a controller for load balancers, and its events.',
};

/** What exit codes of containers stand for, where that helps. */
const EXIT_CODES: Readonly<Record<number, string>> = {
  126: 'Exit code 126: the command is there but may not be executed; check the permissions and the platform of the image.',
  127: 'Exit code 127: the command was not found; check the command and the arguments of the container.',
  137: 'Exit code 137: it was killed; check its liveness probe, its memory, and the log of the run before.',
  139: 'Exit code 139: it crashed with a segmentation fault; read the log of the run before.',
  143: 'Exit code 143: it was asked to stop, most often by its liveness probe; check the probe.',
};

/** What to do about a reason; undefined where nothing is known. */
export function nextStepFor(
  code: string,
  exitCode?: number,
): string | undefined {
  const ofExit =
    (code === 'CrashLoopBackOff' || code === 'Error') && exitCode !== undefined
      ? EXIT_CODES[exitCode]
      : undefined;
  return (
    ofExit ?? (Object.hasOwn(NEXT_STEPS, code) ? NEXT_STEPS[code] : undefined)
  );
}
