import { Fields } from '../../objects/KubeObject';
import { invalidValue, notSupported, required } from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import { validateFailurePolicy, validateSuccessPolicy } from './jobPolicies';
import { validatePodSpec } from './podSpec';
import { nonNegative } from './fieldChecks';

const MODES = ['NonIndexed', 'Indexed'];
const REPLACEMENT = ['Failed', 'TerminatingOrFailed'];
const MAX_PARALLELISM = 100_000;
const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
];

function validateIndexed(spec: Fields, field: string): StatusCause[] {
  const { completions, parallelism, maxFailedIndexes } = spec;
  const causes: StatusCause[] = [];
  if (completions === undefined) {
    causes.push(
      required(`${field}.completions`, 'when completion mode is Indexed'),
    );
  }
  if (parallelism > MAX_PARALLELISM) {
    causes.push(
      invalidValue(
        `${field}.parallelism`,
        parallelism,
        `must be less than or equal to ${MAX_PARALLELISM} when completion mode is Indexed`,
      ),
    );
  }
  if (maxFailedIndexes > completions) {
    causes.push(
      invalidValue(
        `${field}.maxFailedIndexes`,
        maxFailedIndexes,
        'must be less than or equal to completions',
      ),
    );
  }
  return causes;
}

/** What only an Indexed Job may say. */
function validateNonIndexed(spec: Fields, field: string): StatusCause[] {
  return ['backoffLimitPerIndex', 'maxFailedIndexes']
    .filter(name => spec[name] !== undefined)
    .map(name =>
      invalidValue(
        `${field}.${name}`,
        spec[name],
        'requires indexed completion mode',
      ),
    );
}

function validateReplacement(spec: Fields, field: string): StatusCause[] {
  const { podReplacementPolicy: policy, podFailurePolicy } = spec;
  const allowed = podFailurePolicy ? ['Failed'] : REPLACEMENT;
  return policy === undefined || allowed.includes(policy)
    ? []
    : [notSupported(`${field}.podReplacementPolicy`, policy, allowed)];
}

function validateRestartPolicy(spec: Fields, field: string): StatusCause[] {
  const policy = spec.template?.spec?.restartPolicy;
  return spec.podFailurePolicy && policy === 'OnFailure'
    ? [
        invalidValue(
          `${field}.template.spec.restartPolicy`,
          policy,
          'only "Never" is supported when podFailurePolicy is specified',
        ),
      ]
    : [];
}

/** What is wrong with the spec of a Job, or of the Jobs that a CronJob makes. */
export function validateJobSpec(spec: Fields, field: string): StatusCause[] {
  const { completionMode: mode = 'NonIndexed' } = spec;
  const causes = COUNTS.flatMap(name =>
    nonNegative(spec[name], `${field}.${name}`),
  );
  if (
    spec.maxFailedIndexes !== undefined &&
    spec.backoffLimitPerIndex === undefined
  ) {
    causes.push(
      required(
        `${field}.backoffLimitPerIndex`,
        'when maxFailedIndexes is specified',
      ),
    );
  }
  if (!MODES.includes(mode)) {
    causes.push(notSupported(`${field}.completionMode`, mode, MODES));
  }
  causes.push(
    ...(mode === 'Indexed' ? validateIndexed(spec, field) : []),
    ...(mode === 'NonIndexed' ? validateNonIndexed(spec, field) : []),
    ...validateFailurePolicy(spec, `${field}.podFailurePolicy`),
  );
  if (spec.successPolicy) {
    causes.push(
      ...(mode === 'Indexed'
        ? validateSuccessPolicy(spec, `${field}.successPolicy`)
        : [
            invalidValue(
              `${field}.successPolicy`,
              spec.successPolicy,
              'requires indexed completion mode',
            ),
          ]),
    );
  }
  return [
    ...causes,
    ...validateReplacement(spec, field),
    ...validatePodSpec(spec.template?.spec ?? {}, `${field}.template.spec`, [
      'OnFailure',
      'Never',
    ]),
    ...validateRestartPolicy(spec, field),
  ];
}
