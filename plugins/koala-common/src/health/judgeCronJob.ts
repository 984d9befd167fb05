import { CronJobObject } from '../objects/CronJobObject';
import { JobObject } from '../objects/JobObject';
import { PodObject } from '../objects/PodObject';
import { finishedAt, newestJob } from '../release/newestJob';
import { Verdict } from '../status/Verdict';
import { Finding, Inspection, inspectionOf, verdictOf } from './Finding';
import { inspectJob } from './judgeJob';
import { workloadFinding } from './workloadFinding';

/** @public */
export interface JudgeCronJobOptions {
  cronJob: CronJobObject;
  /** Those that it controls. */
  jobs: readonly JobObject[];
  /** Those that its Jobs control. */
  pods?: readonly PodObject[];
  /** Milliseconds since the epoch. */
  now: number;
}

/**
 * How a run of a CronJob ended, as far as that can be known.
 *
 * @public
 */
export interface LastRun {
  outcome: 'succeeded' | 'failed' | 'gone';
  /** When it ended, or was scheduled where that is all that is known; ms since the epoch. */
  at?: number;
  /** Absent where it is gone. */
  job?: JobObject;
}

/** The clocks of the API server and of the controller differ a little; runs are a minute apart. */
const MAX_SKEW_MS = 30_000;

/** Whether the run that was scheduled last is there, goes on, or has left its success behind. */
function isAccountedFor(
  { lastScheduledAt, lastSucceededAt = 0, active }: CronJobObject,
  jobs: readonly JobObject[],
): boolean {
  return (
    lastScheduledAt === undefined ||
    active > 0 ||
    lastSucceededAt >= lastScheduledAt ||
    jobs.some(({ meta }) => meta.createdAt + MAX_SKEW_MS >= lastScheduledAt)
  );
}

/**
 * The run of a CronJob that ended last. A Job that is gone (its TTL, the history limits) leaves its
 * success behind in the CronJob's status, and nothing of a failure.
 *
 * @public
 */
export function lastFinishedRun(
  cronJob: CronJobObject,
  jobs: readonly JobObject[],
): LastRun | undefined {
  const { lastSucceededAt, lastScheduledAt } = cronJob;
  if (!isAccountedFor(cronJob, jobs)) {
    return { outcome: 'gone', at: lastScheduledAt };
  }
  const last = jobs
    .flatMap(job => {
      const at = finishedAt(job);
      return at === undefined ? [] : [{ job, at }];
    })
    .sort((a, b) => b.at - a.at || (a.job.meta.name < b.job.meta.name ? 1 : -1))
    .at(0);
  if (lastSucceededAt !== undefined && lastSucceededAt > (last?.at ?? 0)) {
    return { outcome: 'succeeded', at: lastSucceededAt };
  }
  if (!last) {
    return undefined;
  }
  const failed = last.job.conditions.some(
    ({ type, status }) => type === 'Failed' && status === 'True',
  );
  return { outcome: failed ? 'failed' : 'succeeded', ...last };
}

function runFindings(options: JudgeCronJobOptions): Finding[] {
  const { cronJob, jobs, pods = [], now } = options;
  const finding = workloadFinding(cronJob);
  const run = lastFinishedRun(cronJob, jobs);
  switch (run?.outcome) {
    case 'succeeded':
      return run.job
        ? []
        : [
            finding({
              code: 'RunGone',
              message: 'its last run succeeded, and its Job is gone',
              status: 'healthy',
              since: run.at,
            }),
          ];
    case 'failed': {
      const job = run.job!;
      const own = pods.filter(
        ({ meta }) => meta.controller?.uid === job.meta.uid,
      );
      return inspectJob({ job, pods: own, now }).findings.map(found => ({
        ...found,
        reason: {
          ...found.reason,
          message: `its last run ${found.reason.message}`,
        },
      }));
    }
    case 'gone':
      return [
        finding({
          code: 'RunGone',
          message: 'its last run is gone and left no sign of success',
          status: 'unknown',
          since: run.at,
        }),
      ];
    default: {
      const first = newestJob(jobs);
      return first ? inspectJob({ job: first, now }).findings : [];
    }
  }
}

/** What is found about a CronJob, the pods of runs that go on left aside. */
export function inspectCronJob(options: JudgeCronJobOptions): Inspection {
  const { cronJob, jobs } = options;
  const { meta, suspended } = cronJob;
  const finding = workloadFinding(cronJob);
  if (meta.deletedAt !== undefined) {
    const since = meta.deletedAt || undefined;
    const message = 'it is being deleted';
    return inspectionOf({
      findings: [finding({ code: 'BeingDeleted', message, since })],
    });
  }
  if (suspended) {
    return inspectionOf({
      findings: [
        finding({
          code: 'Suspended',
          message: 'its schedule is suspended',
          status: 'suspended',
        }),
      ],
    });
  }
  return inspectionOf({
    findings: runFindings(options),
    healthySince:
      lastFinishedRun(cronJob, jobs)?.at ?? (meta.createdAt || undefined),
  });
}

/**
 * Koala's verdict on a CronJob: that on its last finished run. Older failed runs do not count, nor does
 * one that goes on, except the first.
 *
 * @public
 */
export function judgeCronJob(options: JudgeCronJobOptions): Verdict {
  return verdictOf(inspectCronJob(options));
}
