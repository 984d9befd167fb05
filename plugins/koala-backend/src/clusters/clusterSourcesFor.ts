import {
  AuthService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { KoalaClustersService } from '@koala-ops/backstage-plugin-koala-node';
import { systemClock } from '../transport/Clock';
import { ClusterSource } from './ClusterSource';
import { ConfigSource } from './ConfigSource';
import { FallbackSource } from './FallbackSource';
import { KubeconfigSource } from './KubeconfigSource';
import { KubernetesPluginSource } from './KubernetesPluginSource';

/**
 * Where the clusters of a portal come from: its Kubernetes plugin, or that plugin's configuration where it is
 * not installed, and a kubeconfig if there is one. Of two clusters with one name the first source's counts.
 */
export function clusterSourcesFor(options: {
  config: RootConfigService;
  /** Path of a kubeconfig. */
  kubeconfig?: string;
  clusters: KoalaClustersService;
  auth: AuthService;
  logger: LoggerService;
}): ClusterSource[] {
  const { config, kubeconfig, clusters, auth, logger } = options;
  return [
    FallbackSource.create({
      first: KubernetesPluginSource.create({ offers: clusters, auth }),
      second: ConfigSource.create({ config }),
      clock: systemClock,
      logger,
    }),
    ...(kubeconfig === undefined
      ? []
      : [KubeconfigSource.create({ path: kubeconfig })]),
  ];
}
