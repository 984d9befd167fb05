import { CronJob } from '../../client';
import { Schedule } from '../../schedule/Schedule';

/** A little late, so that a clock that is a little behind does not come too early. */
const DELAY_MS = 100;

/** More missed starts than these are worth a warning. */
const MANY = 100;

interface Starts {
  /** What the last start is looked for after. */
  since: number;
  /** The last start that is due. */
  due?: number;
  missed: 'none' | 'few' | 'many';
}

/** Starts a second apart or less are none that a controller could keep. */
export class InvalidScheduleError extends Error {}

function starts(
  cronJob: CronJob,
  options: { schedule: Schedule; now: number; withDeadline: boolean },
): Starts {
  const { schedule, now, withDeadline } = options;
  const { metadata, spec, status } = cronJob;
  const { startingDeadlineSeconds: deadline } = spec;
  let since = Date.parse(
    status?.lastScheduleTime ?? metadata.creationTimestamp ?? '',
  );
  if (withDeadline && deadline !== undefined) {
    since = Math.max(since, now - deadline * 1_000);
  }
  const first = schedule.next(since);
  const second = first === undefined ? undefined : schedule.next(first);
  if (first === undefined || second === undefined) {
    throw new InvalidScheduleError(
      'time difference between two schedules is less than 1 second',
    );
  }
  if (now < first) {
    return { since, missed: 'none' };
  }
  if (now < second) {
    return { since, due: first, missed: 'none' };
  }
  const interval = second - first;
  const missed = Math.floor((now - first) / interval) + 1;
  // Back by one more than needed, as intervals may differ; from there the schedule itself counts.
  let due: number | undefined;
  let next = schedule.next(first + (missed - 2) * interval);
  while (next !== undefined && next <= now) {
    due = next;
    next = schedule.next(next);
  }
  return { since, due, missed: missed > MANY ? 'many' : 'few' };
}

/**
 * The last start that is due and not too late to begin with; `tooMany` where many before it were missed.
 *
 * @throws InvalidScheduleError where the schedule never comes.
 */
export function dueTime(
  cronJob: CronJob,
  options: { schedule: Schedule; now: number },
): { due?: number; tooMany: boolean } {
  const { due, missed } = starts(cronJob, { ...options, withDeadline: true });
  return { due, tooMany: due !== undefined && missed === 'many' };
}

/** Milliseconds until the next start; undefined where there is none. */
export function untilNextStart(
  cronJob: CronJob,
  options: { schedule: Schedule; now: number },
): number | undefined {
  const { schedule, now } = options;
  let from = now;
  try {
    const { since, due, missed } = starts(cronJob, {
      ...options,
      withDeadline: false,
    });
    from = due ?? (missed === 'none' ? since : now);
  } catch (error) {
    if (!(error instanceof InvalidScheduleError)) {
      throw error;
    }
  }
  const next = schedule.next(from);
  return next === undefined ? undefined : next + DELAY_MS - now;
}
