import { nextRunAt } from './nextRunAt';

const now = Date.parse('2026-01-15T10:02:00Z');

describe('nextRunAt', () => {
  it.each([
    ['*/5 * * * *', undefined, '2026-01-15T10:05:00.000Z'],
    ['0 3 * * 1-5', undefined, '2026-01-16T03:00:00.000Z'],
    ['0 3 * * *', 'Europe/Berlin', '2026-01-16T02:00:00.000Z'],
    ['30 6 * * MON', undefined, '2026-01-19T06:30:00.000Z'],
    ['0 0 ? * *', undefined, '2026-01-16T00:00:00.000Z'],
    ['0 0 13 * 5', undefined, '2026-01-16T00:00:00.000Z'],
    ['@hourly', undefined, '2026-01-15T11:00:00.000Z'],
    ['@every 1h30m', undefined, '2026-01-15T11:30:00.000Z'],
    ['0 0 31 2 *', undefined, undefined],
    ['* * * * * *', undefined, undefined],
    ['@sometimes', undefined, undefined],
    ['not a schedule', undefined, undefined],
    ['', undefined, undefined],
    ['0 3 * * *', 'Nowhere/Land', undefined],
  ])('%s in %s is due next at %s', (schedule, timeZone, expected) => {
    const due = nextRunAt({
      schedule,
      timeZone,
      lastScheduledAt: Date.parse('2026-01-15T10:00:00Z'),
      now,
    });
    expect(due && new Date(due).toISOString()).toBe(expected);
  });
});
