import { JobObject } from '../objects/JobObject';
import { projectConditions } from './projectConditions';
import { projectMeta } from './projectMeta';
import { projectTemplate } from './projectTemplate';
import { RawObject, readCount, readObject, readTime } from './rawFields';
import { SharedValues } from './SharedValues';

/** What the API server writes where the field is absent. */
const DEFAULT_BACKOFF_LIMIT = 6;

export function projectJob(raw: RawObject, shared: SharedValues): JobObject {
  const meta = projectMeta({ kind: 'Job', raw, shared });
  const spec = readObject(raw.spec);
  const status = readObject(raw.status);
  return {
    kind: 'Job',
    meta,
    suspended: spec.suspend === true,
    parallelism: readCount(spec.parallelism) ?? 1,
    completions: readCount(spec.completions),
    backoffLimit: readCount(spec.backoffLimit) ?? DEFAULT_BACKOFF_LIMIT,
    ttlSeconds: readCount(spec.ttlSecondsAfterFinished),
    template: projectTemplate(spec.template, shared),
    active: readCount(status.active) ?? 0,
    ready: readCount(status.ready) ?? 0,
    succeeded: readCount(status.succeeded) ?? 0,
    failed: readCount(status.failed) ?? 0,
    startedAt: readTime(status.startTime),
    completedAt: readTime(status.completionTime),
    conditions: projectConditions(status.conditions, shared),
  };
}
