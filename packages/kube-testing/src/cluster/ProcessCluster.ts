import {
  RawKubeClient,
  RawRequestInit,
  RawResponse,
} from '../client/RawKubeClient';
import { ManagedProcess } from '../process/ManagedProcess';
import { GiveUp, until } from '../process/until';
import { TestCluster } from './TestCluster';
import { ClusterIdentity } from './writeIdentity';

/** A cluster whose API server is a process of its own. */
export class ProcessCluster implements TestCluster {
  readonly kind: TestCluster['kind'];
  readonly name: string;
  readonly url: string;
  readonly caPem: string;
  readonly caFile: string;
  readonly token: string;
  readonly users: Readonly<Record<string, string>>;
  readonly kubeconfig: string;
  readonly client: RawKubeClient;
  readonly #server: ManagedProcess;
  readonly #compact: () => Promise<void>;

  /**
   * Resolves once the API server is ready; rejects with the end of its log when it ends before.
   *
   * @param options - `compact` drops the history that outlives the process.
   */
  static async ready(options: {
    kind: TestCluster['kind'];
    identity: ClusterIdentity;
    server: ManagedProcess;
    compact: () => Promise<void>;
  }): Promise<ProcessCluster> {
    const cluster = new ProcessCluster(options);
    await cluster.#ready();
    return cluster;
  }

  private constructor(options: {
    kind: TestCluster['kind'];
    identity: ClusterIdentity;
    server: ManagedProcess;
    compact: () => Promise<void>;
  }) {
    const { kind, identity, server, compact } = options;
    this.kind = kind;
    this.name = identity.name;
    this.url = identity.url;
    this.caPem = identity.caPem;
    this.caFile = identity.caFile;
    this.token = identity.token;
    this.users = identity.users;
    this.kubeconfig = identity.kubeconfig;
    this.client = RawKubeClient.create(identity);
    this.#server = server;
    this.#compact = compact;
  }

  get pid(): number | undefined {
    return this.#server.pid;
  }

  request(path: string, init?: RawRequestInit): Promise<RawResponse> {
    return this.client.request(path, init);
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
    this.#server.signal(signal);
  }

  async restart(): Promise<void> {
    this.client.close();
    await this.#server.respawn();
    await this.#ready();
  }

  /** An API server keeps a history of its own, in memory, so that compacting the storage is not enough. */
  async forgetHistory(): Promise<void> {
    await this.#compact();
    await this.restart();
  }

  async #ready(): Promise<void> {
    for (const path of ['/readyz', '/api/v1/namespaces/default']) {
      await until({
        what: `an answer of cluster ${this.name} to ${path}`,
        boundMs: 120_000,
        attempt: async () => {
          if (!this.#server.running) {
            throw new GiveUp(this.#server.failure('ended before it was ready'));
          }
          return (await this.client.get(path)).status === 200;
        },
      });
    }
  }
}
