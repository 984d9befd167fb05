import { Job } from '../../client';
import { Assessment } from './assess';
import { decidedEnding, Ending } from './conditions';
import { failureVerdict } from './podFailurePolicy';
import { isPodFailed } from './jobPods';
import { successPolicyMet } from './successPolicy';

function failure(reason: string, message: string): Ending {
  return { type: 'FailureTarget', reason, message };
}

/** Milliseconds until a running Job is past its deadline; undefined where it has none. */
export function untilDeadline(
  { spec, status }: Job,
  options: { now: number; speed: number },
): number | undefined {
  if (
    spec.activeDeadlineSeconds === undefined ||
    !status?.startTime ||
    spec.suspend
  ) {
    return undefined;
  }
  const allowed = (spec.activeDeadlineSeconds * 1000) / options.speed;
  return Date.parse(status.startTime) + allowed - options.now;
}

/** Containers of pods that restart in place count against the limit as well. */
function hasRestartedTooOften({ job, pods }: Assessment): boolean {
  if (job.spec.template.spec.restartPolicy !== 'OnFailure') {
    return false;
  }
  const restarts = pods
    .filter(({ status }) => /^(Running|Pending)$/.test(status?.phase ?? ''))
    .flatMap(({ status }) => [
      ...(status?.initContainerStatuses ?? []),
      ...(status?.containerStatuses ?? []),
    ])
    .reduce((sum, { restartCount }) => sum + restartCount, 0);
  const { backoffLimit = 6 } = job.spec;
  return backoffLimit === 0 ? restarts > 0 : restarts >= backoffLimit;
}

function failedIndexes({ job, indexes }: Assessment): Ending | undefined {
  const { maxFailedIndexes, completions = 0 } = job.spec;
  const failed = indexes?.failed?.size ?? 0;
  if (maxFailedIndexes !== undefined && failed > maxFailedIndexes) {
    return failure(
      'MaxFailedIndexesExceeded',
      'Job has exceeded the specified maximal number of failed indexes',
    );
  }
  return failed > 0 && failed + (indexes?.succeeded.size ?? 0) >= completions
    ? failure('FailedIndexes', 'Job has failed indexes')
    : undefined;
}

/**
 * How the Job is bound to end, whatever its pods still do: what was decided before, then what makes it
 * fail, then its success policy. Undefined where it goes on.
 */
export function endingOf(
  assessment: Assessment,
  options: { now: number; speed: number },
): Ending | undefined {
  const { job, pods, failed, indexes } = assessment;
  const decided = decidedEnding(job);
  if (decided) {
    return decided;
  }
  const byPolicy = job.spec.podFailurePolicy
    ? pods
        .filter(pod => isPodFailed(job, pod))
        .map(pod => failureVerdict(job, pod).failsJob)
        .find(Boolean)
    : undefined;
  if (byPolicy) {
    return failure('PodFailurePolicy', byPolicy);
  }
  if (
    failed > (job.spec.backoffLimit ?? 6) ||
    hasRestartedTooOften(assessment)
  ) {
    return failure(
      'BackoffLimitExceeded',
      'Job has reached the specified backoff limit',
    );
  }
  const left = untilDeadline(job, options);
  if (left !== undefined && left <= 0) {
    return failure(
      'DeadlineExceeded',
      'Job was active longer than specified deadline',
    );
  }
  const message = indexes && successPolicyMet(job, indexes.succeeded);
  return (
    failedIndexes(assessment) ??
    (message !== undefined
      ? { type: 'SuccessCriteriaMet', reason: 'SuccessPolicy', message }
      : undefined)
  );
}

/** What a Job without a success policy ends with once enough pods succeeded. */
export function completion(
  { job, succeeded }: Assessment,
  active: number,
): Ending | undefined {
  const { completions } = job.spec;
  const isDone =
    completions === undefined ? succeeded > 0 : succeeded >= completions;
  return isDone && active === 0
    ? {
        type: 'SuccessCriteriaMet',
        reason: 'CompletionsReached',
        message: 'Reached expected number of succeeded pods',
      }
    : undefined;
}
