import { Condition } from '../objects/Condition';
import { JobObject } from '../objects/JobObject';
import { PodObject } from '../objects/PodObject';
import { finishedAt } from '../release/newestJob';
import { Verdict } from '../status/Verdict';
import { Finding, Inspection, inspectionOf, verdictOf } from './Finding';
import { inspectPod } from './judgePod';
import { shorten } from './shorten';
import { workloadFinding } from './workloadFinding';

/** @public */
export interface JudgeJobOptions {
  job: JobObject;
  /** Its pods, where they are known: they tell why it failed. */
  pods?: readonly PodObject[];
  /** Milliseconds since the epoch. */
  now: number;
}

function holds(job: JobObject, type: string): Condition | undefined {
  return job.conditions.find(
    condition => condition.type === type && condition.status === 'True',
  );
}

function times(count: number): string {
  return count === 1 ? '1 pod failed' : `${count} pods failed`;
}

/** What the pod that failed last says. */
function lastFailure(
  pods: readonly PodObject[],
  now: number,
): string | undefined {
  const failed = pods
    .filter(({ phase, meta }) => phase === 'Failed' && !meta.deletedAt)
    .sort((a, b) => b.meta.createdAt - a.meta.createdAt)[0];
  return failed && inspectPod({ pod: failed, now }).findings[0]?.reason.message;
}

/** Why a Job failed, in words that name its image where a pod is left to tell. */
function failure(options: JudgeJobOptions & { condition: Condition }): Finding {
  const { job, pods = [], condition, now } = options;
  const why = lastFailure(pods, now) ?? condition.message;
  const count = job.failed > 0 ? ` (${times(job.failed)})` : '';
  return workloadFinding(job)({
    code: condition.reason ?? 'JobFailed',
    message: why ? `failed${count}: ${shorten(why)}` : `failed${count}`,
    status: 'degraded',
    since: condition.transitionedAt ?? finishedAt(job),
  });
}

/** What is found about a Job, its pods left aside but for why it failed. */
export function inspectJob(options: JudgeJobOptions): Inspection {
  const { job } = options;
  const { meta, active, succeeded, completions = 1 } = job;
  const finding = workloadFinding(job);
  const condition = holds(job, 'Failed');
  if (condition) {
    return inspectionOf({ findings: [failure({ ...options, condition })] });
  }
  if (holds(job, 'Complete')) {
    return inspectionOf({ findings: [], healthySince: finishedAt(job) });
  }
  if (meta.deletedAt !== undefined) {
    const since = meta.deletedAt || undefined;
    const message = 'it is being deleted';
    return inspectionOf({
      findings: [finding({ code: 'BeingDeleted', message, since })],
    });
  }
  const suspended = holds(job, 'Suspended');
  if (job.suspended) {
    return inspectionOf({
      findings: [
        finding({
          code: 'Suspended',
          message: 'it is suspended',
          status: 'suspended',
          since: suspended?.transitionedAt,
        }),
      ],
    });
  }
  const since = job.startedAt ?? (meta.createdAt || undefined);
  const done = `${succeeded} of ${completions} done`;
  if (active === 0 && succeeded === 0 && job.failed === 0) {
    return inspectionOf({
      findings: [
        finding({ code: 'JobStarting', message: 'it has no pod yet', since }),
      ],
    });
  }
  const why = lastFailure(options.pods ?? [], options.now);
  const failed =
    job.failed > 0
      ? `, ${times(job.failed)}${why ? `: ${shorten(why)}` : ''}`
      : '';
  return inspectionOf({
    findings: [
      finding({
        code: 'JobRunning',
        message: `it is running: ${done}${failed}`,
        since,
      }),
    ],
  });
}

/**
 * Koala's verdict on a Job: as Argo CD judges it.
 *
 * @public
 */
export function judgeJob(options: JudgeJobOptions): Verdict {
  return verdictOf(inspectJob(options));
}
