import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure } from '../expectations';
import { configMap, deployment } from '../objects';

/** Merge patches, JSON patches, and what is true of every patch. */
export const patchCases = area('patch', {
  'a merge patch adds, changes, and removes with null': async t => {
    await t.create(
      'configmaps',
      configMap('a', {
        labels: { x: '1', y: '1' },
        data: { keep: '1', change: '1', drop: '1' },
      }),
    );
    const patched = await t.merge('configmaps', 'a', {
      metadata: { labels: { y: null, z: '2' } },
      data: { change: '2', drop: null, add: '2' },
    });
    assert.deepEqual(patched.data, { keep: '1', change: '2', add: '2' });
    assert.deepEqual(patched.metadata.labels, { x: '1', z: '2' });
  },

  'a merge patch replaces lists as a whole': async t => {
    await t.create('deployments', deployment('web', { replicas: 0 }));
    const { spec } = await t.merge('deployments', 'web', {
      spec: {
        template: {
          spec: { containers: [{ name: 'other', image: 'shop/other:1' }] },
        },
      },
    });
    assert.deepEqual(
      spec.template.spec.containers.map((it: any) => it.name),
      ['other'],
    );
  },

  'a JSON patch tests, adds, replaces and removes': async t => {
    await t.create('configmaps', configMap('a', { data: { x: '1', y: '1' } }));
    const response = await t.client.patch(t.path('configmaps', 'a'), 'json', [
      { op: 'test', path: '/data/x', value: '1' },
      { op: 'replace', path: '/data/x', value: '2' },
      { op: 'remove', path: '/data/y' },
      { op: 'add', path: '/data/z', value: '3' },
      { op: 'add', path: '/metadata/labels', value: { 'a~b': 'no' } },
      { op: 'remove', path: '/metadata/labels/a~0b' },
    ]);
    assert.equal(response.status, 200, response.text);
    assert.deepEqual(response.body.data, { x: '2', z: '3' });
  },

  'a JSON patch inserts into and appends to lists': async t => {
    await t.create('deployments', deployment('web', { replicas: 0 }));
    const env = '/spec/template/spec/containers/0/env';
    const { body } = await t.client.patch(
      t.path('deployments', 'web'),
      'json',
      [
        { op: 'add', path: env, value: [{ name: 'B', value: 'b' }] },
        { op: 'add', path: `${env}/0`, value: { name: 'A', value: 'a' } },
        { op: 'add', path: `${env}/-`, value: { name: 'C', value: 'c' } },
      ],
    );
    assert.deepEqual(
      body.spec.template.spec.containers[0].env.map((it: any) => it.name),
      ['A', 'B', 'C'],
    );
  },

  'a JSON patch whose test fails is 422 and changes nothing': async t => {
    await t.create('configmaps', configMap('a', { data: { x: '1' } }));
    assertFailure(
      await t.client.patch(t.path('configmaps', 'a'), 'json', [
        { op: 'replace', path: '/data/x', value: '2' },
        { op: 'test', path: '/data/x', value: '1' },
      ]),
      {
        code: 422,
        reason: 'Invalid',
        message:
          'the server rejected our request due to an error in our request',
        details: {},
      },
    );
    assert.deepEqual((await t.read('configmaps', 'a')).data, { x: '1' });
  },

  'a JSON patch of a path that is not there is 422': async t => {
    await t.create('configmaps', configMap('a'));
    const response = await t.client.patch(t.path('configmaps', 'a'), 'json', [
      { op: 'remove', path: '/data/x' },
    ]);
    assert.equal(response.status, 422);
    assert.equal(response.body.reason, 'Invalid');
  },

  'a patch that is no JSON is 400': async t => {
    await t.create('configmaps', configMap('a'));
    for (const type of ['merge', 'json', 'strategic-merge'] as const) {
      const response = await t.client.patch(
        t.path('configmaps', 'a'),
        type,
        '{',
      );
      assert.equal(response.status, 400, type);
      assert.equal(response.body.reason, 'BadRequest');
    }
  },

  'a patch of an object that is not there is 404': async t => {
    assertFailure(
      await t.client.patch(t.path('configmaps', 'a'), 'merge', {}),
      {
        code: 404,
        reason: 'NotFound',
        message: 'configmaps "a" not found',
        details: { name: 'a', kind: 'configmaps' },
      },
    );
  },

  'a type of patch that nobody knows is 415': async t => {
    await t.create('configmaps', configMap('a'));
    assertFailure(
      await t.client.request(t.path('configmaps', 'a'), {
        method: 'PATCH',
        body: {},
        contentType: 'application/json',
      }),
      {
        code: 415,
        reason: 'UnsupportedMediaType',
        message: '415: Unsupported Media Type',
        details: {},
      },
    );
  },

  'an outdated resourceVersion in a patch is 409': async t => {
    const { metadata } = await t.create('configmaps', configMap('a'));
    await t.merge('configmaps', 'a', { data: { k: 'v' } });
    assertFailure(
      await t.client.patch(t.path('configmaps', 'a'), 'merge', {
        metadata: { resourceVersion: metadata.resourceVersion },
        data: { k: 'w' },
      }),
      {
        code: 409,
        reason: 'Conflict',
        message:
          'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
        details: { name: 'a', kind: 'configmaps' },
      },
    );
  },

  'a patch that changes nothing keeps the resourceVersion': async t => {
    const created = await t.create(
      'configmaps',
      configMap('a', { data: { k: 'v' } }),
    );
    for (const type of ['merge', 'strategic-merge'] as const) {
      const { body } = await t.client.patch(t.path('configmaps', 'a'), type, {
        data: { k: 'v' },
      });
      assert.equal(
        body.metadata.resourceVersion,
        created.metadata.resourceVersion,
      );
    }
  },

  'a patch cannot rename': async t => {
    await t.create('configmaps', configMap('a'));
    const response = await t.client.patch(t.path('configmaps', 'a'), 'merge', {
      metadata: { name: 'b' },
    });
    assertFailure(response, {
      code: 400,
      reason: 'BadRequest',
      message:
        'the name of the object (b) does not match the name on the URL (a)',
    });
  },

  'the result of a patch is validated': async t => {
    await t.create('deployments', deployment('web', { replicas: 0 }));
    const message = 'Invalid value: -1: must be greater than or equal to 0';
    assertFailure(
      await t.client.patch(t.path('deployments', 'web'), 'merge', {
        spec: { replicas: -1 },
      }),
      {
        code: 422,
        reason: 'Invalid',
        message: `Deployment.apps "web" is invalid: spec.replicas: ${message}`,
        details: {
          name: 'web',
          group: 'apps',
          kind: 'Deployment',
          causes: [
            { reason: 'FieldValueInvalid', message, field: 'spec.replicas' },
          ],
        },
      },
    );
  },
});
