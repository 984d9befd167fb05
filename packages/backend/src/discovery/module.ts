import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { KubeconfigEntityProvider } from './KubeconfigEntityProvider';
import { Kubeconfig, readKubeconfig } from './readKubeconfig';
import { readNamespaces } from './readNamespaces';

/**
 * Own-clusters mode (`npm start -- --kubeconfig FILE`): one Component for each
 * service found in the clusters. Does nothing unless `koalaDiscovery.kubeconfig`
 * is configured.
 */
export default createBackendModule({
  pluginId: 'catalog',
  moduleId: 'koala-discovery',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ catalog, config, logger, scheduler }) {
        const file = config.getOptionalString('koalaDiscovery.kubeconfig');
        if (!file) {
          return;
        }
        let kubeconfig: Kubeconfig;
        try {
          kubeconfig = readKubeconfig(file);
        } catch (error) {
          logger.error(
            `No services can be discovered: ${toError(error).message}`,
          );
          return;
        }
        kubeconfig.problems.forEach(problem => logger.warn(problem));
        catalog.addEntityProvider(
          KubeconfigEntityProvider.create({
            clusters: kubeconfig.clusters,
            namespaces: readNamespaces(config),
            schedule: scheduler.createScheduledTaskRunner({
              frequency: { seconds: 30 },
              timeout: { minutes: 2 },
              scope: 'local',
            }),
            logger,
          }),
        );
      },
    });
  },
});
