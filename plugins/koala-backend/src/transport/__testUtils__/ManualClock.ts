import { Clock } from '../Clock';

interface Timer {
  at: number;
  run: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  readonly #timers = new Set<Timer>();
  #now = Date.parse('2026-01-01T00:00:00Z');

  static create(): ManualClock {
    return new ManualClock();
  }

  private constructor() {}

  now(): number {
    return this.#now;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, delayMs), run };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** How long until each timer that is set, shortest first. */
  pending(): number[] {
    return [...this.#timers]
      .map(timer => timer.at - this.#now)
      .sort((a, b) => a - b);
  }

  /** Moves on, running the timers that come due, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#timers]
        .filter(timer => timer.at <= end)
        .sort((a, b) => a.at - b.at)[0];
      if (!due) {
        break;
      }
      this.#timers.delete(due);
      this.#now = due.at;
      due.run();
    }
    this.#now = end;
  }
}
