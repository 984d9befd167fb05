import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { environmentRouteRef } from '../routes';

/** Where one environment is shown; undefined in an app without that screen. */
export function useEnvironmentLink(): (name: string) => string | undefined {
  const route = useRouteRef(environmentRouteRef);
  return useCallback(
    name => route?.({ name: encodeURIComponent(name) }),
    [route],
  );
}
