/** At most one request in this time, however often the live matrix changes. */
const PAUSE_MS = 1_000;
/** What failed is tried again by itself. */
const RETRY_MS = 5_000;

/**
 * Reads something again and again, one request after the other: changes that come while one is under
 * way, or soon after it, cost one more together.
 */
export class Follower<T> {
  readonly #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reading = false;
  #asked = false;

  static start<T>(options: {
    read: (options: { signal: AbortSignal }) => Promise<T>;
    onAnswer: (answer: T) => void;
    onError: (error: Error) => void;
  }): Follower<T> {
    const follower = new Follower(options);
    follower.#read();
    return follower;
  }

  private constructor(
    private readonly options: Parameters<typeof Follower.start<T>>[0],
  ) {}

  /** What was read may be out of date. */
  refresh(): void {
    if (this.#reading) {
      this.#asked = true;
    } else {
      this.#schedule(PAUSE_MS);
    }
  }

  /** Reads at once. */
  retry(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#reading) {
      this.#read();
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#controller.abort();
  }

  #schedule(pause: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#read();
    }, pause);
  }

  async #read(): Promise<void> {
    const { signal } = this.#controller;
    this.#reading = true;
    this.#asked = false;
    let failed = false;
    try {
      const answer = await this.options.read({ signal });
      if (!signal.aborted) this.options.onAnswer(answer);
    } catch (error) {
      failed = true;
      if (!signal.aborted) this.options.onError(error as Error);
    }
    this.#reading = false;
    if (signal.aborted) return;
    if (failed) this.#schedule(RETRY_MS);
    else if (this.#asked) this.#schedule(PAUSE_MS);
  }
}
