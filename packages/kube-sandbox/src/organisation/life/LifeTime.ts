import { Clock } from '../../client';
import { Pace } from './pace';

/** Tells how much life has passed since it began, whatever the pace was on the way. */
export class LifeTime {
  private lived = 0;
  private since: number;

  constructor(private readonly clock: Clock, private pace: Pace) {
    this.since = clock.now();
  }

  /** Milliseconds of life since it began. */
  now(): number {
    const { paused, speed } = this.pace;
    const passed = paused ? 0 : (this.clock.now() - this.since) * speed;
    return this.lived + passed;
  }

  change(pace: Pace): void {
    this.lived = this.now();
    this.since = this.clock.now();
    this.pace = pace;
  }

  /** Milliseconds of the clock until a moment of life; undefined while it is paused. */
  until(at: number): number | undefined {
    const { paused, speed } = this.pace;
    return paused ? undefined : Math.max(0, (at - this.now()) / speed);
  }
}
