import { Fields } from '../objects/KubeObject';
import { resourceTypes } from '../registry/Registry';

/** The group whose members may read everything but Secrets, where {@link viewerPolicy} is in force. */
export const VIEWERS_GROUP = 'koala-sandbox:viewers';

const API_VERSION = 'rbac.authorization.k8s.io/v1';
const NAME = 'koala-sandbox:viewer';
/** Who can read these can do more than read. */
const SECRET = /^secrets$/;
const READABLE_SUBRESOURCES = ['status', 'scale', 'log'];

/** Everything that is served can be read, but Secrets; there is no rule that says `but`, so that all else is named. */
function readableRules(): Fields[] {
  const byGroup = new Map<string, Set<string>>();
  for (const { group, resource, verbs, subresources } of resourceTypes()) {
    if (verbs.has('list') && !SECRET.test(resource)) {
      const names = byGroup.get(group) ?? new Set<string>();
      byGroup.set(group, names.add(resource));
      READABLE_SUBRESOURCES.filter(it => subresources.has(it)).forEach(it =>
        names.add(`${resource}/${it}`),
      );
    }
  }
  return [...byGroup].map(([group, names]) => ({
    apiGroups: [group],
    resources: [...names].sort(),
    verbs: ['get', 'list', 'watch'],
  }));
}

/** A ClusterRole that reads everything but Secrets, and its binding to {@link VIEWERS_GROUP}. */
export function viewerPolicy(): Fields[] {
  return [
    {
      apiVersion: API_VERSION,
      kind: 'ClusterRole',
      metadata: { name: NAME },
      rules: readableRules(),
    },
    {
      apiVersion: API_VERSION,
      kind: 'ClusterRoleBinding',
      metadata: { name: NAME },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: NAME,
      },
      subjects: [
        {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'Group',
          name: VIEWERS_GROUP,
        },
      ],
    },
  ];
}
