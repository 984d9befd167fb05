import { KubernetesAccess } from './KubernetesAccess';

/**
 * Where a module of the Kubernetes plugin leaves its clusters and credentials for Koala. Plugins start in any
 * order, so that the offer may come before or after Koala asks.
 *
 * @public
 */
export interface KoalaClustersService {
  /** Makes the access known; a later offer replaces an earlier one. */
  offer(access: KubernetesAccess): void;

  /** The last offer; undefined while nobody has offered. */
  current(): KubernetesAccess | undefined;

  /**
   * Calls the listener with the offer there is, at once, and with every later one.
   *
   * @returns a function that ends the calls
   */
  onOffer(listener: (access: KubernetesAccess) => void): () => void;
}
