import { readFileSync } from 'node:fs';
import { Pool } from 'undici';
import { BenchCluster } from './BenchCluster';

/** Requests under way at once for one cluster: a local API server gets no faster with more. */
const CONNECTIONS = 8;

/** A plain client of one API server. */
export class ClusterClient {
  readonly #pool: Pool;
  readonly #headers: Record<string, string>;
  readonly name: string;

  static connect(cluster: BenchCluster): ClusterClient {
    return new ClusterClient(cluster);
  }

  private constructor(cluster: BenchCluster) {
    this.name = cluster.name;
    this.#pool = new Pool(cluster.url, {
      connections: CONNECTIONS,
      connect: { ca: readFileSync(cluster.caFile) },
    });
    this.#headers = { authorization: `Bearer ${cluster.token}` };
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  async getText(path: string): Promise<string> {
    return this.#request({ method: 'GET', path });
  }

  /** Sends `body` as JSON and returns the object that the server answers with. */
  async send<T>(options: {
    method: 'POST' | 'PUT';
    path: string;
    body: object;
  }): Promise<T> {
    const text = await this.#request({
      method: options.method,
      path: options.path,
      body: JSON.stringify(options.body),
    });
    return JSON.parse(text) as T;
  }

  async #request(options: {
    method: 'GET' | 'POST' | 'PUT';
    path: string;
    body?: string;
  }): Promise<string> {
    const response = await this.#pool.request({
      ...options,
      headers: { ...this.#headers, 'content-type': 'application/json' },
    });
    const text = await response.body.text();
    if (response.statusCode >= 300) {
      throw new Error(
        `Cluster ${this.name} answered ${options.method} ${options.path} with ${
          response.statusCode
        }: ${text.slice(0, 500)}`,
      );
    }
    return text;
  }
}
