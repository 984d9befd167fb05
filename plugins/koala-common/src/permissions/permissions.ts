import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Resource type of what `koala.service.read` guards: one service in one target.
 *
 * @public
 */
export const RESOURCE_TYPE_KOALA_SERVICE = 'koala-service';

/**
 * Read the deployment state of a service. A resource permission: policies may answer conditionally.
 *
 * @public
 */
export const koalaServiceReadPermission = createPermission({
  name: 'koala.service.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_KOALA_SERVICE,
});

/** Every permission of Koala. @public */
export const koalaPermissions = [koalaServiceReadPermission];
