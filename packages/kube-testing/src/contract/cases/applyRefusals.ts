import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure } from '../expectations';
import { applied, apply, applyText, APPLY } from '../fieldOwners';
import { configMap } from '../objects';

/** Applies that are refused for what they are. */
export const applyRefusalCases = area('apply refusals', {
  'without a manager': async t => {
    for (const query of [{}, { fieldManager: '' }]) {
      const response = await t.client.request(t.path('configmaps', 'a'), {
        method: 'PATCH',
        contentType: APPLY,
        body: configMap('a'),
        query,
      });
      assertFailure(response, {
        message:
          'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
        reason: 'Invalid',
        details: {
          group: 'meta.k8s.io',
          kind: 'PatchOptions',
          causes: [
            {
              reason: 'FieldValueRequired',
              message: 'Required value: is required for apply patch',
              field: 'fieldManager',
            },
          ],
        },
        code: 422,
      });
    }
  },

  'with a manager that cannot be': async t => {
    for (const manager of ['x'.repeat(129), 'a\nb', 'é\n']) {
      const response = await apply(t, 'configmaps', configMap('a'), {
        manager,
      });
      assertFailure(
        response,
        new Map<unknown, any>([
          [
            'x'.repeat(129),
            {
              message:
                'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Too long: may not be more than 128 bytes',
              reason: 'Invalid',
              details: {
                group: 'meta.k8s.io',
                kind: 'PatchOptions',
                causes: [
                  {
                    reason: 'FieldValueTooLong',
                    message: 'Too long: may not be more than 128 bytes',
                    field: 'fieldManager',
                  },
                ],
              },
              code: 422,
            },
          ],
          [
            'a\nb',
            {
              message:
                'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Invalid value: "a\\nb": invalid character U+000A (at position 1)',
              reason: 'Invalid',
              details: {
                group: 'meta.k8s.io',
                kind: 'PatchOptions',
                causes: [
                  {
                    reason: 'FieldValueInvalid',
                    message:
                      'Invalid value: "a\\nb": invalid character U+000A (at position 1)',
                    field: 'fieldManager',
                  },
                ],
              },
              code: 422,
            },
          ],
          [
            'é\n',
            {
              message:
                'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Invalid value: "é\\n": invalid character U+000A (at position 2)',
              reason: 'Invalid',
              details: {
                group: 'meta.k8s.io',
                kind: 'PatchOptions',
                causes: [
                  {
                    reason: 'FieldValueInvalid',
                    message:
                      'Invalid value: "é\\n": invalid character U+000A (at position 2)',
                    field: 'fieldManager',
                  },
                ],
              },
              code: 422,
            },
          ],
        ]).get(manager),
      );
    }
    const allowed = await applied(
      t,
      'configmaps',
      configMap('a', { data: { x: '1' } }),
      { manager: `${'é'.repeat(62)} ✓` },
    );
    assert.equal(
      allowed.metadata.managedFields[0].manager,
      `${'é'.repeat(62)} ✓`,
    );
  },

  'force is for applies only': async t => {
    await t.create('configmaps', configMap('a'));
    const response = await t.client.patch(
      t.path('configmaps', 'a'),
      'merge',
      { data: { x: '1' } },
      { query: { force: true } },
    );
    assertFailure(response, {
      message:
        'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch',
      reason: 'Invalid',
      details: {
        group: 'meta.k8s.io',
        kind: 'PatchOptions',
        causes: [
          {
            reason: 'FieldValueForbidden',
            message: 'Forbidden: may not be specified for non-apply patch',
            field: 'force',
          },
        ],
      },
      code: 422,
    });
  },

  'in CBOR': async t => {
    const response = await t.client.request(t.path('configmaps', 'a'), {
      method: 'PATCH',
      contentType: 'application/apply-patch+cbor',
      body: 'x',
      query: { fieldManager: 'me' },
    });
    assertFailure(response, {
      message: '415: Unsupported Media Type',
      reason: 'UnsupportedMediaType',
      details: {},
      code: 415,
    });
  },

  'of another name or namespace than the path': async t => {
    const answers: unknown[] = [];
    for (const metadata of [
      { name: 'b' },
      { name: undefined },
      { namespace: 'other' },
      { name: undefined, generateName: 'a' },
    ]) {
      const object = configMap('a', { metadata });
      const response = await t.client.request(t.path('configmaps', 'a'), {
        method: 'PATCH',
        contentType: APPLY,
        body: object,
        query: { fieldManager: 'me' },
      });
      assertFailure(response, response.body);
      answers.push([response.status, response.body.message]);
    }
    assert.deepEqual(answers, [
      [
        400,
        'the name of the object (b) does not match the name on the URL (a)',
      ],
      [
        400,
        'the name of the object (a based on URL) was undeterminable: name must be provided',
      ],
      [
        400,
        'the namespace of the provided object does not match the namespace sent on the request',
      ],
      [
        400,
        'the name of the object (a based on URL) was undeterminable: name must be provided',
      ],
    ]);
  },

  'without a name is fine where the object is there': async t => {
    await t.create('configmaps', configMap('a'));
    const response = await applyText(
      t,
      '{"apiVersion":"v1","kind":"ConfigMap","data":{"x":"1"}}',
    );
    assert.equal(response.status, 200, response.text);
  },

  'with another resourceVersion than that of the object': async t => {
    await t.create('configmaps', configMap('a'));
    const response = await apply(
      t,
      'configmaps',
      configMap('a', { data: { x: '1' }, metadata: { resourceVersion: '1' } }),
    );
    assertFailure(response, {
      message:
        'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
      reason: 'Conflict',
      details: { name: 'a', kind: 'configmaps' },
      code: 409,
    });
    const { metadata } = await t.read('configmaps', 'a');
    const { resourceVersion } = metadata;
    await applied(
      t,
      'configmaps',
      configMap('a', { data: { x: '1' }, metadata: { resourceVersion } }),
    );
    const fresh = await apply(
      t,
      'configmaps',
      configMap('b', { metadata: { resourceVersion: '1' } }),
    );
    assert.equal(fresh.status, 201);
  },

  'with another uid than that of the object, or with one of none': async t => {
    await t.create('configmaps', configMap('a'));
    const uid = '7c6f6a4e-0c4e-4b8e-9a52-0f3f6a1c2d3e';
    for (const name of ['a', 'b']) {
      const response = await apply(
        t,
        'configmaps',
        configMap(name, { data: { x: '1' }, metadata: { uid } }),
      );
      assertFailure(
        response,
        new Map<unknown, any>([
          [
            'a',
            {
              message:
                'ConfigMap "a" is invalid: metadata.uid: Invalid value: "7c6f6a4e-0c4e-4b8e-9a52-0f3f6a1c2d3e": field is immutable',
              reason: 'Invalid',
              details: {
                name: 'a',
                kind: 'ConfigMap',
                causes: [
                  {
                    reason: 'FieldValueInvalid',
                    message:
                      'Invalid value: "7c6f6a4e-0c4e-4b8e-9a52-0f3f6a1c2d3e": field is immutable',
                    field: 'metadata.uid',
                  },
                  {
                    reason: 'FieldValueInvalid',
                    message:
                      'Invalid value: "7c6f6a4e-0c4e-4b8e-9a52-0f3f6a1c2d3e": field is immutable',
                    field: 'metadata.uid',
                  },
                ],
              },
              code: 422,
            },
          ],
          [
            'b',
            {
              message:
                'Operation cannot be fulfilled on configmaps "b": uid mismatch: the provided object specified uid 7c6f6a4e-0c4e-4b8e-9a52-0f3f6a1c2d3e, and no existing object was found',
              reason: 'Conflict',
              details: { name: 'b', kind: 'configmaps' },
              code: 409,
            },
          ],
        ]).get(name),
      );
    }
  },

  'of an object that is being deleted it changes, but gives no new finalizer':
    async t => {
      await t.create(
        'configmaps',
        configMap('a', { metadata: { finalizers: ['example.com/a'] } }),
      );
      await t.client.delete(t.path('configmaps', 'a'));
      const changed = await applied(
        t,
        'configmaps',
        configMap('a', { data: { x: '1' } }),
      );
      assert.deepEqual(changed.data, { x: '1' });
      const response = await apply(
        t,
        'configmaps',
        configMap('a', { metadata: { finalizers: ['example.com/b'] } }),
      );
      assertFailure(response, {
        message:
          'ConfigMap "a" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/b"}',
        reason: 'Invalid',
        details: {
          name: 'a',
          kind: 'ConfigMap',
          causes: [
            {
              reason: 'FieldValueForbidden',
              message:
                'Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/b"}',
              field: 'metadata.finalizers',
            },
            {
              reason: 'FieldValueForbidden',
              message:
                'Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/b"}',
              field: 'metadata.finalizers',
            },
          ],
        },
        code: 422,
      });
      await t.merge('configmaps', 'a', { metadata: { finalizers: null } });
    },

  'in a namespace that is not there': async t => {
    const response = await t.client.request(
      '/api/v1/namespaces/no-such-namespace/configmaps/a',
      {
        method: 'PATCH',
        contentType: APPLY,
        body: configMap('a'),
        query: { fieldManager: 'me' },
      },
    );
    assertFailure(response, {
      message: 'namespaces "no-such-namespace" not found',
      reason: 'NotFound',
      details: { name: 'no-such-namespace', kind: 'namespaces' },
      code: 404,
    });
  },

  'of a subresource of what is not there': async t => {
    for (const subresource of ['status', 'scale']) {
      const response = await t.client.request(
        t.path('deployments', `web/${subresource}`),
        {
          method: 'PATCH',
          contentType: APPLY,
          body: {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata: { name: 'web' },
          },
          query: { fieldManager: 'me' },
        },
      );
      assertFailure(
        response,
        new Map<unknown, any>([
          [
            'status',
            {
              message: 'deployments.apps "web" not found',
              reason: 'NotFound',
              details: { name: 'web', group: 'apps', kind: 'deployments' },
              code: 404,
            },
          ],
          [
            'scale',
            {
              message: 'deployments.apps "web" not found',
              reason: 'NotFound',
              details: { name: 'web', group: 'apps', kind: 'deployments' },
              code: 404,
            },
          ],
        ]).get(subresource),
      );
    }
  },
});
