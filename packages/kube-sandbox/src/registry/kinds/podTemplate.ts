import { semanticallyEqual } from '../../objects/equal';
import { Fields, KubeObject } from '../../objects/KubeObject';
import { matchesLabels, requirementsOf } from '../../selectors/labelSelector';
import { invalidValue, required } from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import { defaultPodSpec, validatePodSpec } from './podSpec';

/** Sets what `spec.template` leaves out. */
export function defaultTemplate(spec: Fields): void {
  spec.template ??= {};
  spec.template.metadata ??= {};
  spec.template.spec ??= {};
  defaultPodSpec(spec.template.spec);
}

/** A number that has to be 0 or more. */
export function nonNegative(value: unknown, field: string): StatusCause[] {
  return typeof value === 'number' && value < 0
    ? [invalidValue(field, value, 'must be greater than or equal to 0')]
    : [];
}

/** What is wrong with the selector and the template of a workload. */
export function validateTemplate(
  object: KubeObject,
  restartPolicies: readonly string[] = ['Always'],
): StatusCause[] {
  const spec = object.spec ?? {};
  const causes: StatusCause[] = [];
  const labels = spec.template?.metadata?.labels;
  const requirements = spec.selector ? requirementsOf(spec.selector) : [];
  if (!spec.selector) {
    causes.push(required('spec.selector'));
  } else if (requirements.length === 0) {
    causes.push(
      invalidValue(
        'spec.selector',
        spec.selector,
        `empty selector is invalid for ${object.kind.toLowerCase()}`,
      ),
    );
  }
  if (!spec.selector || !matchesLabels(requirements, labels)) {
    causes.push(
      invalidValue(
        'spec.template.metadata.labels',
        labels,
        '`selector` does not match template `labels`',
      ),
    );
  }
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
