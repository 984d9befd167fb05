import {
  Node,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodSpec,
  Taint,
  Toleration,
} from '../../client';
import { hasLabels, meetsRequirement } from '../labels';

/** Whether a toleration covers a taint. */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  return (
    (!toleration.effect || toleration.effect === taint.effect) &&
    (!toleration.key || toleration.key === taint.key) &&
    (toleration.operator === 'Exists' ||
      (toleration.value ?? '') === (taint.value ?? ''))
  );
}

/** The first taint with one of these effects that the pod does not tolerate. */
export function untoleratedTaint(
  taints: Taint[] | undefined,
  tolerations: Toleration[] | undefined,
  effects: string[],
): Taint | undefined {
  return taints?.find(
    taint =>
      effects.includes(taint.effect) &&
      !tolerations?.some(toleration => tolerates(toleration, taint)),
  );
}

function meets(
  value: string | undefined,
  requirement: NodeSelectorRequirement,
): boolean {
  const { operator, values = [] } = requirement;
  switch (operator) {
    case 'Gt':
      return Number(value) > Number(values[0]);
    case 'Lt':
      return Number(value) < Number(values[0]);
    default:
      return meetsRequirement(value, requirement);
  }
}

/** Whether a node meets all that a term asks; a term that asks nothing is met by none. */
export function matchesTerm(node: Node, term: NodeSelectorTerm): boolean {
  const { matchExpressions = [], matchFields = [] } = term;
  return (
    matchExpressions.length + matchFields.length > 0 &&
    matchExpressions.every(it => meets(node.metadata.labels?.[it.key], it)) &&
    matchFields.every(it =>
      meets(it.key === 'metadata.name' ? node.metadata.name : undefined, it),
    )
  );
}

/** What a pod requires of its node's labels and name. */
export function requiredTerms(spec: PodSpec): NodeSelectorTerm[] | undefined {
  return spec.affinity?.nodeAffinity
    ?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
}

/** Whether a node is one that the pod's selector and required affinity allow. */
export function isSelected(node: Node, spec: PodSpec): boolean {
  const terms = requiredTerms(spec);
  return (
    hasLabels(node.metadata.labels, spec.nodeSelector ?? {}) &&
    (!terms || terms.some(term => matchesTerm(node, term)))
  );
}
