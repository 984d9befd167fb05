import {
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** Koala's own page. @public */
export const rootRouteRef = createRouteRef();

/** Every service in every environment. */
export const servicesRouteRef = createRouteRef();

/** The list of environments. */
export const environmentsRouteRef = createRouteRef();

/** One environment. */
export const environmentRouteRef = createSubRouteRef({
  parent: environmentsRouteRef,
  path: '/:name',
});
