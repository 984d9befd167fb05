/**
 * One clock for every age on the screen. It ticks once a second while somebody listens; `now()` stands
 * still between ticks, so that all ages of one render agree.
 */
export class Ticker {
  readonly #listeners = new Set<() => void>();
  #now: number;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly clock: () => number = Date.now) {
    this.#now = clock();
  }

  /** Milliseconds since the epoch at the last tick. */
  readonly now = (): number => {
    if (!this.#timer) {
      // Nobody has kept it going: a first render must not show the age of long ago. Rounded down to the
      // second, so that two reads in one render give the same answer.
      const second = Math.floor(this.clock() / 1000) * 1000;
      if (second > this.#now) {
        this.#now = second;
      }
    }
    return this.#now;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => {
      this.#now = this.clock();
      this.#listeners.forEach(tick => tick());
    }, 1000);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        clearInterval(this.#timer);
        this.#timer = undefined;
      }
    };
  };
}

/** The clock that all screens share. */
export const ticker = new Ticker();
