import { Fields, KubeObject } from '../../objects/KubeObject';
import { isTimeZone, parseSchedule } from '../../schedule/Schedule';
import { invalidValue, notSupported, required } from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';
import { Strategy } from '../Strategy';
import { defaultFailurePolicy } from './job';
import { validateJobSpec } from './jobSpec';
import { nonNegative } from './fieldChecks';
import { defaultTemplate } from './podTemplate';

const POLICIES = ['Allow', 'Forbid', 'Replace'];

/** The time in a Job's name takes the rest of the 63 that a label may have. */
const MAX_NAME = 52;

function validateSchedule(spec: Fields, old?: Fields): StatusCause[] {
  const field = 'spec.schedule';
  const schedule: string = spec.schedule ?? '';
  if (!schedule) {
    return [required(field)];
  }
  const causes: StatusCause[] = [];
  try {
    parseSchedule(schedule);
  } catch (error) {
    causes.push(invalidValue(field, schedule, (error as Error).message));
  }
  const mayHaveZone = old?.schedule?.includes('TZ') ?? false;
  if (schedule.includes('TZ')) {
    if (!mayHaveZone) {
      causes.push(
        invalidValue(
          field,
          schedule,
          'cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
        ),
      );
    } else if (spec.timeZone !== undefined) {
      causes.push(
        invalidValue(
          field,
          schedule,
          'cannot use both timeZone field and TZ or CRON_TZ in schedule',
        ),
      );
    }
  }
  return causes;
}

function validateTimeZone(spec: Fields, old?: Fields): StatusCause[] {
  const { timeZone } = spec;
  if (timeZone === undefined || timeZone === old?.timeZone) {
    return [];
  }
  const refuse = (detail: string) => [
    invalidValue('spec.timeZone', timeZone, detail),
  ];
  if (timeZone === '') {
    return refuse('timeZone must be nil or non-empty string');
  }
  if (/^local$/i.test(timeZone)) {
    return refuse(
      'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones',
    );
  }
  return isTimeZone(timeZone) ? [] : refuse(`unknown time zone ${timeZone}`);
}

function validateSpec(object: KubeObject, old?: KubeObject): StatusCause[] {
  const spec = object.spec!;
  const template = spec.jobTemplate;
  return [
    ...validateSchedule(spec, old?.spec),
    ...nonNegative(
      spec.startingDeadlineSeconds,
      'spec.startingDeadlineSeconds',
    ),
    ...validateTimeZone(spec, old?.spec),
    ...(POLICIES.includes(spec.concurrencyPolicy)
      ? []
      : [
          notSupported(
            'spec.concurrencyPolicy',
            spec.concurrencyPolicy,
            POLICIES,
          ),
        ]),
    ...validateJobSpec(template.spec, 'spec.jobTemplate.spec'),
    ...(template.spec.selector
      ? [
          invalidValue(
            'spec.jobTemplate.spec.selector',
            template.spec.selector,
            '`selector` will be auto-generated',
          ),
        ]
      : []),
    ...(template.spec.manualSelector
      ? [
          notSupported('spec.jobTemplate.spec.manualSelector', true, [
            'nil',
            'false',
          ]),
        ]
      : []),
    ...nonNegative(
      spec.successfulJobsHistoryLimit,
      'spec.successfulJobsHistoryLimit',
    ),
    ...nonNegative(spec.failedJobsHistoryLimit, 'spec.failedJobsHistoryLimit'),
  ];
}

export const cronJob: Strategy = {
  generationOf: ({ spec }) => spec,
  setDefaults(object) {
    const spec = (object.spec ??= {});
    spec.concurrencyPolicy ||= 'Allow';
    spec.suspend ??= false;
    spec.jobTemplate ??= {};
    spec.jobTemplate.metadata ??= {};
    spec.jobTemplate.spec ??= {};
    defaultTemplate(spec.jobTemplate.spec);
    defaultFailurePolicy(spec.jobTemplate.spec);
    spec.successfulJobsHistoryLimit ??= 3;
    spec.failedJobsHistoryLimit ??= 1;
  },
  validate: (object, old) => [
    ...validateSpec(object, old),
    ...(!old && object.metadata.name.length > MAX_NAME
      ? [
          invalidValue(
            'metadata.name',
            object.metadata.name,
            `must be no more than ${MAX_NAME} characters`,
          ),
        ]
      : []),
  ],
};
