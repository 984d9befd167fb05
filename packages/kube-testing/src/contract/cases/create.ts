import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure, masked } from '../expectations';
import { configMap, deployment } from '../objects';

/** What POST makes of an object, and which ones it refuses. */
export const createCases = area('create', {
  'answers 201 with what the server added': async t => {
    const response = await t.client.post(
      t.path('configmaps'),
      configMap('a', { labels: { app: 'a' }, data: { key: 'value' } }),
    );
    assert.equal(response.status, 201);
    assert.deepEqual(masked(response.body), {
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: {
        name: 'a',
        namespace: t.namespace,
        uid: '<uid>',
        resourceVersion: '<resourceVersion>',
        creationTimestamp: '<creationTimestamp>',
        labels: { app: 'a' },
      },
      data: { key: 'value' },
    });
    assert.match(
      response.body.metadata.uid,
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
    assert.match(
      response.body.metadata.creationTimestamp,
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
    );
  },

  'what a client may not set is not taken over': async t => {
    const { metadata } = await t.create(
      'configmaps',
      configMap('a', {
        metadata: {
          uid: '00000000-0000-4000-8000-000000000000',
          creationTimestamp: '2001-01-01T00:00:00Z',
          deletionTimestamp: '2001-01-01T00:00:00Z',
        },
      }),
    );
    assert.notEqual(metadata.uid, '00000000-0000-4000-8000-000000000000');
    assert.ok(metadata.creationTimestamp > '2020');
    assert.equal(metadata.deletionTimestamp, undefined);
  },

  'a name that is taken is 409': async t => {
    await t.create('configmaps', configMap('a'));
    assertFailure(await t.client.post(t.path('configmaps'), configMap('a')), {
      code: 409,
      reason: 'AlreadyExists',
      message: 'configmaps "a" already exists',
      details: { name: 'a', kind: 'configmaps' },
    });
  },

  'a kind of a named group is reported with its group': async t => {
    await t.create('deployments', deployment('web', { replicas: 0 }));
    assertFailure(
      await t.client.post(t.path('deployments'), deployment('web')),
      {
        code: 409,
        reason: 'AlreadyExists',
        message: 'deployments.apps "web" already exists',
        details: { name: 'web', group: 'apps', kind: 'deployments' },
      },
    );
  },

  'generateName adds five characters': async t => {
    const object = configMap('');
    object.metadata = { generateName: 'run-' };
    const one = await t.create('configmaps', object);
    const two = await t.create('configmaps', object);
    assert.match(one.metadata.name, /^run-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    assert.equal(one.metadata.generateName, 'run-');
    assert.notEqual(one.metadata.name, two.metadata.name);
  },

  'another namespace in the object than in the path is 400': async t => {
    assertFailure(
      await t.client.post(
        t.path('configmaps'),
        configMap('a', { metadata: { namespace: 'default' } }),
      ),
      {
        code: 400,
        reason: 'BadRequest',
        message:
          'the namespace of the provided object does not match the namespace sent on the request',
      },
    );
  },

  'a resourceVersion in the object is refused': async t => {
    assertFailure(
      await t.client.post(
        t.path('configmaps'),
        configMap('a', { metadata: { resourceVersion: '5' } }),
      ),
      {
        code: 500,
        message: 'resourceVersion should not be set on objects to be created',
      },
    );
  },

  'a namespace that does not exist is 404': async t => {
    assertFailure(
      await t.client.post(
        '/api/v1/namespaces/not-there/configmaps',
        configMap('a'),
      ),
      {
        code: 404,
        reason: 'NotFound',
        message: 'namespaces "not-there" not found',
        details: { name: 'not-there', kind: 'namespaces' },
      },
    );
  },
});
