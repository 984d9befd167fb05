import { ManualClock } from '../../client/ManualClock';
import { LifeTime } from './LifeTime';

describe('LifeTime', () => {
  it('passes at its speed, and not while it is paused', async () => {
    const clock = new ManualClock();
    const time = new LifeTime(clock, { paused: false, speed: 1 });
    await clock.advance(1000);
    expect(time.now()).toBe(1000);
    time.change({ paused: false, speed: 10 });
    await clock.advance(1000);
    expect(time.now()).toBe(11_000);
    time.change({ paused: true, speed: 10 });
    await clock.advance(60_000);
    expect(time.now()).toBe(11_000);
    time.change({ paused: false, speed: 1 });
    await clock.advance(500);
    expect(time.now()).toBe(11_500);
  });

  it('says how long the clock takes to a moment of life', () => {
    const clock = new ManualClock();
    expect(new LifeTime(clock, { paused: false, speed: 4 }).until(2000)).toBe(
      500,
    );
    expect(new LifeTime(clock, { paused: false, speed: 1 }).until(-5)).toBe(0);
    expect(
      new LifeTime(clock, { paused: true, speed: 1 }).until(2000),
    ).toBeUndefined();
  });
});
