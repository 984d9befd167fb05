import { ReflectorStats } from './ReflectorStats';

type Counted = Pick<
  ReflectorStats,
  'lists' | 'watches' | 'events' | 'bookmarks' | 'failures' | 'bytes'
>;

/** Counts what a reflector does. */
export class ReflectorCounters {
  readonly #counts: Counted = {
    lists: 0,
    watches: 0,
    events: 0,
    bookmarks: 0,
    failures: 0,
    bytes: 0,
  };
  #lastListAt: number | undefined;
  #lastEventAt: number | undefined;
  #lastFailure: string | undefined;

  static create(): ReflectorCounters {
    return new ReflectorCounters();
  }

  private constructor() {}

  get lists(): number {
    return this.#counts.lists;
  }

  list(now: number): void {
    this.#counts.lists += 1;
    this.#lastListAt = now;
  }

  watch(): void {
    this.#counts.watches += 1;
  }

  event(now: number): void {
    this.#counts.events += 1;
    this.#lastEventAt = now;
  }

  bookmark(): void {
    this.#counts.bookmarks += 1;
  }

  failure(message: string): void {
    this.#counts.failures += 1;
    this.#lastFailure = message;
  }

  bytes(bytes: number): void {
    this.#counts.bytes += bytes;
  }

  snapshot(): Counted &
    Pick<ReflectorStats, 'lastListAt' | 'lastEventAt' | 'lastFailure'> {
    return {
      ...this.#counts,
      lastListAt: this.#lastListAt,
      lastEventAt: this.#lastEventAt,
      lastFailure: this.#lastFailure,
    };
  }
}
