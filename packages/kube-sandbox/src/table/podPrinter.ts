import { Fields, KubeObject } from '../objects/KubeObject';
import { age, humanDuration } from './duration';
import { Cell } from './Printer';

const reasonOf = (state: Fields | undefined): string | undefined => {
  if (state?.waiting) {
    return state.waiting.reason || undefined;
  }
  if (state?.terminated) {
    const { reason, signal, exitCode } = state.terminated;
    return (
      reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode ?? 0}`)
    );
  }
  return undefined;
};

function isSidecar(pod: KubeObject, name: string): boolean {
  return (pod.spec?.initContainers ?? []).some(
    (container: Fields) =>
      container.name === name && container.restartPolicy === 'Always',
  );
}

/** What the init containers still hold up, as `Init:1/2`. */
function initReason(pod: KubeObject): string | undefined {
  const statuses: Fields[] = pod.status?.initContainerStatuses ?? [];
  for (const [index, status] of statuses.entries()) {
    const { terminated, waiting } = status.state ?? {};
    if (terminated?.exitCode === 0) {
      continue;
    }
    if (isSidecar(pod, status.name) && status.started) {
      continue;
    }
    if (terminated) {
      return `Init:${reasonOf(status.state)}`;
    }
    if (waiting?.reason && waiting.reason !== 'PodInitializing') {
      return `Init:${waiting.reason}`;
    }
    return `Init:${index}/${pod.spec?.initContainers?.length ?? 0}`;
  }
  return undefined;
}

const isReady = (pod: KubeObject) =>
  (pod.status?.conditions ?? []).some(
    (condition: Fields) =>
      condition.type === 'Ready' && condition.status === 'True',
  );

/** The STATUS of a pod: its phase, or what keeps it from running. */
export function podStatus(pod: KubeObject): string {
  const { status, metadata } = pod;
  let reason: string = status?.reason || status?.phase || 'Pending';
  const gated = (status?.conditions ?? []).some(
    (condition: Fields) =>
      condition.type === 'PodScheduled' &&
      condition.reason === 'SchedulingGated',
  );
  if (gated) {
    reason = 'SchedulingGated';
  }
  const initializing = initReason(pod);
  if (initializing) {
    reason = initializing;
  } else {
    let running = false;
    for (const container of [...(status?.containerStatuses ?? [])].reverse()) {
      const own = reasonOf(container.state);
      if (own) {
        reason = own;
      } else if (container.ready && container.state?.running) {
        running = true;
      }
    }
    if (reason === 'Completed' && running) {
      reason = isReady(pod) ? 'Running' : 'NotReady';
    }
  }
  if (metadata.deletionTimestamp) {
    if (status?.reason === 'NodeLost') {
      return 'Unknown';
    }
    if (!['Succeeded', 'Failed'].includes(status?.phase)) {
      return 'Terminating';
    }
  }
  return reason;
}

/** Cells of a pod. */
export function podPrinter(pod: KubeObject, now: number): Cell[] {
  const counted: Fields[] = [
    ...(pod.status?.initContainerStatuses ?? []).filter((status: Fields) =>
      isSidecar(pod, status.name),
    ),
    ...(pod.status?.containerStatuses ?? []),
  ];
  const total =
    (pod.spec?.containers?.length ?? 0) +
    (pod.spec?.initContainers ?? []).filter(
      (container: Fields) => container.restartPolicy === 'Always',
    ).length;
  const ready = counted.filter(
    status => status.ready && status.state?.running,
  ).length;
  const restarts = counted.reduce(
    (sum, status) => sum + (status.restartCount ?? 0),
    0,
  );
  const lastRestart = Math.max(
    0,
    ...counted
      .map(status => Date.parse(status.lastState?.terminated?.finishedAt))
      .filter(time => !Number.isNaN(time)),
  );
  return [
    pod.metadata.name,
    `${ready}/${total}`,
    podStatus(pod),
    restarts > 0 && lastRestart > 0
      ? `${restarts} (${humanDuration((now - lastRestart) / 1000)} ago)`
      : String(restarts),
    age(pod.metadata.creationTimestamp, now),
    pod.status?.podIPs?.[0]?.ip ?? pod.status?.podIP ?? '<none>',
    pod.spec?.nodeName ?? '<none>',
    pod.status?.nominatedNodeName ?? '<none>',
    pod.spec?.readinessGates?.length
      ? `0/${pod.spec.readinessGates.length}`
      : '<none>',
  ];
}
