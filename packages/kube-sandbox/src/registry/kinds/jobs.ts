import { semanticallyEqual } from '../../objects/equal';
import { invalidValue, required } from '../../status/fieldErrors';
import { selectable } from '../../selectors/fieldSelector';
import { Strategy } from '../Strategy';
import { validatePodSpec } from './podSpec';
import { defaultTemplate, nonNegative } from './podTemplate';

export const job: Strategy = {
  generationOf: ({ spec }) => spec,
  selectable: {
    ...selectable(['status.successful'], {
      'status.successful': object => object.status?.succeeded ?? 0,
    }),
    refusal: field =>
      `field label ${JSON.stringify(field)} not supported for Job`,
  },
  setDefaults(object) {
    const spec = (object.spec ??= {});
    // A job without either number runs once; a work queue sets parallelism only.
    if (spec.completions === undefined && spec.parallelism === undefined) {
      spec.completions = 1;
    }
    spec.parallelism ??= 1;
    spec.backoffLimit ??= 6;
    defaultTemplate(spec);
    spec.completionMode ??= 'NonIndexed';
    spec.suspend ??= false;
    spec.manualSelector ??= false;
    spec.podReplacementPolicy ??= 'TerminatingOrFailed';
  },
  prepareForCreate(object) {
    const { spec, metadata } = object;
    if (spec!.manualSelector) {
      return;
    }
    const labels = {
      'batch.kubernetes.io/controller-uid': metadata.uid,
      'batch.kubernetes.io/job-name': metadata.name,
      'controller-uid': metadata.uid,
      'job-name': metadata.name,
    };
    spec!.template.metadata.labels = {
      ...spec!.template.metadata.labels,
      ...labels,
    };
    // A job whose manifest has no labels gets those of its template.
    metadata.labels ??= { ...spec!.template.metadata.labels };
    spec!.selector = {
      matchLabels: { 'batch.kubernetes.io/controller-uid': metadata.uid },
    };
  },
  validate: object => [
    ...nonNegative(object.spec!.parallelism, 'spec.parallelism'),
    ...nonNegative(object.spec!.completions, 'spec.completions'),
    ...nonNegative(object.spec!.backoffLimit, 'spec.backoffLimit'),
    ...validatePodSpec(object.spec!.template.spec, 'spec.template.spec', [
      'OnFailure',
      'Never',
    ]),
  ],
  validateUpdate(object, old) {
    return ['selector', 'template', 'completionMode']
      .filter(
        field => !semanticallyEqual(object.spec![field], old.spec![field]),
      )
      .map(field =>
        invalidValue(
          `spec.${field}`,
          object.spec![field],
          'field is immutable',
        ),
      );
  },
};

export const cronJob: Strategy = {
  generationOf: ({ spec }) => spec,
  setDefaults(object) {
    const spec = (object.spec ??= {});
    spec.concurrencyPolicy ??= 'Allow';
    spec.suspend ??= false;
    spec.jobTemplate ??= {};
    spec.jobTemplate.metadata ??= {};
    spec.jobTemplate.spec ??= {};
    defaultTemplate(spec.jobTemplate.spec);
    spec.successfulJobsHistoryLimit ??= 3;
    spec.failedJobsHistoryLimit ??= 1;
  },
  validate(object) {
    const { schedule, jobTemplate } = object.spec!;
    const causes = [
      ...validatePodSpec(
        jobTemplate.spec.template.spec,
        'spec.jobTemplate.spec.template.spec',
        ['OnFailure', 'Never'],
      ),
    ];
    if (!schedule) {
      causes.unshift(required('spec.schedule'));
    } else if (
      !schedule.startsWith('@') &&
      schedule.trim().split(/\s+/).length !== 5
    ) {
      causes.unshift(
        invalidValue(
          'spec.schedule',
          schedule,
          `expected exactly 5 fields, found ${
            schedule.trim().split(/\s+/).length
          }: [${schedule}]`,
        ),
      );
    }
    return causes;
  },
};
