import { CronTime } from 'cron';

/** A question mark is a star in Kubernetes, and some write seconds where it knows none. */
function readable(schedule: string): string | undefined {
  const text = schedule.trim();
  if (text.startsWith('@')) return text;
  const fields = text.split(/\s+/);
  return fields.length === 5
    ? fields.map(field => (field === '?' ? '*' : field)).join(' ')
    : undefined;
}

const EVERY = /^@every\s+((?:\d+(?:\.\d+)?(?:ms|s|m|h))+)$/;
const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

function intervalOf(schedule: string): number | undefined {
  const every = EVERY.exec(schedule.trim());
  if (!every) return undefined;
  let interval = 0;
  for (const [, amount, unit] of every[1].matchAll(/([\d.]+)(ms|s|m|h)/g)) {
    interval += Number(amount) * UNITS[unit];
  }
  return interval > 0 ? interval : undefined;
}

/**
 * When a schedule is due next, in ms since the epoch; undefined where it cannot be read or never comes.
 * A schedule without a time zone is read in UTC, as the controllers of most clusters do.
 */
export function nextRunAt(options: {
  schedule: string;
  timeZone?: string;
  /** What an interval is counted from. */
  lastScheduledAt?: number;
  now: number;
}): number | undefined {
  const { schedule, timeZone = 'UTC', lastScheduledAt, now } = options;
  const interval = intervalOf(schedule);
  if (interval !== undefined) {
    return lastScheduledAt === undefined
      ? undefined
      : Math.max(lastScheduledAt + interval, now);
  }
  const text = readable(schedule);
  if (text === undefined) return undefined;
  try {
    return new CronTime(text, timeZone)
      .getNextDateFrom(new Date(now), timeZone)
      .toMillis();
  } catch {
    return undefined;
  }
}
