import { DateTime, IANAZone } from 'luxon';
import { parseGoDuration } from './duration';
import { Bounds, Field, parseField } from './parseField';

/** When something recurs. */
export interface Schedule {
  /** The first time after `time`, both in ms since the epoch; undefined where there is none in five years. */
  next(time: number): number | undefined;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DAYS = 'sun mon tue wed thu fri sat'.split(' ');

const FIELDS: readonly Bounds[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  {
    min: 1,
    max: 12,
    names: Object.fromEntries(MONTHS.map((name, index) => [name, index + 1])),
  },
  {
    min: 0,
    max: 6,
    names: Object.fromEntries(DAYS.map((name, index) => [name, index])),
  },
];

const DESCRIPTORS: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const EVERY = '@every ';
const YEARS = 5;

/** Whether the name is one of the IANA time zone database. */
export function isTimeZone(name: string): boolean {
  return IANAZone.isValidZone(name);
}

class FieldSchedule implements Schedule {
  constructor(
    private readonly fields: Field[],
    private readonly zone: string,
  ) {}

  next(time: number): number | undefined {
    let at = DateTime.fromMillis(time - (time % 1_000) + 1_000, {
      zone: this.zone,
    });
    if (at.second > 0) {
      at = at.startOf('minute').plus({ minutes: 1 });
    }
    const last = at.year + YEARS;
    const [minutes, hours, , months] = this.fields.map(({ values }) => values);
    while (at.year <= last) {
      if (!months.has(at.month)) {
        at = at.startOf('month').plus({ months: 1 });
      } else if (!this.isDay(at)) {
        at = at.startOf('day').plus({ days: 1 });
      } else if (!hours.has(at.hour)) {
        // An hour of real time, so that hours which a change of clocks repeats or skips are seen.
        at = at.startOf('hour').plus({ hours: 1 });
      } else if (!minutes.has(at.minute)) {
        at = at.startOf('minute').plus({ minutes: 1 });
      } else {
        return at.toMillis();
      }
    }
    return undefined;
  }

  /** Where both the day of the month and the weekday are given, either will do. */
  private isDay(at: DateTime): boolean {
    const [, , dayOfMonth, , weekday] = this.fields;
    const byMonth = dayOfMonth.values.has(at.day);
    const byWeek = weekday.values.has(at.weekday % 7);
    return dayOfMonth.isStar || weekday.isStar
      ? byMonth && byWeek
      : byMonth || byWeek;
  }
}

/**
 * Reads a schedule as Kubernetes does: five fields, `@daily` and its like, `@every 1h30m`, and, before
 * either, `TZ=<zone>` or `CRON_TZ=<zone>`. It is not left to a library for cron, as each accepts something
 * else, and a CronJob that the real API server refuses has to be refused in the same words.
 *
 * @throws Error in the words of the real API server.
 */
export function parseSchedule(text: string, zone = 'UTC'): Schedule {
  const zoned = /^(?:CRON_)?TZ=(\S*)\s+(.*)$/.exec(text);
  if (zoned) {
    if (!isTimeZone(zoned[1])) {
      throw new Error(
        `provided bad location ${zoned[1]}: unknown time zone ${zoned[1]}`,
      );
    }
    return parseSchedule(zoned[2], zoned[1]);
  }
  if (text === '') {
    throw new Error('empty spec string');
  }
  if (text.startsWith(EVERY)) {
    return parseEvery(text.slice(EVERY.length));
  }
  const spec = DESCRIPTORS[text] ?? text;
  if (spec.startsWith('@')) {
    throw new Error(`unrecognized descriptor: ${text}`);
  }
  const fields = spec.split(/\s+/).filter(Boolean);
  if (fields.length !== FIELDS.length) {
    throw new Error(
      `expected exactly ${FIELDS.length} fields, found ${
        fields.length
      }: [${fields.join(' ')}]`,
    );
  }
  return new FieldSchedule(
    fields.map((field, index) => parseField(field, FIELDS[index])),
    zone,
  );
}

function parseEvery(text: string): Schedule {
  const duration = parseGoDuration(text);
  if (duration === undefined) {
    throw new Error(
      `failed to parse duration ${EVERY}${text}: time: invalid duration ${JSON.stringify(
        text,
      )}`,
    );
  }
  const delay = Math.max(1_000, duration - (duration % 1_000));
  return { next: time => time - (time % 1_000) + delay };
}
