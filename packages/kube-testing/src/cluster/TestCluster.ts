import {
  RawKubeClient,
  RawRequestInit,
  RawResponse,
} from '../client/RawKubeClient';

/**
 * One API server under test, real or simulated. Both kinds answer the same calls, so that a test
 * written for one runs on the other.
 */
export interface TestCluster {
  /** Unique in its control plane or sandbox; context and cluster name in `kubeconfig`. */
  readonly name: string;
  readonly kind: 'real' | 'sandbox';
  /** `https://127.0.0.1:<port>`; stays the same over `restart`. */
  readonly url: string;
  readonly caPem: string;
  /** File with `caPem`. */
  readonly caFile: string;
  /** Bearer token of an administrator. */
  readonly token: string;
  /** Bearer tokens of users that may do nothing, by user name. */
  readonly users: Readonly<Record<string, string>>;
  /** File with the administrator's kubeconfig; its only context is the current one. */
  readonly kubeconfig: string;
  /** Of the API server's process; undefined while it does not run or runs inside this process. */
  readonly pid: number | undefined;
  /** A client with the administrator's token, kept for the life of the cluster. */
  readonly client: RawKubeClient;
  /** `client.request` */
  request(path: string, init?: RawRequestInit): Promise<RawResponse>;
  /**
   * Freezes (SIGSTOP: connections are accepted, nothing answers), wakes or kills the API server.
   * Throws where it has no process of its own.
   */
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void;
  /**
   * Kills the API server if it still runs, frozen or not, starts it on the same port with the same
   * certificate and data, and resolves once it is ready.
   */
  restart(): Promise<void>;
  /** Makes the server forget the history up to now, so that older resourceVersions answer 410. */
  forgetHistory(): Promise<void>;
}
