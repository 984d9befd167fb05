import {
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { DefaultKoalaClustersService } from './DefaultKoalaClustersService';
import { KoalaClustersService } from './KoalaClustersService';

/**
 * The clusters of the Kubernetes plugin, handed over inside the process. Root-scoped, because only such a
 * service hands the same object to two plugins.
 *
 * @public
 */
export const koalaClustersServiceRef = createServiceRef<KoalaClustersService>({
  id: 'koala.clusters',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {},
      factory: () => DefaultKoalaClustersService.create(),
    }),
});
