import { semanticallyEqual } from '../../objects/equal';
import { Fields, KubeObject } from '../../objects/KubeObject';
import { matchesLabels, requirementsOf } from '../../selectors/labelSelector';
import { qualifiedNameProblems } from '../../selectors/labelSyntax';
import {
  forbiddenField,
  invalidValue,
  required,
} from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import { problemsOf, sortedByKey } from './fieldChecks';
import { validateLabelsAt } from './podPlacementValidation';
import { defaultPodSpec, validatePodSpec } from './podSpec';

/** Sets what `spec.template` leaves out. */
export function defaultTemplate(spec: Fields): void {
  spec.template ??= {};
  spec.template.metadata ??= {};
  spec.template.spec ??= {};
  defaultPodSpec(spec.template.spec);
}

const NO_SELECTOR = 'invalid label selector';
const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

function validateExpression(expression: Fields, at: string): StatusCause[] {
  const { key, operator, values = [] } = expression;
  const causes: StatusCause[] = [];
  if (!OPERATORS.includes(operator)) {
    causes.push(
      invalidValue(
        `${at}.operator`,
        operator ?? '',
        'not a valid selector operator',
      ),
    );
  } else if (operator.endsWith('In') && values.length === 0) {
    causes.push(
      required(
        `${at}.values`,
        "must be specified when `operator` is 'In' or 'NotIn'",
      ),
    );
  } else if (!operator.endsWith('In') && values.length > 0) {
    causes.push(
      forbiddenField(
        `${at}.values`,
        "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
      ),
    );
  }
  return [
    ...causes,
    ...problemsOf(key ?? '', `${at}.key`, qualifiedNameProblems),
  ];
}

/** What is wrong with `spec.selector`; the last cause says where it cannot be used at all. */
function validateSelector({ kind, spec = {} }: KubeObject): StatusCause[] {
  const { selector } = spec;
  if (!selector) {
    return [required('spec.selector')];
  }
  const expressions: Fields[] = selector.matchExpressions ?? [];
  const causes = [
    ...validateLabelsAt(selector.matchLabels, 'spec.selector.matchLabels'),
    ...expressions.flatMap((expression, index) =>
      validateExpression(
        expression,
        `spec.selector.matchExpressions[${index}]`,
      ),
    ),
  ];
  if (requirementsOf(selector).length === 0) {
    causes.push(
      invalidValue(
        'spec.selector',
        selector,
        `empty selector is invalid for ${kind.toLowerCase()}`,
      ),
    );
  }
  return causes.some(({ field = '' }) => field !== 'spec.selector')
    ? [...causes, invalidValue('spec.selector', selector, NO_SELECTOR)]
    : causes;
}

/** What is wrong with the selector and the template of a workload. */
export function validateTemplate(
  object: KubeObject,
  restartPolicies: readonly string[] = ['Always'],
): StatusCause[] {
  const spec = object.spec ?? {};
  const labels = spec.template?.metadata?.labels;
  const causes = validateSelector(object);
  if (causes.some(({ message }) => message.endsWith(NO_SELECTOR))) {
    return causes;
  }
  const requirements = spec.selector ? requirementsOf(spec.selector) : [];
  if (!spec.selector || !matchesLabels(requirements, labels)) {
    causes.push(
      invalidValue(
        'spec.template.metadata.labels',
        labels && sortedByKey(labels),
        '`selector` does not match template `labels`',
      ),
    );
  }
  causes.push(...validateLabelsAt(labels, 'spec.template.labels'));
  causes.push(
    ...validatePodSpec(
      spec.template?.spec ?? {},
      'spec.template.spec',
      restartPolicies,
    ),
  );
  return causes;
}

/** `spec.selector` may not change. */
export function immutableSelector(
  object: KubeObject,
  old: KubeObject,
): StatusCause[] {
  return semanticallyEqual(object.spec?.selector, old.spec?.selector)
    ? []
    : [
        invalidValue(
          'spec.selector',
          object.spec?.selector,
          'field is immutable',
        ),
      ];
}
