import { CronJobObject } from '../objects/CronJobObject';
import { projectMeta } from './projectMeta';
import { projectTemplate } from './projectTemplate';
import {
  RawObject,
  readList,
  readObject,
  readText,
  readTime,
} from './rawFields';
import { SharedValues } from './SharedValues';

export function projectCronJob(
  raw: RawObject,
  shared: SharedValues,
): CronJobObject {
  const meta = projectMeta({ kind: 'CronJob', raw, shared });
  const spec = readObject(raw.spec);
  const status = readObject(raw.status);
  const jobSpec = readObject(readObject(spec.jobTemplate).spec);
  return {
    kind: 'CronJob',
    meta,
    schedule: shared.text(readText(spec.schedule) ?? ''),
    timeZone: shared.optionalText(readText(spec.timeZone)),
    suspended: spec.suspend === true,
    template: projectTemplate(jobSpec.template, shared),
    active: readList(status.active).length,
    lastScheduledAt: readTime(status.lastScheduleTime),
    lastSucceededAt: readTime(status.lastSuccessfulTime),
  };
}
