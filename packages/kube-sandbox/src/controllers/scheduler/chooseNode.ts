import { Node, Pod } from '../../client';
import { quantity } from '../../objects/quantity';
import { controllerOf } from '../ownership';
import { NodeLoad } from './filterNodes';
import { Amounts, podRequests } from './podRequests';

/** A pod that takes room on a node. */
export interface Placement {
  pod: Pod;
  node: string;
}

/** What the pods reserve on each node. */
export function nodeLoads(nodes: Node[], placements: Placement[]): NodeLoad[] {
  const used = new Map<string, Amounts>();
  for (const { pod, node } of placements) {
    const amounts = used.get(node) ?? {};
    for (const [name, amount] of Object.entries(podRequests(pod))) {
      amounts[name] = (amounts[name] ?? 0) + amount;
    }
    used.set(node, amounts);
  }
  return nodes.map(node => ({
    node,
    used: used.get(node.metadata.name ?? '') ?? {},
  }));
}

function fullness({ node, used }: NodeLoad): number {
  const shares = ['cpu', 'memory', 'pods'].map(name => {
    const total = quantity(node.status?.allocatable?.[name]);
    return total > 0 ? (used[name] ?? 0) / total : 0;
  });
  return Math.max(...shares);
}

/** Name of the node with the fewest siblings of the pod, then of the one with the most room. */
export function chooseNode(options: {
  pod: Pod;
  /** Nodes that the pod fits on. */
  fitting: NodeLoad[];
  placements: Placement[];
}): string {
  const { pod, fitting, placements } = options;
  const owner = controllerOf(pod)?.uid;
  const siblings = new Map<string, number>();
  for (const { pod: other, node } of placements) {
    if (owner && controllerOf(other)?.uid === owner) {
      siblings.set(node, (siblings.get(node) ?? 0) + 1);
    }
  }
  const nameOf = ({ node }: NodeLoad) => node.metadata.name ?? '';
  const [first] = [...fitting].sort(
    (a, b) =>
      (siblings.get(nameOf(a)) ?? 0) - (siblings.get(nameOf(b)) ?? 0) ||
      fullness(a) - fullness(b) ||
      nameOf(a).localeCompare(nameOf(b)),
  );
  return nameOf(first);
}
