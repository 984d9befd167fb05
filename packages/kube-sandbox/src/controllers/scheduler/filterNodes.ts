import { Node, Pod, Taint } from '../../client';
import { isSelected, tolerates, untoleratedTaint } from './nodeSelection';
import { Amounts, podRequests } from './podRequests';
import { quantity } from '../../objects/quantity';

/** A node and what its pods reserve already. */
export interface NodeLoad {
  node: Node;
  used: Amounts;
}

/** What a cordoned node is to those that tolerate it. */
const CORDON: Taint = {
  key: 'node.kubernetes.io/unschedulable',
  effect: 'NoSchedule',
};

/** Why a pod cannot run on a node, in the real scheduler's words; no reasons where it can. */
export interface Obstacles {
  reasons: string[];
  /** It would fit if other pods made room. */
  evictionHelps: boolean;
}

export function obstaclesOn({ node, used }: NodeLoad, pod: Pod): Obstacles {
  const never = (reason: string) => ({
    reasons: [reason],
    evictionHelps: false,
  });
  const { tolerations = [] } = pod.spec;
  if (
    node.spec?.unschedulable &&
    !tolerations.some(toleration => tolerates(toleration, CORDON))
  ) {
    return never('node(s) were unschedulable');
  }
  const { taints } = node.spec ?? {};
  if (untoleratedTaint(taints, tolerations, ['NoSchedule', 'NoExecute'])) {
    return never('node(s) had untolerated taint(s)');
  }
  if (!isSelected(node, pod.spec)) {
    return never("node(s) didn't match Pod's node affinity/selector");
  }
  const allocatable = node.status?.allocatable ?? {};
  const short = Object.entries(podRequests(pod)).filter(
    ([name, amount]) =>
      amount > 0 && (used[name] ?? 0) + amount > quantity(allocatable[name]),
  );
  return {
    reasons: short.map(([name]) =>
      name === 'pods' ? 'Too many pods' : `Insufficient ${name}`,
    ),
    evictionHelps: short.every(
      ([name, amount]) => amount <= quantity(allocatable[name]),
    ),
  };
}

function histogram(reasons: string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) {
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(', ');
}

/** The message of a pod that fits on none of the nodes, as the real scheduler writes it. */
export function unschedulableMessage(obstacles: Obstacles[]): string {
  if (obstacles.length === 0) {
    return 'no nodes available to schedule pods';
  }
  const none = `0/${obstacles.length} nodes are available`;
  const reasons = histogram(obstacles.flatMap(node => node.reasons));
  const preemption = histogram(
    obstacles.map(({ evictionHelps }) =>
      evictionHelps
        ? 'No preemption victims found for incoming pod'
        : 'Preemption is not helpful for scheduling',
    ),
  );
  return `${none}: ${reasons}. no new claims to deallocate, preemption: ${none}: ${preemption}.`;
}

/**
 * The message of a pod that cannot run anywhere for a reason of its own. The last words are what the real
 * scheduler's search for other ways comes back with, as no node was looked at.
 */
export function unschedulablePodMessage(reason: string, nodes: number): string {
  return `0/${nodes} nodes are available: ${reason}. not found`;
}
