import { Fields } from '../../objects/KubeObject';
import {
  duplicate,
  invalidValue,
  notSupported,
  required,
} from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import { nonNegative } from './fieldChecks';

const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const OPERATORS = ['In', 'NotIn'];
const STATUSES = ['False', 'True', 'Unknown'];

/** A cause without the value, where the real server leaves it out. */
function wrong(field: string, detail: string): StatusCause {
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${detail}`,
    field,
  };
}

/** What is wrong where one of a list is missing or none of it. */
function oneOf(
  value: string | undefined,
  field: string,
  allowed: string[],
): StatusCause[] {
  if (!value) {
    const list = allowed.map(name => JSON.stringify(name)).join(' ');
    return [required(field, `valid values: [${list}]`)];
  }
  return allowed.includes(value) ? [] : [notSupported(field, value, allowed)];
}

function validateExitCodes(
  rule: Fields,
  field: string,
  containers: string[],
): StatusCause[] {
  const { operator, containerName, values = [] } = rule;
  const causes = oneOf(operator, `${field}.operator`, OPERATORS);
  if (containerName !== undefined && !containers.includes(containerName)) {
    causes.push(
      invalidValue(
        `${field}.containerName`,
        containerName,
        'must be one of the container or initContainer names in the pod template',
      ),
    );
  }
  if (values.length === 0) {
    causes.push(
      invalidValue(
        `${field}.values`,
        rule.values,
        'at least one value is required',
      ),
    );
  }
  values.forEach((value: number, index: number) => {
    const at = `${field}.values[${index}]`;
    if (operator === 'In' && value === 0) {
      causes.push(invalidValue(at, value, 'must not be 0 for the In operator'));
    }
    if (values.indexOf(value) < index) {
      causes.push(duplicate(at, value));
    }
  });
  if (values.some((value: number, at: number) => values[at - 1] > value)) {
    causes.push(invalidValue(`${field}.values`, values, 'must be ordered'));
  }
  return causes;
}

function validateFailureRule(
  rule: Fields,
  field: string,
  spec: Fields,
): StatusCause[] {
  const template: Fields = spec.template?.spec ?? {};
  const containers: string[] = [
    ...(template.containers ?? []),
    ...(template.initContainers ?? []),
  ].map(({ name }: Fields) => name);
  const conditions: Fields[] = rule.onPodConditions ?? [];
  const causes = oneOf(rule.action, `${field}.action`, ACTIONS);
  if (rule.action === 'FailIndex' && spec.backoffLimitPerIndex === undefined) {
    causes.push(
      invalidValue(
        `${field}.action`,
        rule.action,
        'requires the backoffLimitPerIndex to be set',
      ),
    );
  }
  if (rule.onExitCodes) {
    causes.push(
      ...validateExitCodes(
        rule.onExitCodes,
        `${field}.onExitCodes`,
        containers,
      ),
    );
  }
  conditions.forEach((pattern, index) =>
    causes.push(
      ...oneOf(
        pattern.status,
        `${field}.onPodConditions[${index}].status`,
        STATUSES,
      ),
    ),
  );
  if (rule.onExitCodes && conditions.length > 0) {
    causes.push(
      wrong(
        field,
        'specifying both OnExitCodes and OnPodConditions is not supported',
      ),
    );
  }
  if (!rule.onExitCodes && conditions.length === 0) {
    causes.push(
      wrong(
        field,
        'specifying one of OnExitCodes and OnPodConditions is required',
      ),
    );
  }
  return causes;
}

/** What is wrong with the pod failure policy of a Job. */
export function validateFailurePolicy(
  spec: Fields,
  field: string,
): StatusCause[] {
  return (spec.podFailurePolicy?.rules ?? []).flatMap(
    (rule: Fields, index: number) =>
      validateFailureRule(rule, `${field}.rules[${index}]`, spec),
  );
}

/** What is wrong with the success policy of an Indexed Job. */
export function validateSuccessPolicy(
  spec: Fields,
  field: string,
): StatusCause[] {
  const rules: Fields[] = spec.successPolicy?.rules ?? [];
  const { completions = 0 } = spec;
  if (rules.length === 0) {
    return [
      required(
        `${field}.rules`,
        'at least one rules must be specified when the successPolicy is specified',
      ),
    ];
  }
  return rules.flatMap(({ succeededIndexes, succeededCount }, index) => {
    const at = `${field}.rules[${index}]`;
    if (succeededIndexes === undefined && succeededCount === undefined) {
      return [
        required(
          at,
          'at least one of succeededCount or succeededIndexes must be specified',
        ),
      ];
    }
    const causes = nonNegative(succeededCount, `${at}.succeededCount`);
    if (succeededCount > completions) {
      causes.push(
        invalidValue(
          `${at}.succeededCount`,
          succeededCount,
          `must be less than or equal to ${completions} (the number of specified completions)`,
        ),
      );
    }
    return causes;
  });
}
