import { humanDuration } from './duration';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('humanDuration', () => {
  it.each([
    [0, '0s'],
    [-0.5, '0s'],
    [-5, '<invalid>'],
    [119, '119s'],
    [2 * MINUTE, '2m'],
    [3 * MINUTE + 20, '3m20s'],
    [10 * MINUTE + 20, '10m'],
    [179 * MINUTE, '179m'],
    [3 * HOUR, '3h'],
    [5 * HOUR + 7 * MINUTE, '5h7m'],
    [8 * HOUR + 7 * MINUTE, '8h'],
    [47 * HOUR, '47h'],
    [2 * DAY + 3 * HOUR, '2d3h'],
    [9 * DAY, '9d'],
    [3 * 365 * DAY + 35 * DAY, '3y35d'],
    [9 * 365 * DAY, '9y'],
  ])('%d s -> %s', (seconds, text) => {
    expect(humanDuration(seconds)).toBe(text);
  });
});
