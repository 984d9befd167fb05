import { LabelRequirement, LabelSelector } from '../objects/LabelSelector';

function formatRequirement({ key, operator, values }: LabelRequirement) {
  switch (operator) {
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    case 'NotIn':
      return values.length === 1
        ? `${key}!=${values[0]}`
        : `${key} notin (${values.join(',')})`;
    default:
      return `${key} in (${values.join(',')})`;
  }
}

/**
 * Writes a selector the way kubectl reads it; empty for one that selects everything.
 *
 * @public
 */
export function formatSelector(selector: LabelSelector): string {
  return [
    ...Object.entries(selector.matchLabels).map(
      ([key, value]) => `${key}=${value}`,
    ),
    ...selector.matchExpressions.map(formatRequirement),
  ].join(',');
}
