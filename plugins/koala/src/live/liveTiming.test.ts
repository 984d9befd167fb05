import { backoffPause } from './liveTiming';

describe('backoffPause', () => {
  it.each([
    [0, 0, 250],
    [0, 1, 500],
    [3, 1, 4000],
    [20, 1, 30_000],
    [20, 0, 15_000],
  ])('attempt %d with random %d pauses %d ms', (attempt, random, pause) => {
    expect(backoffPause({ attempt, random })).toBe(pause);
  });
});
