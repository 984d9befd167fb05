import { RawKubeClient } from '@koala-ops/kube-testing';
import { until } from '../../reflector/__testUtils__/until';
import { ApiServerTarget } from '../../reflector/__testUtils__/apiServerTargets';
import { apiPath } from '../../transport/apiPath';
import {
  AccessObject,
  NAMESPACE_READER,
  PolicyRule,
  READER,
  readManifest,
  rulesWithout,
} from './readerManifests';
import { send } from './serverObjects';

const RBAC = ['apis', 'rbac.authorization.k8s.io', 'v1'];
const MERGE_PATCH = 'application/merge-patch+json';

/** Where objects of the manifests are made. */
const COLLECTIONS: Readonly<Record<string, readonly string[]>> = {
  Namespace: ['api', 'v1', 'namespaces'],
  ServiceAccount: ['api', 'v1', 'serviceaccounts'],
  ClusterRole: [...RBAC, 'clusterroles'],
  ClusterRoleBinding: [...RBAC, 'clusterrolebindings'],
  Role: [...RBAC, 'roles'],
  RoleBinding: [...RBAC, 'rolebindings'],
};

function collectionOf(kind: string, namespace?: string): string {
  const path = COLLECTIONS[kind];
  return namespace === undefined
    ? apiPath(...path)
    : apiPath(...path.slice(0, -1), 'namespaces', namespace, path.at(-1)!);
}

type Target = Pick<ApiServerTarget, 'url' | 'ca' | 'client'>;

/** A right that is taken away: verbs of a resource, or without verbs the resource. */
export interface LostRight {
  group: string;
  plural: string;
  verbs?: readonly string[];
}

/** The account of the manifests on a cluster, with the rights that they give or with less. */
export class ReaderAccount {
  readonly token: string;
  /** Sends requests as this account. */
  readonly client: RawKubeClient;
  readonly #admin: RawKubeClient;

  /** Applies the manifest of the account, and has a token made for it. */
  static async create(target: Target): Promise<ReaderAccount> {
    const admin = target.client;
    for (const object of readManifest(READER)) {
      await apply(admin, object, object.metadata.namespace);
    }
    const { status, body, text } = await admin.post(
      '/api/v1/namespaces/koala/serviceaccounts/koala-reader/token',
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: 3600 },
      },
    );
    if (status !== 201) throw new Error(`TokenRequest: ${status} ${text}`);
    return new ReaderAccount(target, body.status.token);
  }

  private constructor(target: Target, token: string) {
    this.#admin = target.client;
    this.token = token;
    this.client = RawKubeClient.create({
      url: target.url,
      caPem: target.ca,
      token,
    });
  }

  close(): void {
    this.client.close();
  }

  /** Takes all namespaces away, and gives one by the other manifest. */
  async narrowTo(namespace: string): Promise<void> {
    await send(
      this.#admin,
      'DELETE',
      `${collectionOf('ClusterRoleBinding')}/koala-reader`,
    );
    for (const object of readManifest(NAMESPACE_READER)) {
      await apply(this.#admin, object, namespace);
    }
    await this.#untilDecided({ group: '', plural: 'pods' }, false);
    await this.#untilDecided({ group: '', plural: 'pods' }, true, namespace);
  }

  /** Gives the rights of the manifest but for one, and waits until the cluster decides so. */
  async lose(lost: LostRight, namespace?: string): Promise<void> {
    await this.#setRules(
      rulesWithout(rulesOf(namespace === undefined), lost),
      namespace,
    );
    await this.#untilDecided(lost, false, namespace);
  }

  /** Gives the right again. */
  async regain(lost: LostRight, namespace?: string): Promise<void> {
    await this.#setRules(rulesOf(namespace === undefined), namespace);
    await this.#untilDecided(lost, true, namespace);
  }

  async #setRules(rules: PolicyRule[], namespace?: string): Promise<void> {
    const kind = namespace === undefined ? 'ClusterRole' : 'Role';
    const path = `${collectionOf(kind, namespace)}/koala-reader`;
    await send(this.#admin, 'PATCH', path, { rules }, MERGE_PATCH);
  }

  /** API servers hear of a changed role a moment later. */
  async #untilDecided(
    right: LostRight,
    expected: boolean,
    namespace?: string,
  ): Promise<void> {
    const { group, plural, verbs = ['list', 'watch'] } = right;
    for (const verb of verbs) {
      const attributes = { group, resource: plural, verb, namespace };
      await until(async () => (await this.may(attributes)) === expected, {
        what: `the right to ${verb} ${plural} is ${expected}`,
      });
    }
  }

  /** Whether the cluster lets this account do something. */
  async may(resourceAttributes: {
    group: string;
    resource: string;
    verb: string;
    namespace?: string;
  }): Promise<boolean> {
    const { status, body, text } = await this.client.post(
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes },
      },
    );
    if (status !== 201) {
      throw new Error(`SelfSubjectAccessReview: ${status} ${text}`);
    }
    return body.status.allowed;
  }
}

function rulesOf(whole: boolean): PolicyRule[] {
  const role = readManifest(whole ? READER : NAMESPACE_READER).find(
    ({ rules }) => rules,
  );
  return role!.rules!;
}

function apply(admin: RawKubeClient, object: AccessObject, namespace?: string) {
  return send(admin, 'POST', collectionOf(object.kind, namespace), object);
}
