import { LabelRequirement, LabelSelector } from '../objects/LabelSelector';

function requirementHolds(
  requirement: LabelRequirement,
  labels: Readonly<Record<string, string>>,
) {
  const { key, operator, values } = requirement;
  const carried = Object.hasOwn(labels, key);
  switch (operator) {
    case 'In':
      return carried && values.includes(labels[key]);
    case 'NotIn':
      return !carried || !values.includes(labels[key]);
    case 'Exists':
      return carried;
    case 'DoesNotExist':
      return !carried;
    default:
      return false;
  }
}

/**
 * Whether an object with these labels is selected. As in Kubernetes, `NotIn` holds for objects that do
 * not carry the label at all, and an empty selector selects everything.
 *
 * @public
 */
export function selectorMatches(
  selector: LabelSelector,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    Object.entries(selector.matchLabels).every(
      ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
    ) &&
    selector.matchExpressions.every(requirement =>
      requirementHolds(requirement, labels),
    )
  );
}
