import {
  ContainerDetail,
  ContainerState,
  DeploymentObject,
  digestOf,
  judgePod,
  judgeWorkload,
  newestReplicaSet,
  progressDeadlineOf,
  PodContainer,
  PodDetail,
  PodObject,
  versionOfPod,
  WorkloadDetail,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';

/** A workload with its pods, the newest revision first. */
export function describeWorkload(options: {
  cluster: string;
  deployment: DeploymentObject;
  inventory: InventoryReader;
  now: number;
}): WorkloadDetail {
  const { cluster, deployment, inventory, now } = options;
  const { meta } = deployment;
  const replicaSets = [...inventory.ownedBy(cluster, 'ReplicaSet', meta.uid)];
  const pods = replicaSets.flatMap(replicaSet => [
    ...inventory.ownedBy(cluster, 'Pod', replicaSet.meta.uid),
  ]);
  const newest = newestReplicaSet({ deployment, replicaSets });
  const { status, since, reasons, release, ready, desired, updated } =
    judgeWorkload({ deployment, replicaSets, pods, now });
  return {
    kind: deployment.kind,
    name: meta.name,
    namespace: meta.namespace,
    status,
    since,
    reasons,
    release,
    ready,
    desired,
    updated,
    createdAt: meta.createdAt,
    pods: pods
      .map(pod =>
        describePod(pod, {
          current: pod.meta.controller?.uid === newest?.meta.uid,
          deadlineMs: progressDeadlineOf(deployment),
          now,
        }),
      )
      .sort(
        (a, b) =>
          Number(b.current) - Number(a.current) ||
          a.createdAt - b.createdAt ||
          (a.name < b.name ? -1 : 1),
      ),
  };
}

function describePod(
  pod: PodObject,
  options: { current: boolean; deadlineMs: number; now: number },
): PodDetail {
  const { meta, containers } = pod;
  const { current, deadlineMs, now } = options;
  const { status, reasons } = judgePod({ pod, deadlineMs, now });
  return {
    name: meta.name,
    namespace: meta.namespace,
    status,
    reason: reasons[0],
    version: versionOfPod(pod),
    current,
    ready: containers.filter(({ role, ready }) => role !== 'init' && ready)
      .length,
    containers: containers.map(describeContainer),
    restarts: containers.reduce((sum, { restarts }) => sum + restarts, 0),
    node: pod.node,
    createdAt: meta.createdAt,
  };
}

function describeContainer(container: PodContainer): ContainerDetail {
  const { name, role, image, imageId, ready, restarts, state } = container;
  return {
    name,
    role,
    image,
    digest: digestOf(imageId),
    ready,
    restarts,
    state: wordFor(state),
    message: state && 'message' in state ? state.message : undefined,
    since: sinceOf(state),
  };
}

/** The word that kubectl prints for the state of a container. */
function wordFor(state: ContainerState | undefined): string {
  switch (state?.type) {
    case 'running':
      return 'Running';
    case 'waiting':
      return state.reason ?? 'Waiting';
    case 'terminated':
      if (state.reason) return state.reason;
      return state.exitCode === 0 ? 'Completed' : `Exit ${state.exitCode}`;
    default:
      return 'Waiting';
  }
}

function sinceOf(state: ContainerState | undefined): number | undefined {
  if (state?.type === 'running') return state.startedAt;
  return state?.type === 'terminated' ? state.finishedAt : undefined;
}
