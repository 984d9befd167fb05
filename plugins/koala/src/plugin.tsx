import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { koalaApiRef } from './api/KoalaApi';
import { KoalaClient } from './api/KoalaClient';
import { deploymentsFilter } from './deployments/filter';
import { KoalaIcon } from './icons/KoalaIcon';
import { environmentsRouteRef, rootRouteRef, servicesRouteRef } from './routes';

const koalaApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: koalaApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => KoalaClient.create({ fetchApi }),
    }),
});

const koalaPage = PageBlueprint.make({
  params: {
    path: '/koala',
    title: 'Koala',
    icon: <KoalaIcon />,
    routeRef: rootRouteRef,
  },
});

const servicesPage = SubPageBlueprint.make({
  name: 'services',
  params: {
    path: 'services',
    title: 'Services',
    routeRef: servicesRouteRef,
    loader: () => import('./matrix/ServicesPage').then(m => <m.ServicesPage />),
  },
});

const environmentsPage = SubPageBlueprint.make({
  name: 'environments',
  params: {
    path: 'environments',
    title: 'Environments',
    routeRef: environmentsRouteRef,
    loader: () =>
      import('./environments/EnvironmentRoutes').then(m => (
        <m.EnvironmentRoutes />
      )),
  },
});

const deploymentsTab = EntityContentBlueprint.make({
  name: 'deployments',
  params: {
    path: 'deployments',
    title: 'Deployments',
    group: 'deployment',
    filter: deploymentsFilter,
    loader: () =>
      import('./deployments/DeploymentsTab').then(m => <m.DeploymentsTab />),
  },
});

/**
 * Koala's screens for the new frontend system: the page `/koala` with services and environments,
 * and the tab of a Component.
 *
 * @public
 */
export const koalaPlugin = createFrontendPlugin({
  pluginId: 'koala',
  title: 'Koala',
  icon: <KoalaIcon />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [
    koalaApi,
    koalaPage,
    servicesPage,
    environmentsPage,
    deploymentsTab,
  ],
});
