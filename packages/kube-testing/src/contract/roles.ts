import assert from 'node:assert/strict';
import { RawResponse } from '../client/RawKubeClient';
import { ContractContext } from './ContractContext';

const GROUP = 'rbac.authorization.k8s.io';

/** Users of every test cluster, with their tokens; none of them may do anything by itself. */
export type UserName = 'nobody' | 'guest' | 'member';

/** A rule that lets somebody read pods. */
export const READ_PODS = {
  verbs: ['get', 'list', 'watch'],
  apiGroups: [''],
  resources: ['pods'],
};

/** A Role of these rules. */
export function role(name: string, ...rules: object[]): any {
  return {
    apiVersion: `${GROUP}/v1`,
    kind: 'Role',
    metadata: { name },
    rules,
  };
}

/** A user as the subject of a binding. */
export const user = (name: UserName) => ({
  apiGroup: GROUP,
  kind: 'User',
  name,
});

/** Binds a `Role/name` or `ClusterRole/name` to subjects. */
export function roleBinding(
  name: string,
  ref: `${'Role' | 'ClusterRole'}/${string}`,
  ...subjects: object[]
): any {
  const [kind, roleName] = ref.split('/');
  return {
    apiVersion: `${GROUP}/v1`,
    kind: 'RoleBinding',
    metadata: { name },
    roleRef: { apiGroup: GROUP, kind, name: roleName },
    subjects,
  };
}

/** What a review says of what somebody may do; attributes without a namespace are about the case's. */
export async function mayI(
  t: ContractContext,
  who: UserName | { token: string },
  attributes: object,
): Promise<{ allowed: boolean; reason?: string }> {
  const { status, text, body } = await t.client.post(
    '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: {
        resourceAttributes: { namespace: t.namespace, ...attributes },
      },
    },
    { token: typeof who === 'string' ? t.cluster.users[who] : who.token },
  );
  assert.equal(status, 201, text);
  return body.status;
}

/** Binds a role and waits until the server, which follows its own objects, acts by it. */
export async function bind(
  t: ContractContext,
  binding: any,
  proof: { who: UserName | { token: string }; may: object },
): Promise<void> {
  await t.create('rolebindings', binding);
  await t.eventuallyTrue(
    `${binding.metadata.name} being in force`,
    async () => (await mayI(t, proof.who, proof.may)).allowed,
  );
}

/** Asks as one of the users. */
export function as(
  t: ContractContext,
  who: UserName,
  method: string,
  path: string,
  body?: object,
): Promise<RawResponse> {
  return t.client.request(path, {
    method,
    body,
    token: t.cluster.users[who],
    ...(method === 'PATCH' && { contentType: 'application/merge-patch+json' }),
  });
}
