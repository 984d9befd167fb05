import { Pod } from '../../client';
import { isReady, readySince } from '../pods';

const PHASES = ['Pending', 'Unknown', 'Running'];

function deletionCost(pod: Pod): number {
  return (
    Number(
      pod.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'],
    ) || 0
  );
}

function restarts(pod: Pod): number {
  return Math.max(
    0,
    ...(pod.status?.containerStatuses ?? []).map(status => status.restartCount),
  );
}

/**
 * The pods that are missed least: not scheduled, not running, not ready first; then those that share
 * their node with siblings, that became ready last, restarted most, are youngest.
 */
export function podsToDelete(options: {
  pods: Pod[];
  count: number;
  /** Pods of all ReplicaSets of the same Deployment: they decide which nodes are crowded. */
  siblings: Pod[];
}): Pod[] {
  const { pods, count, siblings } = options;
  const crowd = new Map<string, number>();
  for (const pod of siblings) {
    const node = pod.spec.nodeName;
    if (node && isReady(pod)) {
      crowd.set(node, (crowd.get(node) ?? 0) + 1);
    }
  }
  const rank = (pod: Pod) => crowd.get(pod.spec.nodeName ?? '') ?? 0;
  const phase = (pod: Pod) => PHASES.indexOf(pod.status?.phase ?? 'Pending');
  const created = (pod: Pod) =>
    Date.parse(pod.metadata.creationTimestamp ?? '') || 0;
  return [...pods]
    .sort(
      (a, b) =>
        Number(Boolean(a.spec.nodeName)) - Number(Boolean(b.spec.nodeName)) ||
        phase(a) - phase(b) ||
        Number(isReady(a)) - Number(isReady(b)) ||
        deletionCost(a) - deletionCost(b) ||
        rank(b) - rank(a) ||
        readySince(b) - readySince(a) ||
        restarts(b) - restarts(a) ||
        created(b) - created(a),
    )
    .slice(0, count);
}
