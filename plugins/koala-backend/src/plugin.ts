import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { koalaPermissions } from '@koala-ops/backstage-plugin-koala-common';
import { koalaClustersServiceRef } from '@koala-ops/backstage-plugin-koala-node';
import { randomBytes } from 'node:crypto';
import { ServiceCatalog } from './catalog/ServiceCatalog';
import { clusterSourcesFor } from './clusters/clusterSourcesFor';
import { readKoalaConfig } from './config/readKoalaConfig';
import { createFleet, Fleet } from './inventory/createFleet';
import { findResources } from './permissions/findResources';
import { koalaServicePermissionResourceRef } from './permissions/koalaServiceResource';
import { koalaServiceRules } from './permissions/rules';
import { VisibilityAuthority } from './permissions/VisibilityAuthority';
import { demandOn } from './resolution/demandOn';
import { Placement } from './resolution/Placement';
import { Resolver } from './resolution/Resolver';
import { createRouter } from './router/createRouter';
import { AuthorizedKoalaService } from './service/AuthorizedKoalaService';
import { OpenStreams } from './stream/OpenStreams';

/** How often the catalog is looked at, in milliseconds: it announces no changes. */
const CATALOG_INTERVAL_MS = 10_000;

/**
 * Koala's backend: follows the clusters, resolves services x environments, and serves the state.
 *
 * @public
 */
export const koalaPlugin = createBackendPlugin({
  pluginId: 'koala',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        clusters: koalaClustersServiceRef,
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init(deps) {
        const { auth, catalog, logger, lifecycle, permissions } = deps;
        const config = readKoalaConfig(deps.config);
        for (const { key, message } of config.problems) {
          logger.warn(`Configuration: ${key}: ${message}`);
        }
        const placement = new Placement();
        const fleet: Fleet = createFleet({
          sources: clusterSourcesFor({
            config: deps.config,
            kubeconfig: config.kubeconfig,
            clusters: deps.clusters,
            auth,
            logger,
          }),
          logger,
          demandOn: cluster =>
            demandOn({
              cluster,
              environments: config.environments,
              placement,
              inventory: fleet.inventory,
            }),
        });
        placement.subscribe(() => fleet.demandChanged());
        const services = ServiceCatalog.create({
          catalog,
          auth,
          logger,
          serviceTypes: config.serviceTypes,
          intervalMs: CATALOG_INTERVAL_MS,
        });
        const model = Resolver.create({
          config,
          inventory: fleet.inventory,
          catalog: services,
          placement,
          now: Date.now,
          instance: randomBytes(6).toString('base64url').replace(/\W/g, 'x'),
        });
        const authority = VisibilityAuthority.create({
          auth,
          permissions,
          catalog,
          now: Date.now,
        });
        const streams = new OpenStreams();

        deps.permissionsRegistry.addResourceType({
          resourceRef: koalaServicePermissionResourceRef,
          permissions: koalaPermissions,
          rules: Object.values(koalaServiceRules),
          getResources: async refs => findResources(model, refs),
        });
        deps.httpRouter.use(
          createRouter({
            service: AuthorizedKoalaService.create({
              model,
              inventory: fleet.inventory,
              authority,
              reports: fleet.stats,
              now: Date.now,
            }),
            httpAuth: deps.httpAuth,
            logger,
            streams,
          }),
        );
        lifecycle.addStartupHook(() => {
          model.start();
          services.start();
          fleet.start();
        });
        lifecycle.addShutdownHook(() => {
          streams.closeAll();
          model.stop();
          services.stop();
          fleet.stop();
        });
      },
    });
  },
});
