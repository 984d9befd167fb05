import { ApiError, isConflict, isNamespaceTerminating } from './ApiError';
import { Backoff } from './Backoff';
import { Clock, TimerHandle } from './Clock';
import { Logger } from './Logger';

/** @public */
export interface WorkQueueOptions {
  /** For messages: `deployment-controller`. */
  name: string;
  /** Brings the object of this key closer to what it should be. Throwing means: try again later. */
  sync(key: string): Promise<void>;
  clock: Clock;
  logger: Logger;
  /** Keys worked on at once; one key is never worked on twice at the same time. */
  concurrency?: number;
}

/** Longer timers fire at once; waking too early does no harm. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * The heart of a controller: keys to look at, each once however often it was added, with a growing
 * pause after a failure.
 *
 * @public
 */
export class WorkQueue {
  /** Waiting for a worker, in order. */
  private readonly waiting = new Set<string>();
  private readonly working = new Set<string>();
  private readonly timers = new Map<
    string,
    { due: number; handle: TimerHandle }
  >();
  private readonly backoffs = new Map<string, Backoff>();
  private running = false;

  constructor(private readonly options: WorkQueueOptions) {}

  /** Starts the workers: call it when the caches that `sync` reads are complete. */
  start(): void {
    this.running = true;
    this.dispatch();
  }

  stop(): void {
    this.running = false;
    this.waiting.clear();
    this.timers.forEach(({ handle }) =>
      this.options.clock.clearTimeout(handle),
    );
    this.timers.clear();
  }

  add(key: string): void {
    this.waiting.add(key);
    this.dispatch();
  }

  /** Of several delays of one key the shortest counts. */
  addAfter(key: string, ms: number): void {
    const { clock } = this.options;
    const delay = Math.min(ms, MAX_TIMER_MS);
    const due = clock.now() + delay;
    const pending = this.timers.get(key);
    if (pending && pending.due <= due) {
      return;
    }
    clock.clearTimeout(pending?.handle);
    const handle = clock.setTimeout(() => {
      this.timers.delete(key);
      this.add(key);
    }, delay);
    this.timers.set(key, { due, handle });
  }

  private dispatch(): void {
    const { concurrency = 4 } = this.options;
    for (const key of this.waiting) {
      if (!this.running || this.working.size >= concurrency) {
        return;
      }
      if (!this.working.has(key)) {
        this.waiting.delete(key);
        this.working.add(key);
        void this.work(key);
      }
    }
  }

  private async work(key: string): Promise<void> {
    try {
      await this.options.sync(key);
      this.backoffs.delete(key);
    } catch (error) {
      this.retry(key, error);
    }
    this.working.delete(key);
    this.dispatch();
  }

  private retry(key: string, error: unknown): void {
    if (!this.running) {
      return;
    }
    const { name, logger } = this.options;
    // The cache was a moment behind, or the object or its whole namespace goes: daily business.
    if (
      !isConflict(error) &&
      !ApiError.is(error, 404) &&
      !isNamespaceTerminating(error)
    ) {
      const message = error instanceof Error ? error.message : String(error);
      logger.warn(`${name}: ${key}: ${message}`);
    }
    const backoff =
      this.backoffs.get(key) ?? new Backoff({ initialMs: 10, maxMs: 30_000 });
    this.backoffs.set(key, backoff);
    this.addAfter(key, backoff.next());
  }
}
