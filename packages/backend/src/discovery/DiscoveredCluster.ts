/** An answer that is not the one that was asked for. */
export class ClusterError extends Error {
  readonly name = 'ClusterError';

  constructor(message: string, readonly status?: number) {
    super(message);
  }
}

/** Whether a cluster refused because the account lacks a right. */
export function isForbidden(error: unknown): boolean {
  return error instanceof ClusterError && error.status === 403;
}

/** What discovery asks of a cluster. */
export interface DiscoveredCluster {
  /** Name of its context in the kubeconfig file. */
  readonly name: string;
  /** Address of its API server. */
  readonly server: string;
  /** Namespace that the context names. */
  readonly namespace?: string;
  /** All objects of a list, read page by page. Throws a {@link ClusterError}. */
  list<T>(path: string): Promise<T[]>;
}
