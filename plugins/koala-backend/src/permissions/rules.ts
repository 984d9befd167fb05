import {
  createConditionExports,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { z } from 'zod';
import {
  KoalaServiceFilter,
  koalaServicePermissionResourceRef,
} from './koalaServiceResource';
import { matchesFilter } from './matchesFilter';

function rule(options: {
  name: string;
  description: string;
  property: KoalaServiceFilter['property'];
  valuesDescription: string;
}) {
  const { name, description, property, valuesDescription } = options;
  const toQuery = ({ values }: { values: string[] }): KoalaServiceFilter => ({
    property,
    values,
  });
  return createPermissionRule({
    name,
    description,
    resourceRef: koalaServicePermissionResourceRef,
    paramsSchema: z.object({
      values: z.array(z.string()).describe(valuesDescription),
    }),
    apply: (resource, params) => matchesFilter(resource, toQuery(params)),
    toQuery,
  });
}

/** Rules that a policy can answer `koala.service.read` with. */
export const koalaServiceRules = {
  isInEnvironment: rule({
    name: 'IS_IN_ENVIRONMENT',
    description: 'Allow what runs in one of the environments',
    property: 'environment',
    valuesDescription: 'Names of environments',
  }),
  isInTier: rule({
    name: 'IS_IN_TIER',
    description: 'Allow what runs in environments of one of the tiers',
    property: 'tier',
    valuesDescription: 'Tiers, as the configuration names them',
  }),
  isOnCluster: rule({
    name: 'IS_ON_CLUSTER',
    description: 'Allow what runs on one of the clusters',
    property: 'cluster',
    valuesDescription: 'Names of clusters',
  }),
  isInNamespace: rule({
    name: 'IS_IN_NAMESPACE',
    description: 'Allow what runs in the namespaces and nowhere else',
    property: 'namespace',
    valuesDescription: 'Names of Kubernetes namespaces',
  }),
  isOwnedBy: rule({
    name: 'IS_OWNED_BY',
    description: 'Allow services that one of the owners owns',
    property: 'owner',
    valuesDescription:
      'Entity references of owners, such as group:default/shop',
  }),
};

const { conditions, createConditionalDecision } = createConditionExports({
  resourceRef: koalaServicePermissionResourceRef,
  rules: koalaServiceRules,
});

/**
 * Conditions that a policy can answer `koala.service.read` with.
 *
 * @public
 */
export const koalaServiceConditions = conditions;

/**
 * Makes the conditional decision of a policy.
 *
 * @public
 */
export const createKoalaServiceConditionalDecision = createConditionalDecision;
