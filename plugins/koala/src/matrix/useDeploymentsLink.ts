import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';

/**
 * Where the Deployments tab of a service is, opened at an environment; undefined in an app without a
 * catalog.
 */
export function useDeploymentsLink(): (
  service: string,
  environment?: string,
) => string | undefined {
  const entityRoute = useRouteRef(entityRouteRef);
  return useCallback(
    (service, environment) => {
      if (!entityRoute) {
        return undefined;
      }
      const path = entityRoute(
        entityRouteParams(service, { encodeParams: true }),
      );
      const query = environment
        ? `?environment=${encodeURIComponent(environment)}`
        : '';
      return `${path}/deployments${query}`;
    },
    [entityRoute],
  );
}
