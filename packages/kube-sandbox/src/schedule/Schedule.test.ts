import { isTimeZone, parseSchedule } from './Schedule';

function times(text: string, from: string, count = 3): string[] {
  const schedule = parseSchedule(text);
  const seen: string[] = [];
  let at = Date.parse(from);
  while (seen.length < count) {
    const next = schedule.next(at);
    if (next === undefined) {
      return [...seen, 'never'];
    }
    at = next;
    seen.push(new Date(at).toISOString().slice(0, 16));
  }
  return seen;
}

describe('parseSchedule', () => {
  it.each([
    [
      '* * * * *',
      '2026-01-01T00:00:30Z',
      ['2026-01-01T00:01', '2026-01-01T00:02', '2026-01-01T00:03'],
    ],
    [
      '5/20 * * * ?',
      '2026-01-01T00:05:00Z',
      ['2026-01-01T00:25', '2026-01-01T00:45', '2026-01-01T01:05'],
    ],
    [
      '30 6-16/4 * * MON-fri',
      '2026-01-02T12:00:00Z',
      ['2026-01-02T14:30', '2026-01-05T06:30', '2026-01-05T10:30'],
    ],
    // Either day counts where both are given; only one where the other is a star.
    [
      '0 0 13 * 5',
      '2026-01-01T00:00:00Z',
      ['2026-01-02T00:00', '2026-01-09T00:00', '2026-01-13T00:00'],
    ],
    [
      '0 0 29 2 *',
      '2026-01-01T00:00:00Z',
      ['2028-02-29T00:00', '2032-02-29T00:00', '2036-02-29T00:00'],
    ],
    ['59 23 31 2 *', '2026-01-01T00:00:00Z', ['never']],
    [
      '@monthly',
      '2026-01-01T00:00:00Z',
      ['2026-02-01T00:00', '2026-03-01T00:00', '2026-04-01T00:00'],
    ],
    [
      '@every 1h30m',
      '2026-01-01T00:10:00Z',
      ['2026-01-01T01:40', '2026-01-01T03:10', '2026-01-01T04:40'],
    ],
    [
      'TZ=Europe/Berlin 0 9 * * *',
      '2026-03-27T12:00:00Z',
      ['2026-03-28T08:00', '2026-03-29T07:00', '2026-03-30T07:00'],
    ],
    // The clocks skip this hour on one day of the year.
    [
      'CRON_TZ=Europe/Berlin 30 2 * * *',
      '2026-03-28T00:00:00Z',
      ['2026-03-28T01:30', '2026-03-30T00:30', '2026-03-31T00:30'],
    ],
  ])('%s', (text, from, expected) => {
    expect(times(text, from)).toEqual(expected);
  });

  it.each([
    ['', 'empty spec string'],
    ['* * * *', 'expected exactly 5 fields, found 4: [* * * *]'],
    ['60 * * * *', 'end of range (60) above maximum (59): 60'],
    ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
    ['* * * * 7', 'end of range (7) above maximum (6): 7'],
    ['5-1 * * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
    ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
    ['*/2/2 * * * *', 'too many slashes: */2/2'],
    [
      'x * * * *',
      'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax',
    ],
    ['@noon', 'unrecognized descriptor: @noon'],
    [
      '@every soon',
      'failed to parse duration @every soon: time: invalid duration "soon"',
    ],
    [
      'TZ=Mars/Base * * * * *',
      'provided bad location Mars/Base: unknown time zone Mars/Base',
    ],
  ])('refuses %j', (text, message) => {
    expect(() => parseSchedule(text)).toThrow(new Error(message));
  });

  it('knows time zones', () => {
    expect(['UTC', 'Europe/Berlin', 'Mars/Base'].map(isTimeZone)).toEqual([
      true,
      true,
      false,
    ]);
  });
});
