import { createRouteRef } from '@backstage/frontend-plugin-api';

/** Koala's own page. @public */
export const rootRouteRef = createRouteRef();
