/** Longest time that all reflectors together work in one turn of the event loop. */
const BUDGET_MS = 10;

/**
 * Shares the event loop between reflectors and everybody else. All reflectors of a process use one, because
 * what stalls a viewer is the sum of what they do in one turn.
 */
export class EventLoopShare {
  readonly #waiting: Array<() => void> = [];
  #turnStartedAt = -Infinity;
  #scheduled = false;

  static create(): EventLoopShare {
    return new EventLoopShare();
  }

  private constructor() {}

  /** Whether the turn's budget is used up: then `await next()` before going on. */
  get spent(): boolean {
    return performance.now() - this.#turnStartedAt > BUDGET_MS;
  }

  /** Resolves in a later turn, one caller per turn. */
  next(): Promise<void> {
    return new Promise(resolve => {
      this.#waiting.push(resolve);
      this.#schedule();
    });
  }

  #schedule(): void {
    if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => {
        this.#scheduled = false;
        this.#turnStartedAt = performance.now();
        this.#waiting.shift()?.();
        if (this.#waiting.length > 0) {
          this.#schedule();
        }
      });
    }
  }
}
