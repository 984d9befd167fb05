import { goTimeProblem } from './goTime';

it.each([
  '2026-01-31T08:00:00Z',
  '2026-01-31T08:00:00.123Z',
  '2024-02-29T23:59:59+02:00',
])('takes %s', text => {
  expect(goTimeProblem(text)).toBeUndefined();
});

it.each([
  ['soon', 'cannot parse "soon" as "2006"'],
  ['2026-01-31 08:00', 'cannot parse " 08:00" as "T"'],
  ['2026-01-31T08:00:00', 'cannot parse "" as "Z07:00"'],
  ['2026-00-31T08:00:00Z', 'month out of range'],
  ['2026-02-29T08:00:00Z', 'day out of range'],
  ['2026-01-31T08:60:00Z', 'minute out of range'],
  ['2026-01-31T08:00:00Z!', 'extra text: "!"'],
])('says what is wrong with %s', (text, problem) => {
  expect(goTimeProblem(text)).toContain(problem);
});
