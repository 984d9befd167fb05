import { ApiClient, Job, JobStatus, Pod, resources } from '../../client';
import { Assessment, uncountedOf } from './assess';
import { Ending, conditionOf, withCondition } from './conditions';
import { collectFinished } from './collectFinished';
import { isTracked } from './jobPods';
import { PodControl } from './PodControl';

interface Options {
  assessment: Assessment;
  /** How the Job is bound to end, once all its pods are counted. */
  ending?: Ending;
  needsWrite: boolean;
  client: ApiClient;
  control: PodControl;
  /** Pods whose finalizer is being taken off, until the cache shows it. */
  untracking: Set<string>;
  /** The status with newly finished pods was written. */
  onFlushed(): void;
  now(): number;
}

/**
 * Counts finished pods, each exactly once, whatever crashes in between: their uids go into the status,
 * then their finalizers go, then they become numbers. Once none is left, the Job may end. Resolves to
 * what it ended with.
 */
export async function trackPods(
  options: Options,
): Promise<{ job: Job; ended?: Ending }> {
  const { assessment, ending, client, now } = options;
  const tracked = new Set(
    assessment.pods
      .filter(pod => isTracked(pod) && !isUntracked(assessment, pod))
      .map(uidOf),
  );
  let { job } = assessment;
  let needsWrite = countUntracked(job, tracked) || options.needsWrite;
  const collected = collectFinished(assessment, ending);
  needsWrite = collected.changed || needsWrite;
  needsWrite = addInterimCondition(job, ending, now()) || needsWrite;
  if (needsWrite) {
    job = await write(client, job);
    options.onFlushed();
  }

  const removal = await removeFinalizers(options, collected.done);
  removal.removed.forEach(uid => tracked.delete(uid));
  needsWrite = countUntracked(job, tracked);
  if (removal.error) {
    if (needsWrite) {
      await write(client, job);
    }
    throw removal.error;
  }
  const ended = collected.complete
    ? end({ job, ending, terminating: assessment.terminating, now: now() })
    : undefined;
  if (needsWrite || ended) {
    job = await write(client, job);
  }
  return { job, ended };
}

function uidOf({ metadata }: Pod): string {
  return metadata.uid ?? '';
}

function isUntracked({ untracked }: Assessment, pod: Pod): boolean {
  return untracked.has(uidOf(pod));
}

async function write(client: ApiClient, job: Job): Promise<Job> {
  const { status = {} } = job;
  const { succeeded = [], failed = [] } = status.uncountedTerminatedPods ?? {};
  const written = await client.updateStatus(resources.jobs, {
    ...job,
    status: {
      ...status,
      active: status.active || undefined,
      succeeded: status.succeeded || undefined,
      failed: status.failed || undefined,
      completedIndexes: status.completedIndexes || undefined,
      uncountedTerminatedPods: {
        ...(succeeded.length > 0 && { succeeded }),
        ...(failed.length > 0 && { failed }),
      },
    },
  });
  return { ...written, status: { ...written.status } };
}

/** Turns uids whose pods have lost the finalizer into numbers. */
function countUntracked(job: Job, tracked: ReadonlySet<string>): boolean {
  const status = job.status as JobStatus;
  let changed = false;
  for (const list of ['succeeded', 'failed'] as const) {
    const uids = uncountedOf(job, list);
    const rest = uids.filter(uid => tracked.has(uid));
    if (rest.length !== uids.length) {
      changed = true;
      status[list] = (status[list] ?? 0) + uids.length - rest.length;
      status.uncountedTerminatedPods = {
        ...status.uncountedTerminatedPods,
        [list]: rest,
      };
    }
  }
  return changed;
}

function addInterimCondition(
  job: Job,
  ending: Ending | undefined,
  now: number,
): boolean {
  if (!ending || conditionOf(job, ending.type)?.status === 'True') {
    return false;
  }
  setCondition(job, ending, now);
  return true;
}

function setCondition(
  job: Job,
  { type, reason, message }: Ending,
  now: number,
) {
  const status = job.status as JobStatus;
  status.conditions = withCondition(
    status.conditions ?? [],
    { type, status: 'True', reason, message },
    now,
  ).conditions;
}

async function removeFinalizers(
  { control, untracking }: Options,
  pods: Pod[],
): Promise<{ removed: string[]; error?: unknown }> {
  const removed: string[] = [];
  let error: unknown;
  await Promise.all(
    pods.map(async pod => {
      const uid = uidOf(pod);
      untracking.add(uid);
      try {
        await control.untrack(pod);
        removed.push(uid);
      } catch (thrown) {
        untracking.delete(uid);
        error = thrown;
      }
    }),
  );
  return { removed, error };
}

/** The last condition, once every pod is counted and none is terminating. */
function end(options: {
  job: Job;
  ending?: Ending;
  terminating: number;
  now: number;
}): Ending | undefined {
  const { job, ending, terminating, now } = options;
  const uncounted =
    uncountedOf(job, 'succeeded').length + uncountedOf(job, 'failed').length;
  if (!ending || uncounted > 0 || terminating > 0) {
    return undefined;
  }
  const last: Ending = {
    ...ending,
    type: ending.type === 'SuccessCriteriaMet' ? 'Complete' : 'Failed',
  };
  setCondition(job, last, now);
  const status = job.status as JobStatus;
  if (last.type === 'Complete') {
    status.completionTime = conditionOf(job, 'Complete')?.lastTransitionTime;
  }
  return last;
}
