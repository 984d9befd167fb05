import { isDeepStrictEqual } from 'util';
import {
  ApiError,
  keyOf,
  KubeObject,
  LabelSelector,
  Resource,
  WorkQueue,
} from '../../client';
import { Controller, startWhenSynced } from '../Controller';
import { selects } from '../labels';

const NAME = 'clusterrole-aggregation-controller';

interface ClusterRole extends KubeObject {
  rules?: object[] | null;
  /** The rules are those of all roles that one of these selects. */
  aggregationRule?: { clusterRoleSelectors?: LabelSelector[] };
}

const clusterRoles: Resource<ClusterRole> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  plural: 'clusterroles',
  kind: 'ClusterRole',
  namespaced: false,
};

const byName = (a: ClusterRole, b: ClusterRole) =>
  a.metadata.name! < b.metadata.name! ? -1 : 1;

/** The rules of some roles one after the other, each once. */
function rulesTogether(roles: readonly ClusterRole[]): object[] {
  const rules: object[] = [];
  for (const rule of roles.flatMap(role => role.rules ?? [])) {
    if (!rules.some(other => isDeepStrictEqual(other, rule))) {
      rules.push(rule);
    }
  }
  return rules;
}

/** Puts aggregated ClusterRoles, such as `view`, together from the roles that their labels make part of them. @public */
export const clusterRoleAggregationController: Controller = {
  name: NAME,
  start({ client, informers, clock, logger }) {
    const roles = informers.get(clusterRoles);
    const queue = new WorkQueue({ name: NAME, sync, clock, logger });
    // Any role may have become a part, or ceased to be one, of any other.
    const enqueueAll = () =>
      roles
        .list()
        .filter(role => role.aggregationRule)
        .forEach(role => queue.add(keyOf(role)));
    roles.addHandler({
      added: enqueueAll,
      updated: enqueueAll,
      deleted: enqueueAll,
    });
    return startWhenSynced(queue, [roles]);

    async function sync(name: string): Promise<void> {
      const role = roles.get(undefined, name);
      const selectors = role?.aggregationRule?.clusterRoleSelectors;
      if (!role || !selectors) {
        return;
      }
      const parts = roles
        .list()
        .filter(
          ({ metadata }) =>
            metadata.name !== name &&
            selectors.some(selector => selects(selector, metadata.labels)),
        )
        .sort(byName);
      const rules = rulesTogether(parts);
      if (isDeepStrictEqual(rules, role.rules ?? [])) {
        return;
      }
      const { resourceVersion } = role.metadata;
      try {
        await client.patch(
          clusterRoles,
          { name },
          { metadata: { resourceVersion }, rules },
        );
      } catch (error) {
        // Gone, or changed in between: the watch will tell.
        if (!ApiError.is(error, 404, 409)) {
          throw error;
        }
      }
    }
  },
};
