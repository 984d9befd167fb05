import { LabelSelector } from '../client';

type Labels = Record<string, string> | undefined;

/** Whether the labels hold every one of `wanted`. */
export function hasLabels(
  labels: Labels,
  wanted: Record<string, string>,
): boolean {
  return Object.entries(wanted).every(
    ([key, value]) => labels?.[key] === value,
  );
}

/** Whether a label's value, or its absence, is what a requirement asks for. */
export function meetsRequirement(
  value: string | undefined,
  requirement: { operator: string; values?: string[] },
): boolean {
  const { operator, values = [] } = requirement;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** Whether a label selector selects these labels; an empty selector selects everything. */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  return (
    hasLabels(labels, selector.matchLabels ?? {}) &&
    (selector.matchExpressions ?? []).every(requirement =>
      meetsRequirement(labels?.[requirement.key], requirement),
    )
  );
}

/** Whether a selector selects everything, which no controller accepts. */
export function isEmptySelector(selector: LabelSelector | undefined): boolean {
  return (
    Object.keys(selector?.matchLabels ?? {}).length === 0 &&
    (selector?.matchExpressions ?? []).length === 0
  );
}
