import {
  ContainerDetail,
  ContainerState,
  digestOf,
  judgePod,
  PodContainer,
  PodDetail,
  PodObject,
  versionOfPod,
  WorkloadParts,
} from '@koala-ops/backstage-plugin-koala-common';

/** A pod with its containers. */
export function describePod(
  pod: PodObject,
  options: {
    /** It belongs to what its workload asks for now. */
    current: boolean;
    deadlineMs: number;
    claimOf: WorkloadParts['claimOf'];
    /** Digest of the workload's release. */
    releasedDigest?: string;
    now: number;
  },
): PodDetail {
  const { meta, containers } = pod;
  const { current, releasedDigest, ...context } = options;
  const { status, reasons } = judgePod({ pod, ...context });
  return {
    name: meta.name,
    namespace: meta.namespace,
    status,
    reason: reasons[0],
    version: versionOfPod(pod),
    current,
    ready: containers.filter(({ role, ready }) => role !== 'init' && ready)
      .length,
    containers: containers.map(container =>
      describeContainer(container, releasedDigest),
    ),
    restarts: containers.reduce((sum, { restarts }) => sum + restarts, 0),
    node: pod.node,
    createdAt: meta.createdAt,
  };
}

function describeContainer(
  container: PodContainer,
  releasedDigest: string | undefined,
): ContainerDetail {
  const { name, role, image, imageId, ready, restarts, state } = container;
  const digest = digestOf(imageId);
  return {
    name,
    role,
    image,
    // It is long, and there is one in every container of every pod.
    digest: digest === releasedDigest ? undefined : digest,
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
