import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure } from '../expectations';
import { configMap } from '../objects';

/** Who is let in, and how the others are told. */
export const accessCases = area('access', {
  'a token that nobody gave out is 401': async t => {
    assertFailure(
      await t.client.get(t.path('configmaps'), { token: 'made-up' }),
      { code: 401, reason: 'Unauthorized', message: 'Unauthorized' },
    );
  },

  'no token is anonymous, and 403': async t => {
    assertFailure(await t.client.get(t.path('configmaps'), { token: null }), {
      code: 403,
      reason: 'Forbidden',
      message: `configmaps is forbidden: User "system:anonymous" cannot list resource "configmaps" in API group "" in the namespace "${t.namespace}"`,
      details: { kind: 'configmaps' },
    });
  },

  'health may be asked for by anybody': async t => {
    assert.equal((await t.client.get('/readyz', { token: null })).status, 200);
    assert.equal((await t.client.get('/version', { token: null })).status, 200);
  },

  'a user without rights may discover and nothing else': async t => {
    const token = t.cluster.users.nobody;
    assert.equal((await t.client.get('/apis', { token })).status, 200);
    assert.equal((await t.client.get('/api/v1', { token })).status, 200);
    assertFailure(await t.client.get('/apis/apps/v1/deployments', { token }), {
      code: 403,
      reason: 'Forbidden',
      message:
        'deployments.apps is forbidden: User "nobody" cannot list resource "deployments" in API group "apps" at the cluster scope',
      details: { group: 'apps', kind: 'deployments' },
    });
  },

  'what is refused names the object and the verb': async t => {
    const token = t.cluster.users.nobody;
    assertFailure(await t.client.get(t.path('configmaps', 'a'), { token }), {
      code: 403,
      reason: 'Forbidden',
      message: `configmaps "a" is forbidden: User "nobody" cannot get resource "configmaps" in API group "" in the namespace "${t.namespace}"`,
      details: { name: 'a', kind: 'configmaps' },
    });
    assertFailure(
      await t.client.post(t.path('configmaps'), configMap('a'), { token }),
      {
        code: 403,
        reason: 'Forbidden',
        message: `configmaps is forbidden: User "nobody" cannot create resource "configmaps" in API group "" in the namespace "${t.namespace}"`,
        details: { kind: 'configmaps' },
      },
    );
  },

  'a subresource is refused by its own name': async t => {
    const token = t.cluster.users.nobody;
    assertFailure(
      await t.client.patch(
        t.path('deployments', 'web/scale'),
        'merge',
        { spec: { replicas: 2 } },
        { token },
      ),
      {
        code: 403,
        reason: 'Forbidden',
        message: `deployments.apps "web" is forbidden: User "nobody" cannot patch resource "deployments/scale" in API group "apps" in the namespace "${t.namespace}"`,
        details: { name: 'web', group: 'apps', kind: 'deployments' },
      },
    );
  },

  'a watch is refused before it starts': async t => {
    const watch = await t.client.watch(t.path('configmaps'), {
      token: t.cluster.users.nobody,
    });
    watch.close();
    assert.equal(watch.status, 403);
  },

  'a method that a path does not have is 405': async t => {
    assertFailure(
      await t.client.post(t.path('configmaps', 'a'), configMap('a')),
      {
        code: 405,
        reason: 'MethodNotAllowed',
        message:
          'the server does not allow this method on the requested resource',
        details: {},
      },
    );
  },
});
