import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from '../transport/Clock';
import { ClusterConnection } from './ClusterConnection';
import { ClusterSource } from './ClusterSource';

/** A source that takes longer has failed this time. */
const SOURCE_TIMEOUT_MS = 30_000;

/**
 * Asks the sources again and again which clusters there are. A source that fails keeps its last list, and says
 * so once.
 */
export class ClusterDirectory {
  readonly #sources: readonly AskedSource[];
  readonly #logger: LoggerService;
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #onClusters: (clusters: readonly ClusterConnection[]) => void;
  readonly #leave: Array<() => void> = [];
  #cancel = () => {};
  #asking = false;
  #askAgain = false;
  #stopped = false;

  static create(options: ClusterDirectoryOptions): ClusterDirectory {
    return new ClusterDirectory(options);
  }

  private constructor(options: ClusterDirectoryOptions) {
    this.#sources = options.sources.map(source => ({
      source,
      last: { clusters: [] },
    }));
    this.#logger = options.logger;
    this.#clock = options.clock;
    this.#intervalMs = options.intervalMs;
    this.#onClusters = options.onClusters;
  }

  start(): void {
    for (const { source } of this.#sources) {
      const leave = source.onChange?.(() => void this.#ask());
      if (leave) {
        this.#leave.push(leave);
      }
    }
    void this.#ask();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
    this.#leave.splice(0).forEach(leave => leave());
  }

  async #ask(): Promise<void> {
    if (this.#asking) {
      this.#askAgain = true;
      return;
    }
    this.#asking = true;
    this.#cancel();
    // Each source by itself: one that is slow does not hold up the clusters of another.
    await Promise.all(
      this.#sources.map(async entry => {
        if (await this.#askSource(entry)) {
          this.#publish();
        }
      }),
    );
    this.#asking = false;
    if (this.#stopped) {
      return;
    }
    if (this.#askAgain) {
      this.#askAgain = false;
      void this.#ask();
      return;
    }
    this.#cancel = this.#clock.after(this.#intervalMs, () => void this.#ask());
  }

  /** @returns whether the source could say */
  async #askSource(entry: AskedSource): Promise<boolean> {
    const { source, last } = entry;
    try {
      const clusters = await this.#bounded(source);
      if (clusters === undefined) {
        return false;
      }
      if (last.error !== undefined) {
        this.#logger.info(`Clusters of ${source.name} are known again`);
      }
      entry.last = { clusters };
      return true;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (last.error !== message) {
        this.#logger.warn(
          `The clusters of ${source.name} cannot be had, so Koala goes on with the ${last.clusters.length} it knows: ${message}`,
        );
      }
      entry.last = { ...last, error: message };
      return false;
    }
  }

  async #bounded(
    source: ClusterSource,
  ): Promise<readonly ClusterConnection[] | undefined> {
    let cancel = () => {};
    const timeout = new Promise<never>((_, reject) => {
      cancel = this.#clock.after(SOURCE_TIMEOUT_MS, () =>
        reject(new Error(`no answer within ${SOURCE_TIMEOUT_MS / 1000} s`)),
      );
    });
    try {
      return await Promise.race([source.clusters(), timeout]);
    } finally {
      cancel();
    }
  }

  #publish(): void {
    if (this.#stopped) {
      return;
    }
    const clusters = new Map<string, ClusterConnection>();
    for (const { last } of this.#sources) {
      for (const cluster of last.clusters) {
        if (!clusters.has(cluster.name)) {
          clusters.set(cluster.name, cluster);
        }
      }
    }
    this.#onClusters([...clusters.values()]);
  }
}

interface AskedSource {
  source: ClusterSource;
  last: { clusters: readonly ClusterConnection[]; error?: string };
}

interface ClusterDirectoryOptions {
  sources: readonly ClusterSource[];
  logger: LoggerService;
  clock: Clock;
  /** Between two looks. */
  intervalMs: number;
  /** Called with all clusters after each look. */
  onClusters: (clusters: readonly ClusterConnection[]) => void;
}
