import {
  AuthenticationStrategy,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';

/**
 * What the Kubernetes plugin knows about clusters: who supplies them and how to get a credential for each.
 *
 * @public
 */
export interface KubernetesAccess {
  /** Every locator of the Kubernetes plugin, and suppliers of third parties. */
  clusterSupplier: KubernetesClustersSupplier;
  /** Strategies by the name of the authentication provider. */
  authStrategyMap: Record<string, AuthenticationStrategy>;
}
