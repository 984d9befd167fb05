import { Store } from '@koala-ops/kube-sandbox';
import {
  RawKubeClient,
  RawRequestInit,
  RawResponse,
} from '../client/RawKubeClient';
import { TestCluster } from '../cluster/TestCluster';
import { ClusterIdentity } from '../cluster/writeIdentity';
import { ServedSandbox } from './serveSandbox';

/** A simulated cluster inside this process: quick to start, but it cannot be frozen or killed. */
export class InProcessCluster implements TestCluster {
  readonly kind = 'sandbox';
  readonly pid = undefined;
  readonly name: string;
  readonly url: string;
  readonly caPem: string;
  readonly caFile: string;
  readonly token: string;
  readonly users: Readonly<Record<string, string>>;
  readonly kubeconfig: string;
  readonly client: RawKubeClient;
  readonly #served: ServedSandbox;
  readonly #store: Store;

  constructor(options: {
    identity: ClusterIdentity;
    served: ServedSandbox;
    store: Store;
  }) {
    const { identity, served, store } = options;
    this.name = identity.name;
    this.url = identity.url;
    this.caPem = identity.caPem;
    this.caFile = identity.caFile;
    this.token = identity.token;
    this.users = identity.users;
    this.kubeconfig = identity.kubeconfig;
    this.client = RawKubeClient.create(identity);
    this.#served = served;
    this.#store = store;
  }

  request(path: string, init?: RawRequestInit): Promise<RawResponse> {
    return this.client.request(path, init);
  }

  signal(signal: string): never {
    throw new Error(
      `Cluster ${this.name} has no process of its own to send ${signal} to: start the sandbox with { process: 'each' }`,
    );
  }

  async restart(): Promise<void> {
    this.client.close();
    await this.#served.restartServer();
  }

  async forgetHistory(): Promise<void> {
    this.#store.compact();
  }
}
