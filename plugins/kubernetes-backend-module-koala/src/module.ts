import { createBackendModule } from '@backstage/backend-plugin-api';
import { kubernetesRouterExtensionPoint } from '@backstage/plugin-kubernetes-node';
import { koalaClustersServiceRef } from '@koala-ops/backstage-plugin-koala-node';

/**
 * Hands the clusters and the authentication strategies of the Kubernetes plugin to Koala, so that nobody
 * configures a cluster twice. The router is the one extension point that sees both and that hardly anyone else
 * uses; the plugin's own router is left as it is.
 *
 * @public
 */
export const kubernetesModuleKoala = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'koala',
  register(reg) {
    reg.registerInit({
      deps: {
        clusters: koalaClustersServiceRef,
        router: kubernetesRouterExtensionPoint,
      },
      async init({ clusters, router }) {
        router.addRouter(({ clusterSupplier, authStrategyMap, getDefault }) => {
          clusters.offer({ clusterSupplier, authStrategyMap });
          return getDefault();
        });
      },
    });
  },
});
