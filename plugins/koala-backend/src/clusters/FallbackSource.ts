import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from '../transport/Clock';
import { ClusterConnection } from './ClusterConnection';
import { ClusterSource } from './ClusterSource';

/**
 * Asks a second source where the first cannot say. Plugins start in any order, so the first one gets a moment;
 * as soon as it can say, it is the only one asked.
 */
export class FallbackSource implements ClusterSource {
  readonly #first: ClusterSource;
  readonly #second: ClusterSource;
  readonly #clock: Clock;
  readonly #graceMs: number;
  readonly #createdAt: number;
  readonly #logger: LoggerService;
  #told = false;

  static create(options: FallbackSourceOptions): FallbackSource {
    return new FallbackSource(options);
  }

  private constructor(options: FallbackSourceOptions) {
    this.#first = options.first;
    this.#second = options.second;
    this.#clock = options.clock;
    this.#graceMs = options.graceMs ?? 5_000;
    this.#createdAt = options.clock.now();
    this.#logger = options.logger;
  }

  get name(): string {
    return this.#first.name;
  }

  async clusters(): Promise<readonly ClusterConnection[] | undefined> {
    const clusters = await this.#first.clusters();
    if (clusters) {
      return clusters;
    }
    if (this.#clock.now() - this.#createdAt < this.#graceMs) {
      return undefined;
    }
    if (!this.#told) {
      this.#told = true;
      this.#logger.info(
        `${this.#first.name} offers no clusters here, so Koala takes those of ${
          this.#second.name
        }`,
      );
    }
    return this.#second.clusters();
  }

  onChange(listener: () => void): () => void {
    const leave = this.#first.onChange?.(listener);
    const cancel = this.#clock.after(this.#graceMs, listener);
    return () => {
      leave?.();
      cancel();
    };
  }
}

interface FallbackSourceOptions {
  first: ClusterSource;
  second: ClusterSource;
  clock: Clock;
  logger: LoggerService;
  /** How long the first source may stay silent; default 5 s. */
  graceMs?: number;
}
