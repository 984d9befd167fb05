import { RawKubeClient } from '@koala-ops/kube-testing';
import { LIMITED_USER } from '../../reflector/__testUtils__/apiServerTargets';
import { WATCHED_RESOURCES } from '../../reflector/WatchedResource';
import { readerRules } from './readerManifests';
import { send } from './serverObjects';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';

const NAMESPACED = WATCHED_RESOURCES.filter(({ namespaced }) => namespaced);

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
      rules: readerRules(
        NAMESPACED.filter(({ plural }) => plural !== options.without),
      ),
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
      rules: readerRules(),
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
