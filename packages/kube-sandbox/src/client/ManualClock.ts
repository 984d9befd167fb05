import { Clock, TimerHandle } from './Clock';

interface Timer {
  due: number;
  callback: () => void;
}

/**
 * A clock that stands still until it is told to move: for tests.
 *
 * @public
 */
export class ManualClock implements Clock {
  private timers: Timer[] = [];

  constructor(private time = Date.parse('2026-01-01T00:00:00Z')) {}

  now(): number {
    return this.time;
  }

  setTimeout(callback: () => void, ms: number): TimerHandle {
    const timer = { due: this.time + ms, callback };
    this.timers.push(timer);
    return timer;
  }

  clearTimeout(handle: TimerHandle): void {
    this.timers = this.timers.filter(timer => timer !== handle);
  }

  /** Fires what is due on the way, in order, and lets promises settle after each. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      await new Promise(resolve => setImmediate(resolve));
      const [next] = this.timers
        .filter(({ due }) => due <= end)
        .sort((a, b) => a.due - b.due);
      if (!next) {
        break;
      }
      this.timers = this.timers.filter(timer => timer !== next);
      this.time = Math.max(this.time, next.due);
      next.callback();
    }
    this.time = end;
  }
}
