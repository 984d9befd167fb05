import { RawKubeClient } from '@koala-ops/kube-testing';
import { LIMITED_USER } from '../../reflector/__testUtils__/apiServerTargets';
import { WATCHED_RESOURCES } from '../../reflector/WatchedResource';
import { send } from './serverObjects';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';

/** What Koala needs, and no more: it asks for lists and watches only. */
function rulesFor(resources: readonly string[]) {
  const groups = new Map<string, string[]>();
  for (const { group, plural } of WATCHED_RESOURCES) {
    if (resources.includes(plural)) {
      groups.set(group, [...(groups.get(group) ?? []), plural]);
    }
  }
  return [...groups].map(([group, plurals]) => ({
    apiGroups: [group],
    resources: plurals,
    verbs: ['list', 'watch'],
  }));
}

const NAMESPACED = WATCHED_RESOURCES.filter(({ namespaced }) => namespaced).map(
  ({ plural }) => plural,
);

function binding(kind: 'Role' | 'ClusterRole', namespace?: string) {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: `${kind}Binding`,
    metadata: { name: 'koala', namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: 'koala' },
    subjects: [
      {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'User',
        name: LIMITED_USER,
      },
    ],
  };
}

/** Grants and takes away what the limited user of a cluster may read. */
export class LimitedAccount {
  readonly #client: RawKubeClient;

  constructor(client: RawKubeClient) {
    this.#client = client;
  }

  /** Allows a namespace with all kinds, or all but some. */
  async allow(namespace: string, options: { without?: string } = {}) {
    const path = `${RBAC}/namespaces/${namespace}`;
    await send(this.#client, 'POST', `${path}/roles`, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'koala', namespace },
      rules: rulesFor(NAMESPACED.filter(plural => plural !== options.without)),
    });
    await send(
      this.#client,
      'POST',
      `${path}/rolebindings`,
      binding('Role', namespace),
    );
  }

  async forbid(namespace: string) {
    const path = `${RBAC}/namespaces/${namespace}`;
    await send(this.#client, 'DELETE', `${path}/rolebindings/koala`);
    await send(this.#client, 'DELETE', `${path}/roles/koala`);
  }

  async allowAll() {
    await send(this.#client, 'POST', `${RBAC}/clusterroles`, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'koala' },
      rules: rulesFor(WATCHED_RESOURCES.map(({ plural }) => plural)),
    });
    await send(
      this.#client,
      'POST',
      `${RBAC}/clusterrolebindings`,
      binding('ClusterRole'),
    );
  }

  async forbidAll() {
    await send(this.#client, 'DELETE', `${RBAC}/clusterrolebindings/koala`);
    await send(this.#client, 'DELETE', `${RBAC}/clusterroles/koala`);
  }
}
