import { setTimeout as sleep } from 'node:timers/promises';
import { BenchCluster } from '../clusters/BenchCluster';
import { ClusterClient } from '../clusters/ClusterClient';
import { requestTotal } from '../clusters/requestTotal';

/** A count of requests, and when it was taken. */
export interface CountReading {
  requests: number;
  at: number;
}

/** Counts the requests that the API servers answer, by their own count. */
export class RequestCounter {
  readonly #clients: ClusterClient[];
  #readings = 0;

  static open(clusters: readonly BenchCluster[]): RequestCounter {
    return new RequestCounter(clusters.map(ClusterClient.connect));
  }

  private constructor(clients: ClusterClient[]) {
    this.#clients = clients;
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map(client => client.close()));
  }

  /** Of all clusters together; without the requests of the readings themselves. */
  async read(): Promise<CountReading> {
    const totals = await Promise.all(
      this.#clients.map(async client =>
        requestTotal(await client.getText('/metrics')),
      ),
    );
    // A server counts a reading when it has answered it, so only the earlier ones are in.
    const own = this.#readings * this.#clients.length;
    this.#readings += 1;
    return {
      requests: totals.reduce((sum, total) => sum + total, 0) - own,
      at: performance.now(),
    };
  }

  /** Requests per ms while nobody looks: leases, heartbeats, watches that are renewed. */
  async idleRate(durationMs: number): Promise<number> {
    const before = await this.read();
    await sleep(durationMs);
    return rateBetween(before, await this.read());
  }
}

export function rateBetween(before: CountReading, after: CountReading): number {
  return (after.requests - before.requests) / (after.at - before.at);
}

/** Requests that `views` views caused: all that came between two readings, but for the idle ones. */
export function requestsPerView(options: {
  before: CountReading;
  after: CountReading;
  idleRate: number;
  views: number;
}): number {
  const { before, after, idleRate, views } = options;
  const idle = idleRate * (after.at - before.at);
  return (after.requests - before.requests - idle) / views;
}
