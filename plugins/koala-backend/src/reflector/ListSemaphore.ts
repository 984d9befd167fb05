import { Clock } from '../transport/Clock';
import { TransportError } from '../transport/TransportError';

interface Waiting {
  cluster: string;
  grant: () => void;
}

/**
 * Bounds how many lists run at once, in the process and per cluster. A list that takes long stops counting
 * after a while: a slow cluster must not hold up the others.
 */
export class ListSemaphore {
  readonly #limits: ListLimits;
  readonly #clock: Clock;
  readonly #held = new Map<string, number>();
  readonly #queue: Waiting[] = [];
  #total = 0;

  static create(options: {
    clock: Clock;
    limits?: Partial<ListLimits>;
  }): ListSemaphore {
    return new ListSemaphore(options);
  }

  private constructor(options: { clock: Clock; limits?: Partial<ListLimits> }) {
    this.#clock = options.clock;
    this.#limits = {
      perProcess: 12,
      perCluster: 4,
      maxHoldMs: 10_000,
      ...options.limits,
    };
  }

  /**
   * Waits for its turn.
   *
   * @returns a function that gives the turn back
   * @throws TransportError with code `aborted`
   */
  async acquire(cluster: string, signal: AbortSignal): Promise<() => void> {
    if (this.#free(cluster)) {
      this.#take(cluster);
    } else {
      await this.#wait(cluster, signal);
    }
    const turn = { cancel: () => {}, released: false };
    const release = () => {
      if (!turn.released) {
        turn.released = true;
        turn.cancel();
        this.#release(cluster);
      }
    };
    turn.cancel = this.#clock.after(this.#limits.maxHoldMs, release);
    return release;
  }

  #wait(cluster: string, signal: AbortSignal): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const waiting: Waiting = { cluster, grant: () => {} };
      const onAbort = () => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(
          new TransportError({
            code: 'aborted',
            message: 'The list was given up',
          }),
        );
      };
      waiting.grant = () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      this.#queue.push(waiting);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  #free(cluster: string): boolean {
    return (
      this.#total < this.#limits.perProcess &&
      (this.#held.get(cluster) ?? 0) < this.#limits.perCluster
    );
  }

  #take(cluster: string): void {
    this.#total += 1;
    this.#held.set(cluster, (this.#held.get(cluster) ?? 0) + 1);
  }

  #release(cluster: string): void {
    this.#total -= 1;
    const held = (this.#held.get(cluster) ?? 1) - 1;
    if (held === 0) {
      this.#held.delete(cluster);
    } else {
      this.#held.set(cluster, held);
    }
    const next = this.#queue.findIndex(waiting => this.#free(waiting.cluster));
    if (next !== -1) {
      const [waiting] = this.#queue.splice(next, 1);
      this.#take(waiting.cluster);
      waiting.grant();
    }
  }
}

interface ListLimits {
  perProcess: number;
  perCluster: number;
  maxHoldMs: number;
}
