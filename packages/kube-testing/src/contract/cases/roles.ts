import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure, masked } from '../expectations';
import { configMap, unscheduledPod } from '../objects';
import { as, bind, mayI, READ_PODS, role, roleBinding, user } from '../roles';

const GROUP = 'rbac.authorization.k8s.io';

/** What Roles, ClusterRoles and their bindings let somebody do, and what may be written into them. */
export const roleCases = area('roles', {
  'a Role lets a user do what its rules say, in its namespace only':
    async t => {
      await t.create('pods', unscheduledPod('a'));
      await t.create('roles', role('reader', READ_PODS));
      await bind(t, roleBinding('reader', 'Role/reader', user('guest')), {
        who: 'guest',
        may: { verb: 'list', resource: 'pods' },
      });
      assert.equal((await as(t, 'guest', 'GET', t.path('pods'))).status, 200);
      assert.equal(
        (await as(t, 'guest', 'GET', t.path('pods', 'a'))).status,
        200,
      );
      assertFailure(await as(t, 'guest', 'DELETE', t.path('pods', 'a')), {
        code: 403,
        reason: 'Forbidden',
        message: `pods "a" is forbidden: User "guest" cannot delete resource "pods" in API group "" in the namespace "${t.namespace}"`,
        details: { name: 'a', kind: 'pods' },
      });
      assertFailure(await as(t, 'guest', 'GET', '/api/v1/pods'), {
        code: 403,
        reason: 'Forbidden',
        message:
          'pods is forbidden: User "guest" cannot list resource "pods" in API group "" at the cluster scope',
        details: { kind: 'pods' },
      });
      assert.equal(
        (await as(t, 'guest', 'GET', '/api/v1/namespaces/default/pods')).status,
        403,
      );
      assert.equal((await as(t, 'nobody', 'GET', t.path('pods'))).status, 403);
    },

  'a Role may be bound to a group': async t => {
    await t.create('roles', role('reader', READ_PODS));
    const team = { apiGroup: GROUP, kind: 'Group', name: 'team' };
    await bind(t, roleBinding('reader', 'Role/reader', team), {
      who: 'member',
      may: { verb: 'list', resource: 'pods' },
    });
    assert.equal((await as(t, 'member', 'GET', t.path('pods'))).status, 200);
    assert.equal((await as(t, 'guest', 'GET', t.path('pods'))).status, 403);
  },

  'a rule may name single objects; lists are then refused': async t => {
    await t.create('configmaps', configMap('mine'));
    await t.create('configmaps', configMap('yours'));
    await t.create(
      'roles',
      role('one', {
        verbs: ['get', 'list', 'update'],
        apiGroups: [''],
        resources: ['configmaps'],
        resourceNames: ['mine'],
      }),
    );
    await bind(t, roleBinding('one', 'Role/one', user('guest')), {
      who: 'guest',
      may: { verb: 'get', resource: 'configmaps', name: 'mine' },
    });
    const status = async (name?: string) =>
      (await as(t, 'guest', 'GET', t.path('configmaps', name))).status;
    assert.deepEqual(
      [await status('mine'), await status('yours'), await status()],
      [200, 403, 403],
    );
    // A list of that one object is allowed.
    const selected = await t.client.get(t.path('configmaps'), {
      token: t.cluster.users.guest,
      query: { fieldSelector: 'metadata.name=mine' },
    });
    assert.equal(selected.status, 200, selected.text);
  },

  'a subresource is allowed by its own name, or by a star before it':
    async t => {
      await t.create('pods', unscheduledPod('a'));
      await t.create(
        'roles',
        role(
          'sub',
          { verbs: ['get'], apiGroups: [''], resources: ['pods/log'] },
          { verbs: ['patch'], apiGroups: ['*'], resources: ['*/status'] },
        ),
      );
      await bind(t, roleBinding('sub', 'Role/sub', user('guest')), {
        who: 'guest',
        may: { verb: 'get', resource: 'pods', subresource: 'log' },
      });
      assert.equal(
        (await as(t, 'guest', 'GET', t.path('pods', 'a/log'))).status,
        204,
      );
      assert.equal(
        (await as(t, 'guest', 'PATCH', t.path('pods', 'a/status'), {})).status,
        200,
      );
      assertFailure(await as(t, 'guest', 'GET', t.path('pods', 'a/status')), {
        code: 403,
        reason: 'Forbidden',
        message: `pods "a" is forbidden: User "guest" cannot get resource "pods/status" in API group "" in the namespace "${t.namespace}"`,
        details: { name: 'a', kind: 'pods' },
      });
      assert.equal(
        (await as(t, 'guest', 'GET', t.path('pods', 'a'))).status,
        403,
      );
    },

  'a binding of a role that is missing says so where it is asked': async t => {
    await t.create(
      'rolebindings',
      roleBinding('lost', 'Role/lost', user('guest')),
    );
    const path = t.path('configmaps');
    await t.eventuallyTrue('the binding being seen', async () =>
      (await as(t, 'guest', 'GET', path)).text.includes('lost'),
    );
    assertFailure(await as(t, 'guest', 'GET', path), {
      code: 403,
      reason: 'Forbidden',
      message: `configmaps is forbidden: User "guest" cannot list resource "configmaps" in API group "" in the namespace "${t.namespace}": RBAC: role.rbac.authorization.k8s.io "lost" not found`,
      details: { kind: 'configmaps' },
    });
  },

  'a watch goes on when its role is withdrawn; the next one is refused':
    async t => {
      await t.create('roles', role('reader', READ_PODS));
      await bind(t, roleBinding('reader', 'Role/reader', user('guest')), {
        who: 'guest',
        may: { verb: 'watch', resource: 'pods' },
      });
      const token = t.cluster.users.guest;
      const watch = await t.watch('pods', {}, { token });
      await t.remove('rolebindings', 'reader');
      await t.eventuallyTrue('the role being withdrawn', async () => {
        const { allowed } = await mayI(t, 'guest', {
          verb: 'watch',
          resource: 'pods',
        });
        return !allowed;
      });
      await t.create('pods', unscheduledPod('a'));
      const [frame] = await watch.take(1);
      assert.equal(frame.type, 'ADDED');
      const again = await t.client.watch(t.path('pods'), { token });
      again.close();
      assert.equal(again.status, 403);
    },

  'what is refused is so whether or not it is there': async t => {
    const missing = await as(t, 'nobody', 'GET', t.path('configmaps', 'nope'));
    assert.equal(missing.status, 403);
    const unknown = await as(
      t,
      'nobody',
      'GET',
      `/apis/example.com/v1/namespaces/${t.namespace}/things/a`,
    );
    assertFailure(unknown, {
      code: 403,
      reason: 'Forbidden',
      message: `things.example.com "a" is forbidden: User "nobody" cannot get resource "things" in API group "example.com" in the namespace "${t.namespace}"`,
      details: { name: 'a', group: 'example.com', kind: 'things' },
    });
  },

  'paths that are no resources are refused by their path': async t => {
    const { nobody } = t.cluster.users;
    assertFailure(await t.client.get('/metrics', { token: nobody }), {
      code: 403,
      reason: 'Forbidden',
      message: 'forbidden: User "nobody" cannot get path "/metrics"',
      details: {},
    });
    assertFailure(await t.client.delete('/healthz', { token: nobody }), {
      code: 403,
      reason: 'Forbidden',
      message: 'forbidden: User "nobody" cannot delete path "/healthz"',
      details: {},
    });
  },

  'a binding completes its subjects and its reference': async t => {
    const created = await t.create('rolebindings', {
      apiVersion: `${GROUP}/v1`,
      kind: 'RoleBinding',
      metadata: { name: 'short' },
      roleRef: { kind: 'ClusterRole', name: 'view' },
      subjects: [
        { kind: 'User', name: 'a' },
        { kind: 'ServiceAccount', name: 'b' },
      ],
    });
    const { roleRef, subjects } = masked(created);
    assert.deepEqual(roleRef, {
      apiGroup: GROUP,
      kind: 'ClusterRole',
      name: 'view',
    });
    assert.deepEqual(subjects, [
      { kind: 'User', apiGroup: GROUP, name: 'a' },
      { kind: 'ServiceAccount', name: 'b' },
    ]);
  },

  'the reference of a binding does not change': async t => {
    await t.create('roles', role('reader', READ_PODS));
    await t.create(
      'rolebindings',
      roleBinding('b', 'Role/reader', user('guest')),
    );
    const response = await t.client.patch(
      t.path('rolebindings', 'b'),
      'merge',
      { roleRef: { kind: 'ClusterRole', name: 'view' } },
    );
    const value =
      '{"APIGroup":"rbac.authorization.k8s.io","Kind":"ClusterRole","Name":"view"}';
    assertFailure(response, {
      code: 422,
      reason: 'Invalid',
      message: `RoleBinding.rbac.authorization.k8s.io "b" is invalid: roleRef: Invalid value: ${value}: cannot change roleRef`,
      details: {
        name: 'b',
        group: GROUP,
        kind: 'RoleBinding',
        causes: [
          {
            reason: 'FieldValueInvalid',
            message: `Invalid value: ${value}: cannot change roleRef`,
            field: 'roleRef',
          },
        ],
      },
    });
    const { subjects } = await t.merge('rolebindings', 'b', { subjects: null });
    assert.equal(subjects, undefined);
  },

  'a rule without verbs, groups or resources is refused': async t => {
    const response = await t.client.post(t.path('roles'), role('bad', {}));
    assertFailure(response, {
      code: 422,
      reason: 'Invalid',
      message:
        'Role.rbac.authorization.k8s.io "bad" is invalid: [rules[0].verbs: Required value: verbs must contain at least one value, rules[0].apiGroups: Required value: resource rules must supply at least one api group, rules[0].resources: Required value: resource rules must supply at least one resource]',
      details: {
        name: 'bad',
        group: GROUP,
        kind: 'Role',
        causes: [
          {
            reason: 'FieldValueRequired',
            message: 'Required value: verbs must contain at least one value',
            field: 'rules[0].verbs',
          },
          {
            reason: 'FieldValueRequired',
            message:
              'Required value: resource rules must supply at least one api group',
            field: 'rules[0].apiGroups',
          },
          {
            reason: 'FieldValueRequired',
            message:
              'Required value: resource rules must supply at least one resource',
            field: 'rules[0].resources',
          },
        ],
      },
    });
  },

  'a Role has no rules about paths': async t => {
    const response = await t.client.post(
      t.path('roles'),
      role('bad', { verbs: ['get'], nonResourceURLs: ['/metrics'] }),
    );
    assert.equal(response.status, 422);
    assert.match(
      response.body.message,
      /rules\[0\]\.nonResourceURLs: Invalid value: \["\/metrics"\]: namespaced rules cannot apply to non-resource URLs/,
    );
  },

  'subjects and references that make no sense are refused': async t => {
    const refused = async (binding: object) => {
      const response = await t.client.post(t.path('rolebindings'), binding);
      assert.equal(response.status, 422, response.text);
      return response.body.details.causes.map((cause: any) => cause.field);
    };
    assert.deepEqual(
      await refused(roleBinding('a', 'Role/r', { kind: 'Robot', name: 'x' })),
      ['subjects[0].kind'],
    );
    assert.deepEqual(
      await refused(roleBinding('a', 'Role/r', { kind: 'User', name: '' })),
      ['subjects[0].name'],
    );
    assert.deepEqual(
      await refused(
        roleBinding('a', 'Role/r', {
          kind: 'ServiceAccount',
          name: 'x',
          apiGroup: GROUP,
        }),
      ),
      ['subjects[0].apiGroup'],
    );
    assert.deepEqual(
      await refused({
        ...roleBinding('a', 'Role/r'),
        roleRef: { kind: 'Robot', name: 'x' },
      }),
      ['roleRef.kind'],
    );
  },

  'a role may have a name with colons': async t => {
    const { metadata } = await t.create(
      'roles',
      role('system:example:reader', READ_PODS),
    );
    assert.equal(metadata.name, 'system:example:reader');
    const response = await t.client.post(
      t.path('roles'),
      role('a/b', READ_PODS),
    );
    assert.equal(response.status, 422);
    assert.match(response.body.message, /may not contain '\/'/);
  },
});
