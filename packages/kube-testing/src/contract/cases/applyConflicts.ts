import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure } from '../expectations';
import { applied, apply, ownersOf, written } from '../fieldOwners';
import { configMap, service } from '../objects';

/** Applies that meet what others own. */
export const applyConflictCases = area('apply conflicts', {
  'one, with who applied': async t => {
    await applied(t, 'configmaps', configMap('a', { data: { x: '1' } }));
    const response = await apply(
      t,
      'configmaps',
      configMap('a', { data: { x: '2' } }),
      { manager: 'you' },
    );
    assertFailure(response, {
      message: 'Apply failed with 1 conflict: conflict with "me": .data.x',
      reason: 'Conflict',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "me"',
            field: '.data.x',
          },
        ],
      },
      code: 409,
    });
    assert.deepEqual((await t.read('configmaps', 'a')).data, { x: '1' });
  },

  'one, with who updated': async t => {
    await written(t, 'services', {
      manager: 'kubectl-create',
      body: service('a'),
    });
    const response = await apply(
      t,
      'services',
      service('a', { selector: { app: 'b' } }),
    );
    assertFailure(response, {
      message:
        'Apply failed with 1 conflict: conflict with "kubectl-create" using v1: .spec.selector',
      reason: 'Conflict',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "kubectl-create" using v1',
            field: '.spec.selector',
          },
        ],
      },
      code: 409,
    });
  },

  'several with one owner': async t => {
    await written(t, 'services', {
      manager: 'kubectl-create',
      body: service('a', {
        ports: [{ name: 'http', port: 80, targetPort: 'http' }],
      }),
    });
    const response = await apply(
      t,
      'services',
      service('a', {
        selector: { app: 'b' },
        sessionAffinity: 'ClientIP',
        ports: [{ name: 'web', port: 80, targetPort: 8080 }],
      }),
    );
    assertFailure(response, {
      message:
        'Apply failed with 4 conflicts: conflicts with "kubectl-create" using v1:\n- .spec.selector\n- .spec.sessionAffinity\n- .spec.ports[port=80,protocol="TCP"].name\n- .spec.ports[port=80,protocol="TCP"].targetPort',
      reason: 'Conflict',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "kubectl-create" using v1',
            field: '.spec.selector',
          },
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "kubectl-create" using v1',
            field: '.spec.sessionAffinity',
          },
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "kubectl-create" using v1',
            field: '.spec.ports[port=80,protocol="TCP"].name',
          },
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "kubectl-create" using v1',
            field: '.spec.ports[port=80,protocol="TCP"].targetPort',
          },
        ],
      },
      code: 409,
    });
  },

  'several with several owners': async t => {
    await applied(t, 'configmaps', configMap('a', { data: { x: '1' } }), {
      manager: 'one',
    });
    await applied(
      t,
      'configmaps',
      configMap('a', { data: { x: '1', y: '1' } }),
      { manager: 'two' },
    );
    await written(t, 'configmaps', {
      manager: 'three',
      name: 'a',
      patch: { data: { z: '1' } },
    });
    const response = await apply(
      t,
      'configmaps',
      configMap('a', { data: { x: '2', y: '2', z: '2' } }),
    );
    // The real server tells the causes of several owners in any order.
    response.body.details.causes.sort((a: any, b: any) =>
      a.message + a.field < b.message + b.field ? -1 : 1,
    );
    assertFailure(response, {
      message:
        'Apply failed with 4 conflicts: conflicts with "one":\n- .data.x\nconflicts with "three" using v1:\n- .data.z\nconflicts with "two":\n- .data.x\n- .data.y',
      reason: 'Conflict',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "one"',
            field: '.data.x',
          },
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "three" using v1',
            field: '.data.z',
          },
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "two"',
            field: '.data.x',
          },
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "two"',
            field: '.data.y',
          },
        ],
      },
      code: 409,
    });
  },

  'about items and values of lists name them': async t => {
    await written(t, 'pods', {
      manager: 'kubectl-create',
      body: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'a' },
        spec: {
          schedulerName: 'nobody',
          automountServiceAccountToken: false,
          containers: [
            {
              name: 'main',
              image: 'shop/cart:1',
              ports: [{ containerPort: 80, name: 'http' }],
            },
          ],
        },
      },
    });
    const response = await apply(t, 'pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: {
        containers: [
          {
            name: 'main',
            image: 'shop/cart:2',
            ports: [{ containerPort: 80, name: 'web' }],
          },
        ],
      },
    });
    assertFailure(response, {
      message:
        'Apply failed with 2 conflicts: conflicts with "kubectl-create" using v1:\n- .spec.containers[name="main"].image\n- .spec.containers[name="main"].ports[containerPort=80,protocol="TCP"].name',
      reason: 'Conflict',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "kubectl-create" using v1',
            field: '.spec.containers[name="main"].image',
          },
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "kubectl-create" using v1',
            field:
              '.spec.containers[name="main"].ports[containerPort=80,protocol="TCP"].name',
          },
        ],
      },
      code: 409,
    });
  },

  'force takes the fields over': async t => {
    await applied(
      t,
      'configmaps',
      configMap('a', { data: { x: '1', y: '1' } }),
    );
    const forced = await applied(
      t,
      'configmaps',
      configMap('a', { data: { x: '2' } }),
      { manager: 'you', force: true },
    );
    assert.deepEqual(forced.data, { x: '2', y: '1' });
    assert.deepEqual(ownersOf(forced), {
      'me Apply v1': ['data.y'],
      'you Apply v1': ['data.x'],
    });
  },

  'there is none where the values are the same': async t => {
    await written(t, 'configmaps', {
      manager: 'kubectl-create',
      body: configMap('a', { data: { x: '1', y: '1' } }),
    });
    const shared = await applied(
      t,
      'configmaps',
      configMap('a', { data: { x: '1' } }),
    );
    assert.deepEqual(ownersOf(shared), {
      'me Apply v1 without time': ['data.x'],
      'kubectl-create Update v1': ['data', 'data.x', 'data.y'],
    });
  },

  'there is none with oneself as an updater of another name': async t => {
    await written(t, 'configmaps', {
      manager: 'me',
      body: configMap('a', { data: { x: '1' } }),
    });
    const response = await apply(
      t,
      'configmaps',
      configMap('a', { data: { x: '2' } }),
    );
    assertFailure(response, {
      message:
        'Apply failed with 1 conflict: conflict with "me" using v1: .data.x',
      reason: 'Conflict',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "me" using v1',
            field: '.data.x',
          },
        ],
      },
      code: 409,
    });
  },

  'a shared field that is changed conflicts with all that share it':
    async t => {
      const object = configMap('a', { data: { x: '1' } });
      await applied(t, 'configmaps', object);
      await applied(t, 'configmaps', object, { manager: 'you' });
      const response = await apply(
        t,
        'configmaps',
        configMap('a', { data: { x: '2' } }),
      );
      assertFailure(response, {
        message: 'Apply failed with 1 conflict: conflict with "you": .data.x',
        reason: 'Conflict',
        details: {
          causes: [
            {
              reason: 'FieldManagerConflict',
              message: 'conflict with "you"',
              field: '.data.x',
            },
          ],
        },
        code: 409,
      });
    },

  'an update never conflicts and takes over what it changes': async t => {
    await applied(
      t,
      'configmaps',
      configMap('a', { data: { x: '1', y: '1' } }),
    );
    const updated = await written(t, 'configmaps', {
      manager: 'you',
      name: 'a',
      patch: { data: { x: '2' } },
    });
    assert.deepEqual(ownersOf(updated), {
      'me Apply v1': ['data.y'],
      'you Update v1': ['data.x'],
    });
    const response = await apply(
      t,
      'configmaps',
      configMap('a', { data: { x: '1', y: '1' } }),
    );
    assertFailure(response, {
      message:
        'Apply failed with 1 conflict: conflict with "you" using v1: .data.x',
      reason: 'Conflict',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "you" using v1',
            field: '.data.x',
          },
        ],
      },
      code: 409,
    });
  },
});
