import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure } from '../expectations';
import { configMap } from '../objects';
import { as, bind, READ_PODS, role, roleBinding, user } from '../roles';

const GROUP = 'rbac.authorization.k8s.io';

/** Roles that every cluster has; a controller puts them together from their parts. */
export const builtInRoleCases = area(
  'roles',
  {
    'the built-in view reads a namespace, but no Secrets': async t => {
      await bind(t, roleBinding('view', 'ClusterRole/view', user('guest')), {
        who: 'guest',
        may: { verb: 'list', resource: 'pods' },
      });
      for (const [resource, status] of [
        ['pods', 200],
        ['deployments', 200],
        ['jobs', 200],
        ['configmaps', 200],
        ['secrets', 403],
        ['roles', 403],
      ] as const) {
        const response = await as(t, 'guest', 'GET', t.path(resource));
        assert.equal(response.status, status, `${resource} ${response.text}`);
      }
      assert.equal(
        (await as(t, 'guest', 'POST', t.path('configmaps'), configMap('a')))
          .status,
        403,
      );
      assert.equal(
        (await as(t, 'guest', 'GET', `/api/v1/namespaces/${t.namespace}`))
          .status,
        200,
      );
      assert.equal((await as(t, 'guest', 'GET', '/api/v1/nodes')).status, 403);
    },

    'the built-in edit writes workloads and Secrets, but no roles': async t => {
      await bind(t, roleBinding('edit', 'ClusterRole/edit', user('guest')), {
        who: 'guest',
        may: { verb: 'create', resource: 'configmaps' },
      });
      const create = (resource: string, body: object) =>
        as(t, 'guest', 'POST', t.path(resource), body);
      assert.equal((await create('configmaps', configMap('a'))).status, 201);
      const secret = {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'a' },
        stringData: { a: 'b' },
      };
      assert.equal((await create('secrets', secret)).status, 201);
      assertFailure(await create('roles', role('a', READ_PODS)), {
        code: 403,
        reason: 'Forbidden',
        message: `roles.rbac.authorization.k8s.io is forbidden: User "guest" cannot create resource "roles" in API group "rbac.authorization.k8s.io" in the namespace "${t.namespace}"`,
        details: { group: GROUP, kind: 'roles' },
      });
    },

    'an admin of a namespace grants what it has, and nothing more': async t => {
      await bind(t, roleBinding('admin', 'ClusterRole/admin', user('guest')), {
        who: 'guest',
        may: { verb: 'create', group: GROUP, resource: 'roles' },
      });
      const create = (resource: string, body: object) =>
        as(t, 'guest', 'POST', t.path(resource), body);
      assert.equal((await create('roles', role('a', READ_PODS))).status, 201);
      assert.equal(
        (
          await create(
            'rolebindings',
            roleBinding('a', 'ClusterRole/view', user('nobody')),
          )
        ).status,
        201,
      );
      assertFailure(
        await create(
          'roles',
          role('b', READ_PODS, {
            verbs: ['get', 'list'],
            apiGroups: [''],
            resources: ['nodes'],
          }),
        ),
        {
          code: 403,
          reason: 'Forbidden',
          message:
            'roles.rbac.authorization.k8s.io "b" is forbidden: user "guest" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:[""], Resources:["nodes"], Verbs:["get" "list"]}',
          details: { name: 'b', group: GROUP, kind: 'roles' },
        },
      );
      assertFailure(
        await create(
          'rolebindings',
          roleBinding('b', 'ClusterRole/cluster-admin', user('guest')),
        ),
        {
          code: 403,
          reason: 'Forbidden',
          message:
            'rolebindings.rbac.authorization.k8s.io "b" is forbidden: user "guest" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:["*"], Resources:["*"], Verbs:["*"]}\n{NonResourceURLs:["*"], Verbs:["*"]}',
          details: { name: 'b', group: GROUP, kind: 'rolebindings' },
        },
      );
      assertFailure(
        await create(
          'rolebindings',
          roleBinding('c', 'Role/missing', user('guest')),
        ),
        {
          code: 404,
          reason: 'NotFound',
          message: 'rolebindings.rbac.authorization.k8s.io "missing" not found',
          details: { name: 'missing', group: GROUP, kind: 'rolebindings' },
        },
      );
      // Neither does a change give more than a creation.
      assertFailure(
        await as(t, 'guest', 'PATCH', t.path('roles', 'a'), {
          rules: [{ verbs: ['get'], apiGroups: ['x'], resources: ['y'] }],
        }),
        {
          code: 403,
          reason: 'Forbidden',
          message: /permissions not currently held/,
          details: { name: 'a', group: GROUP, kind: 'roles' },
        },
      );
    },

    'the built-in roles of people are there, put together from their parts':
      async t => {
        for (const name of ['cluster-admin', 'admin', 'edit', 'view']) {
          const { rules, metadata, aggregationRule } = await t.ok(
            `/apis/${GROUP}/v1/clusterroles/${name}`,
          );
          assert.ok(rules.length > 0, name);
          assert.equal(
            metadata.labels['kubernetes.io/bootstrapping'],
            'rbac-defaults',
          );
          assert.equal(Boolean(aggregationRule), name !== 'cluster-admin');
        }
      },

    'a role whose labels say so becomes part of the built-in ones': async t => {
      const rule = {
        verbs: ['get'],
        apiGroups: [`${t.namespace}.example.com`],
        resources: ['things'],
      };
      const path = `/apis/${GROUP}/v1/clusterroles`;
      const name = t.namespace;
      const created = await t.client.post(path, {
        apiVersion: `${GROUP}/v1`,
        kind: 'ClusterRole',
        metadata: {
          name,
          labels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' },
        },
        rules: [rule],
      });
      assert.equal(created.status, 201, created.text);
      const isIn = (of: string) => async () =>
        (await t.ok(`${path}/${of}`)).rules.some(
          (it: any) => it.apiGroups?.[0] === rule.apiGroups[0],
        );
      const holds = (of: string) =>
        t.eventuallyTrue(`${of} having the rule`, isIn(of));
      try {
        await t.transcript.quietly(() => holds('view'));
        await t.transcript.quietly(() => holds('admin'));
      } finally {
        await t.client.delete(`${path}/${name}`);
      }
      await t.transcript.quietly(() =>
        t.eventuallyTrue(
          'admin being without the rule',
          async () => !(await isIn('admin')()),
        ),
      );
    },
  },
  { controllers: true },
);
