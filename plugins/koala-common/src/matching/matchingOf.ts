import {
  KUBERNETES_ID_ANNOTATION,
  KUBERNETES_LABEL_SELECTOR_ANNOTATION,
} from '../annotations';
import { parseLabelSelector } from '../labels/parseLabelSelector';
import { LabelSelector } from '../objects/LabelSelector';
import { ServiceIdentity } from '../services/ServiceIdentity';
import { MatchingFinding, MatchingRule } from '../state/ServiceSummary';

/**
 * How one service finds its workloads, worked out once from its catalog entity.
 *
 * @public
 */
export interface Matching {
  rule: MatchingRule;
  /** Only under the rule `kubernetes-label-selector`; absent where it cannot be read: nothing matches. */
  selector?: LabelSelector;
  /** The value that labels, or names, are compared with; absent where a selector decides. */
  id?: string;
}

/**
 * The first rule whose annotation the entity carries decides; there is no falling through, which would
 * show somebody else's workload. An annotation without a usable value matches nothing and says so.
 *
 * @public
 */
export function matchingOf(
  service: ServiceIdentity,
): Matching & { problem?: MatchingFinding } {
  const selector = service.annotations[KUBERNETES_LABEL_SELECTOR_ANNOTATION];
  if (selector !== undefined) {
    return matchingBySelector(selector);
  }
  const id = service.annotations[KUBERNETES_ID_ANNOTATION];
  if (id === undefined) {
    return { rule: 'name', id: service.name };
  }
  if (id.trim() === '') {
    return {
      rule: 'kubernetes-id',
      problem: {
        code: 'BadSelector',
        message: `Annotation ${KUBERNETES_ID_ANNOTATION} is empty, so no workload matches; give it a value or remove it.`,
      },
    };
  }
  return { rule: 'kubernetes-id', id: id.trim() };
}

function matchingBySelector(
  text: string,
): Matching & { problem?: MatchingFinding } {
  const rule = 'kubernetes-label-selector';
  // An empty selector selects everything, which nobody means by an annotation on one component.
  if (text.trim() === '') {
    return {
      rule,
      problem: {
        code: 'BadSelector',
        message: `Annotation ${KUBERNETES_LABEL_SELECTOR_ANNOTATION} is empty, so no workload matches; write one such as app=cart, or remove it.`,
      },
    };
  }
  try {
    return { rule, selector: parseLabelSelector(text) };
  } catch (error) {
    return {
      rule,
      problem: {
        code: 'BadSelector',
        message: `Annotation ${KUBERNETES_LABEL_SELECTOR_ANNOTATION} cannot be read, so no workload matches. ${
          (error as Error).message
        }.`,
      },
    };
  }
}
