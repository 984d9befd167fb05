import { createBackend } from '@backstage/backend-defaults';
import { endWithParent } from '../../endWithParent';

endWithParent();

const backend = createBackend();

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@backstage/plugin-permission-backend-module-allow-all-policy'),
);
backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(
  import('@koala-ops/backstage-plugin-kubernetes-backend-module-koala'),
);
// A backend of its own, as packages/backend is, though the package around it is none.
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
backend.add(import('@koala-ops/backstage-plugin-koala-backend'));

backend.start();
