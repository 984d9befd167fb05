import { LabelRequirement, LabelSelector } from '../objects/LabelSelector';
import { projectLabels } from './projectLabels';
import { readList, readObject, readText } from './rawFields';
import { SharedValues } from './SharedValues';

const OPERATORS: readonly string[] = ['In', 'NotIn', 'Exists', 'DoesNotExist'];
const NO_EXPRESSIONS: readonly LabelRequirement[] = Object.freeze([]);

/**
 * A selector of a spec. A requirement that cannot be understood matches nothing: leaving it out would
 * select more than was meant.
 */
export function projectSelector(
  value: unknown,
  shared: SharedValues,
): LabelSelector {
  const raw = readObject(value);
  const expressions = readList(raw.matchExpressions).map(
    (item): LabelRequirement => {
      const operator = readText(item.operator) ?? '';
      const values = Array.isArray(item.values) ? item.values : [];
      const key = readText(item.key) ?? '';
      return OPERATORS.includes(operator)
        ? {
            key,
            operator: operator as LabelRequirement['operator'],
            values: values.filter(entry => typeof entry === 'string'),
          }
        : { key, operator: 'In', values: [] };
    },
  );
  return {
    matchLabels: projectLabels(raw.matchLabels, shared),
    matchExpressions: expressions.length > 0 ? expressions : NO_EXPRESSIONS,
  };
}
