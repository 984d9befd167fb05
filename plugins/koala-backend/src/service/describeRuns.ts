import {
  CronJobObject,
  JobObject,
  JobRunDetail,
  lastFinishedRun,
  ScheduleDetail,
} from '@koala-ops/backstage-plugin-koala-common';
import { nextRunAt } from './nextRunAt';

/** A Job as a run. */
export function describeRun(job: JobObject): JobRunDetail {
  const { succeeded, completions = 1, active, failed, backoffLimit } = job;
  const ended = job.conditions.find(
    ({ type, status }) =>
      status === 'True' && (type === 'Complete' || type === 'Failed'),
  );
  return {
    state: stateOf(job, ended?.type),
    startedAt: job.startedAt,
    finishedAt: ended && (job.completedAt ?? ended.transitionedAt),
    succeeded,
    completions,
    active,
    failed,
    backoffLimit,
  };
}

function stateOf(job: JobObject, ended?: string): JobRunDetail['state'] {
  if (ended) return ended === 'Failed' ? 'failed' : 'succeeded';
  if (job.suspended) return 'suspended';
  return job.active + job.succeeded + job.failed === 0 ? 'starting' : 'running';
}

/** When a CronJob runs, and how it went last. */
export function describeSchedule(options: {
  cronJob: CronJobObject;
  jobs: readonly JobObject[];
  now: number;
}): ScheduleDetail {
  const { cronJob, jobs, now } = options;
  const { schedule, timeZone, suspended, lastScheduledAt, active } = cronJob;
  const last = lastFinishedRun(cronJob, jobs);
  return {
    schedule,
    timeZone,
    suspended,
    nextRunAt: suspended
      ? undefined
      : nextRunAt({ schedule, timeZone, lastScheduledAt, now }),
    lastScheduledAt,
    lastRun: last && {
      outcome: last.outcome,
      at: last.at,
      job: last.job?.meta.name,
    },
    active,
  };
}
