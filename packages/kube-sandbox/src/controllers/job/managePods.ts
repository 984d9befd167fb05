import { Pod } from '../../client';
import { Expectations } from '../Expectations';
import { isReady } from '../pods';
import { podsToDelete } from '../replicaset/podsToDelete';
import { inSlowStartBatches } from '../slowStart';
import { Assessment } from './assess';
import { firstFree } from './indexes';
import {
  completionIndex,
  finishedAt,
  indexFailures,
  isIndexed,
  replacesOnlyFailed,
} from './jobPods';
import { newPod } from './newPod';
import { PodBackoff, remainingBackoff } from './podBackoff';
import { PodControl } from './PodControl';

/** Pods created or deleted in one pass at most. */
const BURST = 500;

/** What a pass changed. */
export interface Managed {
  active: number;
  ready: number;
  terminating: number;
  /** Milliseconds until pods may be made that have to wait for their backoff. */
  retryIn?: number;
  error?: unknown;
}

interface Options {
  key: string;
  assessment: Assessment;
  backoff: PodBackoff;
  expectations: Expectations;
  control: PodControl;
  now: number;
  speed: number;
}

/** Brings the number of running pods to what the Job asks for: in one pass it deletes or it creates. */
export async function managePods(options: Options): Promise<Managed> {
  const { assessment } = options;
  const { job, active } = assessment;
  const wanted = job.spec.suspend ? 0 : wantedPods(assessment);
  const surplus = surplusPods(
    assessment,
    Math.max(0, active.length - wanted),
  ).slice(0, BURST);
  if (job.spec.suspend || surplus.length > 0) {
    return deletePods(options, surplus);
  }
  const unsettled = replacesOnlyFailed(job) ? assessment.terminating : 0;
  const missing = wanted - unsettled - active.length;
  if (missing <= 0) {
    return unchanged(assessment);
  }
  return createPods(options, Math.min(missing, BURST));
}

/** Deletes pods of a Job that has ended; they are counted before they may go. */
export async function deleteActive(
  options: Options,
): Promise<Managed & { deleted: number }> {
  const { assessment, control } = options;
  const { active, job } = assessment;
  const results = await Promise.allSettled(
    active.map(pod => control.delete(job, pod)),
  );
  const failed = results.filter(({ status }) => status === 'rejected');
  const deleted = active.length - failed.length;
  return {
    deleted,
    active: active.length - deleted,
    ready: assessment.ready - active.filter(isReady).length,
    terminating: assessment.terminating + deleted,
    error: (failed[0] as PromiseRejectedResult | undefined)?.reason,
  };
}

function unchanged({ active, ready, terminating }: Assessment): Managed {
  return { active: active.length, ready, terminating };
}

function wantedPods({ job, active, succeeded }: Assessment): number {
  const { completions, parallelism = 1 } = job.spec;
  if (completions === undefined) {
    // One success of a work queue means that there is nothing left to take.
    return succeeded > 0 ? active.length : parallelism;
  }
  return Math.max(0, Math.min(parallelism, completions - succeeded));
}

/** Pods too many: of an Indexed Job those without an index or with one that another has, before others. */
function surplusPods({ job, active }: Assessment, atLeast: number): Pod[] {
  const ranked = podsToDelete({
    pods: active,
    count: active.length,
    siblings: [],
  });
  if (!isIndexed(job)) {
    return ranked.slice(0, atLeast);
  }
  const kept = new Map<number, Pod>();
  const surplus: Pod[] = [];
  for (const pod of [...ranked].reverse()) {
    const index = completionIndex(job, pod);
    if (index === undefined || kept.has(index)) {
      surplus.push(pod);
    } else {
      kept.set(index, pod);
    }
  }
  const others = ranked.filter(pod => !surplus.includes(pod));
  return [
    ...surplus,
    ...others.slice(0, Math.max(0, atLeast - surplus.length)),
  ];
}

async function deletePods(
  { key, assessment, expectations, control }: Options,
  pods: Pod[],
): Promise<Managed> {
  const { job } = assessment;
  expectations.expectDeletions(
    key,
    pods.map(({ metadata }) => metadata.uid ?? ''),
  );
  let error: unknown;
  let deleted = 0;
  await Promise.all(
    pods.map(async pod => {
      try {
        await control.untrack(pod);
        await control.delete(job, pod);
        deleted += 1;
      } catch (thrown) {
        expectations.deletionObserved(key, pod.metadata.uid);
        error = thrown;
      }
    }),
  );
  return {
    active: assessment.active.length - deleted,
    ready: assessment.ready - pods.filter(isReady).length,
    terminating: assessment.terminating + deleted,
    error,
  };
}

async function createPods(options: Options, missing: number): Promise<Managed> {
  const { key, assessment, expectations, control } = options;
  const { job, active } = assessment;
  const { pods, retryIn } = podsToCreate(options, missing);
  if (pods.length === 0) {
    return { ...unchanged(assessment), active: 0, retryIn };
  }
  const count = pods.length;
  expectations.expectCreations(key, count);
  const { done, error } = await inSlowStartBatches(count, () =>
    control.create(job, pods.shift() as Pod),
  );
  expectations.creationObserved(key, count - done);
  return { ...unchanged(assessment), active: active.length + done, error };
}

function podsToCreate(
  { assessment, backoff, now, speed }: Options,
  count: number,
): { pods: Pod[]; retryIn?: number } {
  const { job, indexes } = assessment;
  const perIndex = indexes?.failed !== undefined;
  const retryIn = perIndex ? 0 : remainingBackoff(backoff, { now, speed });
  if (retryIn > 0) {
    return { pods: [], retryIn };
  }
  if (!indexes) {
    return { pods: Array.from({ length: count }, () => newPod(job)) };
  }
  const free = freeIndexes(assessment, count);
  const waits = free.map(index => {
    const replaced = indexes.awaitingReplacement.get(index);
    return perIndex && replaced
      ? remainingBackoff(
          {
            failures: indexFailures(replaced, { all: true }) + 1,
            lastFailureAt: finishedAt(replaced),
          },
          { now, speed },
        )
      : 0;
  });
  const ready = free.filter((_, at) => waits[at] === 0);
  return ready.length > 0
    ? {
        pods: ready.map(index =>
          newPod(job, index, {
            replaced: indexes.awaitingReplacement.get(index),
          }),
        ),
      }
    : { pods: [], retryIn: Math.min(...waits) };
}

function freeIndexes(
  { job, pods, active, indexes }: Assessment,
  count: number,
): number[] {
  const indexesOf = (some: Pod[]) =>
    new Set(
      some
        .map(pod => completionIndex(job, pod))
        .filter(index => index !== undefined),
    );
  const going = replacesOnlyFailed(job)
    ? pods.filter(
        ({ metadata, status }) =>
          metadata.deletionTimestamp &&
          !/^(Succeeded|Failed)$/.test(status?.phase ?? ''),
      )
    : [];
  return firstFree({
    count,
    completions: job.spec.completions ?? 0,
    taken: [
      indexes?.succeeded ?? new Set(),
      indexes?.failed ?? new Set(),
      indexesOf(active),
      indexesOf(going),
    ],
  });
}
