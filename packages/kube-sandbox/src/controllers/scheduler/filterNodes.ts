import { Node, NodeSelectorTerm, Pod, Taint, Toleration } from '../../client';
import { hasLabels } from '../labels';
import { Amounts, podRequests } from './podRequests';
import { quantity } from './quantity';

/** A node and what its pods reserve already. */
export interface NodeLoad {
  node: Node;
  used: Amounts;
}

function tolerates(toleration: Toleration, taint: Taint): boolean {
  return (
    (!toleration.effect || toleration.effect === taint.effect) &&
    (!toleration.key || toleration.key === taint.key) &&
    (toleration.operator === 'Exists' ||
      (toleration.value ?? '') === (taint.value ?? ''))
  );
}

function matchesTerm(node: Node, term: NodeSelectorTerm): boolean {
  const expressions = term.matchExpressions ?? [];
  return (
    expressions.length > 0 &&
    expressions.every(({ key, operator, values = [] }) => {
      const value = node.metadata.labels?.[key];
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        case 'Gt':
          return Number(value) > Number(values[0]);
        case 'Lt':
          return Number(value) < Number(values[0]);
        default:
          return false;
      }
    })
  );
}

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
  if (node.spec?.unschedulable) {
    return never('node(s) were unschedulable');
  }
  const { tolerations = [], affinity, nodeSelector = {} } = pod.spec;
  const taint = (node.spec?.taints ?? []).find(
    candidate =>
      candidate.effect !== 'PreferNoSchedule' &&
      !tolerations.some(toleration => tolerates(toleration, candidate)),
  );
  if (taint) {
    return never('node(s) had untolerated taint(s)');
  }
  const terms =
    affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
      ?.nodeSelectorTerms;
  if (
    !hasLabels(node.metadata.labels, nodeSelector) ||
    (terms && !terms.some(term => matchesTerm(node, term)))
  ) {
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
