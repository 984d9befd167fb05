import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  isPermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  createKoalaServiceConditionalDecision,
  koalaServiceConditions,
} from '@koala-ops/backstage-plugin-koala-backend';
import { koalaServiceReadPermission } from '@koala-ops/backstage-plugin-koala-common';

/** Production is for platform; everybody else sees what is not production, and production of their own services. */
export class TeamPolicy implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const owners = user?.info.ownershipEntityRefs ?? [];
    if (
      !isPermission(permission, koalaServiceReadPermission) ||
      owners.includes('group:default/platform')
    ) {
      return { result: AuthorizeResult.ALLOW };
    }
    return createKoalaServiceConditionalDecision(permission, {
      anyOf: [
        { not: koalaServiceConditions.isInTier({ values: ['production'] }) },
        koalaServiceConditions.isOwnedBy({ values: owners }),
      ],
    });
  }
}

/** Add it to the backend in place of the policy that allows everything. */
export default createBackendModule({
  pluginId: 'permission',
  moduleId: 'team-policy',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(new TeamPolicy());
      },
    });
  },
});
