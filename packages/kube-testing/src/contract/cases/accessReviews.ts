import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { assertFailure, masked } from '../expectations';
import { typed } from '../kubectl';
import {
  bind,
  mayI,
  READ_PODS,
  role,
  roleBinding,
  user,
  UserName,
} from '../roles';

const AUTHORIZATION = '/apis/authorization.k8s.io/v1';
const AUTHENTICATION = '/apis/authentication.k8s.io/v1';

function review(
  t: ContractContext,
  path: string,
  spec: object,
  who?: UserName,
) {
  return t.client.post(
    path,
    { spec },
    who ? { token: t.cluster.users[who] } : {},
  );
}

const sorted = (rules: any[]) => rules.map(rule => JSON.stringify(rule)).sort();

/** What may I do, what may somebody else do, who am I? */
export const accessReviewCases = area('access reviews', {
  'may I: no': async t => {
    const response = await review(
      t,
      `${AUTHORIZATION}/selfsubjectaccessreviews`,
      {
        resourceAttributes: {
          verb: 'get',
          resource: 'pods',
          namespace: t.namespace,
        },
      },
      'nobody',
    );
    assert.equal(response.status, 201);
    assert.deepEqual(masked(response.body), {
      kind: 'SelfSubjectAccessReview',
      apiVersion: 'authorization.k8s.io/v1',
      metadata: {},
      spec: {
        resourceAttributes: {
          namespace: t.namespace,
          verb: 'get',
          resource: 'pods',
        },
      },
      status: { allowed: false },
    });
  },

  'may I: yes, and which binding says so': async t => {
    await t.create('roles', role('reader', READ_PODS));
    const wanted = { verb: 'list', resource: 'pods' };
    await bind(t, roleBinding('readers', 'Role/reader', user('guest')), {
      who: 'guest',
      may: wanted,
    });
    assert.deepEqual(await mayI(t, 'guest', wanted), {
      allowed: true,
      reason: `RBAC: allowed by RoleBinding "readers/${t.namespace}" of Role "reader" to User "guest"`,
    });
    assert.deepEqual(
      await mayI(t, 'guest', { verb: 'delete', resource: 'pods' }),
      { allowed: false },
    );
  },

  'may I: a group and a ClusterRole are named': async t => {
    const team = {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'Group',
      name: 'team',
    };
    const wanted = { verb: 'delete', group: 'apps', resource: 'deployments' };
    await bind(t, roleBinding('team', 'ClusterRole/cluster-admin', team), {
      who: 'member',
      may: wanted,
    });
    assert.deepEqual(await mayI(t, 'member', wanted), {
      allowed: true,
      reason: `RBAC: allowed by RoleBinding "team/${t.namespace}" of ClusterRole "cluster-admin" to Group "team"`,
    });
  },

  'may I: the administrator may, without a reason': async t => {
    const response = await review(
      t,
      `${AUTHORIZATION}/selfsubjectaccessreviews`,
      { resourceAttributes: { verb: '*', group: '*', resource: '*' } },
    );
    assert.deepEqual(response.body.status, { allowed: true });
  },

  'may I: everybody may ask, and read discovery': async t => {
    const ask = async (spec: object) =>
      (
        await review(
          t,
          `${AUTHORIZATION}/selfsubjectaccessreviews`,
          spec,
          'nobody',
        )
      ).body.status;
    assert.deepEqual(
      await ask({
        resourceAttributes: {
          verb: 'create',
          group: 'authorization.k8s.io',
          resource: 'selfsubjectaccessreviews',
        },
      }),
      {
        allowed: true,
        reason:
          'RBAC: allowed by ClusterRoleBinding "system:basic-user" of ClusterRole "system:basic-user" to Group "system:authenticated"',
      },
    );
    assert.deepEqual(
      await ask({ nonResourceAttributes: { verb: 'get', path: '/apis/apps' } }),
      {
        allowed: true,
        reason:
          'RBAC: allowed by ClusterRoleBinding "system:discovery" of ClusterRole "system:discovery" to Group "system:authenticated"',
      },
    );
    assert.deepEqual(
      await ask({ nonResourceAttributes: { verb: 'get', path: '/metrics' } }),
      { allowed: false },
    );
  },

  'may I: the anonymous may not even ask': async t => {
    const response = await t.client.post(
      `${AUTHORIZATION}/selfsubjectaccessreviews`,
      { spec: { resourceAttributes: { verb: 'get' } } },
      { token: null },
    );
    assertFailure(response, {
      code: 403,
      reason: 'Forbidden',
      message:
        'selfsubjectaccessreviews.authorization.k8s.io is forbidden: User "system:anonymous" cannot create resource "selfsubjectaccessreviews" in API group "authorization.k8s.io" at the cluster scope',
      details: {
        group: 'authorization.k8s.io',
        kind: 'selfsubjectaccessreviews',
      },
    });
  },

  'a review that asks nothing, or two things, is refused': async t => {
    const message =
      'Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified';
    assertFailure(
      await review(t, `${AUTHORIZATION}/selfsubjectaccessreviews`, {}),
      {
        code: 422,
        reason: 'Invalid',
        message: `.authorization.k8s.io "" is invalid: spec.resourceAttributes: ${message}`,
        details: {
          group: 'authorization.k8s.io',
          causes: [
            {
              reason: 'FieldValueInvalid',
              message,
              field: 'spec.resourceAttributes',
            },
          ],
        },
      },
    );
    const both = await review(t, `${AUTHORIZATION}/subjectaccessreviews`, {
      resourceAttributes: { verb: 'get' },
      nonResourceAttributes: { verb: 'get', path: '/x' },
    });
    assert.equal(both.status, 422);
    assert.equal(
      both.body.message,
      '.authorization.k8s.io "" is invalid: [spec.nonResourceAttributes: Invalid value: {"Path":"/x","Verb":"get"}: cannot be specified in combination with resourceAttributes, spec.user: Invalid value: "": at least one of user or group must be specified]',
    );
  },

  'reviews can only be created': async t => {
    for (const path of [
      `${AUTHORIZATION}/selfsubjectaccessreviews`,
      `${AUTHORIZATION}/subjectaccessreviews`,
      `${AUTHENTICATION}/tokenreviews`,
    ]) {
      assert.equal((await t.client.get(path)).status, 405, path);
    }
  },

  'may somebody else: by name and by group': async t => {
    await t.create('roles', role('reader', READ_PODS));
    const team = {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'Group',
      name: 'team',
    };
    await bind(t, roleBinding('readers', 'Role/reader', user('guest'), team), {
      who: 'guest',
      may: { verb: 'list', resource: 'pods' },
    });
    const ask = async (subject: object) =>
      (
        await review(t, `${AUTHORIZATION}/subjectaccessreviews`, {
          ...subject,
          resourceAttributes: {
            verb: 'list',
            resource: 'pods',
            namespace: t.namespace,
          },
        })
      ).body.status;
    assert.equal((await ask({ user: 'guest' })).allowed, true);
    assert.equal(
      (await ask({ user: 'anybody', groups: ['team'] })).reason,
      `RBAC: allowed by RoleBinding "readers/${t.namespace}" of Role "reader" to Group "team"`,
    );
    assert.deepEqual(await ask({ user: 'anybody' }), { allowed: false });
    assert.deepEqual(await ask({ user: 'x', groups: ['system:masters'] }), {
      allowed: true,
    });
  },

  'may somebody else: only who may ask is told': async t => {
    const response = await review(
      t,
      `${AUTHORIZATION}/subjectaccessreviews`,
      { user: 'guest', resourceAttributes: { verb: 'get' } },
      'nobody',
    );
    assert.equal(response.status, 403);
  },

  'may somebody else, in one namespace': async t => {
    const path = `${AUTHORIZATION}/namespaces/${t.namespace}/localsubjectaccessreviews`;
    const attributes = { verb: 'get', resource: 'pods' };
    const response = await review(t, path, {
      user: 'nobody',
      resourceAttributes: { ...attributes, namespace: t.namespace },
    });
    assert.equal(response.status, 201, response.text);
    assert.equal(response.body.metadata.namespace, t.namespace);
    assert.deepEqual(response.body.status, { allowed: false });
    const elsewhere = await review(t, path, {
      user: 'nobody',
      resourceAttributes: { ...attributes, namespace: 'default' },
    });
    assert.equal(elsewhere.status, 422);
    assert.match(
      elsewhere.body.message,
      /"default": must match metadata.namespace/,
    );
    const paths = await review(t, path, {
      user: 'nobody',
      nonResourceAttributes: { verb: 'get', path: '/x' },
    });
    assert.match(paths.body.message, /disallowed on this kind of request/);
  },

  'my rules in a namespace: those of everybody, and my own': async t => {
    await t.create(
      'roles',
      role('reader', READ_PODS, {
        verbs: ['get'],
        apiGroups: [''],
        resources: ['configmaps'],
        resourceNames: ['a'],
      }),
    );
    await bind(t, roleBinding('readers', 'Role/reader', user('guest')), {
      who: 'guest',
      may: { verb: 'list', resource: 'pods' },
    });
    const response = await t.transcript.quietly(() =>
      review(
        t,
        `${AUTHORIZATION}/selfsubjectrulesreviews`,
        { namespace: t.namespace },
        'guest',
      ),
    );
    assert.equal(response.status, 201, response.text);
    const { kind, metadata, spec, status } = response.body;
    assert.deepEqual(
      { kind, metadata, spec },
      { kind: 'SelfSubjectRulesReview', metadata: {}, spec: {} },
    );
    assert.equal(status.incomplete, false);
    const open = [
      {
        verbs: ['create'],
        apiGroups: ['authorization.k8s.io'],
        resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
      },
      {
        verbs: ['create'],
        apiGroups: ['authentication.k8s.io'],
        resources: ['selfsubjectreviews'],
      },
    ];
    assert.deepEqual(
      sorted(status.resourceRules),
      sorted([
        ...open,
        READ_PODS,
        {
          verbs: ['get'],
          apiGroups: [''],
          resources: ['configmaps'],
          resourceNames: ['a'],
        },
      ]),
    );
    assert.equal(status.nonResourceRules.length, 2);
  },

  'my rules: those of a missing role are an error, not a refusal': async t => {
    await t.create(
      'rolebindings',
      roleBinding('lost', 'Role/lost', user('guest')),
    );
    const ask = () =>
      t.transcript.quietly(() =>
        review(
          t,
          `${AUTHORIZATION}/selfsubjectrulesreviews`,
          { namespace: t.namespace },
          'guest',
        ),
      );
    await t.eventuallyTrue('the binding being seen', async () =>
      Boolean((await ask()).body.status.evaluationError),
    );
    const { status } = (await ask()).body;
    assert.equal(
      status.evaluationError,
      'role.rbac.authorization.k8s.io "lost" not found',
    );
    assertFailure(
      await review(t, `${AUTHORIZATION}/selfsubjectrulesreviews`, {}),
      {
        code: 400,
        reason: 'BadRequest',
        message: 'no namespace on request',
      },
    );
  },

  'who am I': async t => {
    const { status, body } = await t.client.post(
      `${AUTHENTICATION}/selfsubjectreviews`,
      { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
      { token: t.cluster.users.member },
    );
    assert.equal(status, 201);
    assert.deepEqual(masked(body), {
      kind: 'SelfSubjectReview',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: { creationTimestamp: '<creationTimestamp>' },
      status: {
        userInfo: {
          username: 'member',
          uid: '<uid>',
          groups: ['team', 'system:authenticated'],
        },
      },
    });
  },

  'whose token is this': async t => {
    const ask = async (spec: object) =>
      t.transcript.quietly(() =>
        review(t, `${AUTHENTICATION}/tokenreviews`, spec),
      );
    const known = await ask({ token: t.cluster.users.guest });
    assert.equal(known.status, 201);
    assert.deepEqual(known.body.status, {
      authenticated: true,
      user: {
        username: 'guest',
        uid: 'guest',
        groups: ['system:authenticated'],
      },
      audiences: ['https://kubernetes.default.svc'],
    });
    const unknown = await ask({ token: 'made-up' });
    assert.deepEqual(unknown.body.status, {
      user: {},
      error: 'invalid bearer token',
    });
    assertFailure(await ask({}), {
      code: 400,
      reason: 'BadRequest',
      message: 'token is required for TokenReview in authentication',
    });
  },

  'kubectl auth can-i and whoami': async t => {
    await t.create('roles', role('reader', READ_PODS));
    await bind(t, roleBinding('readers', 'Role/reader', user('guest')), {
      who: 'guest',
      may: { verb: 'list', resource: 'pods' },
    });
    const token = t.cluster.users.guest;
    const answer = async (command: string) => {
      const { stdout } = await typed(t, `auth ${command}`, {
        token,
        unnoted: true,
      });
      return stdout.trim();
    };
    assert.equal(await answer('can-i list pods'), 'yes');
    assert.match(await answer('can-i delete pods'), /^no/);
    assert.equal(await answer('can-i get /version'), 'yes');
    const rules = await answer('can-i --list');
    assert.match(rules, /^pods +\[\] +\[\] +\[get list watch\]$/m);
    const me = await answer('whoami');
    assert.match(me, /^Username +guest$/m);
    assert.match(me, /^Groups +\[system:authenticated\]$/m);
    assert.equal((await typed(t, 'get pods', { token })).code, 0);
    assert.equal((await typed(t, 'get secrets', { token })).code, 1);
  },
});
