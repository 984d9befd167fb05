import { CronJob } from '../../client';
import { parseSchedule } from '../../schedule/Schedule';
import { dueTime, untilNextStart } from './dueTime';

const at = (time: string) => Date.parse(`2026-01-01T${time}Z`);

function cronJob(options: { last?: string; deadline?: number } = {}): CronJob {
  return {
    metadata: { creationTimestamp: '2026-01-01T00:00:30Z' },
    spec: {
      schedule: '',
      startingDeadlineSeconds: options.deadline,
      jobTemplate: { spec: { template: { spec: { containers: [] } } } },
    },
    status: options.last
      ? { lastScheduleTime: `2026-01-01T${options.last}Z` }
      : undefined,
  };
}

const due = (schedule: string, now: string, job = cronJob()) => {
  const found = dueTime(job, {
    schedule: parseSchedule(schedule),
    now: at(now),
  });
  return found.due && new Date(found.due).toISOString().slice(11, 19);
};

describe('dueTime', () => {
  it('is the last start since the creation or the last one', () => {
    expect(due('*/10 * * * *', '00:09:59')).toBeUndefined();
    expect(due('*/10 * * * *', '00:10:00')).toBe('00:10:00');
    expect(due('*/10 * * * *', '00:35:00')).toBe('00:30:00');
    const last = cronJob({ last: '00:30:00' });
    expect(due('*/10 * * * *', '00:35:00', last)).toBeUndefined();
    expect(due('@every 7m', '00:50:00', last)).toBe('00:44:00');
  });

  it('is not before the deadline', () => {
    const strict = cronJob({ deadline: 60 });
    expect(due('*/10 * * * *', '00:35:00', strict)).toBeUndefined();
    expect(due('*/10 * * * *', '00:30:50', strict)).toBe('00:30:00');
  });

  it('says where more than a hundred were missed', () => {
    const options = { schedule: parseSchedule('* * * * *') };
    const tooMany = (now: string) =>
      dueTime(cronJob(), { ...options, now: at(now) }).tooMany;
    expect(tooMany('01:30:00')).toBe(false);
    expect(tooMany('02:00:00')).toBe(true);
  });

  it('never comes on the 31st of February', () => {
    expect(() => due('59 23 31 2 *', '00:10:00')).toThrow(/less than 1 second/);
    const schedule = parseSchedule('59 23 31 2 *');
    expect(
      untilNextStart(cronJob(), { schedule, now: at('00:10:00') }),
    ).toBeUndefined();
  });
});

describe('untilNextStart', () => {
  it('is a little after the next start', () => {
    const wait = (now: string, job = cronJob()) =>
      untilNextStart(job, {
        schedule: parseSchedule('*/10 * * * *'),
        now: at(now),
      });
    expect(wait('00:05:00')).toBe(5 * 60_000 + 100);
    expect(wait('00:10:00')).toBe(10 * 60_000 + 100);
    expect(wait('00:34:00', cronJob({ last: '00:30:00' }))).toBe(
      6 * 60_000 + 100,
    );
  });
});
