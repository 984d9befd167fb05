import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure } from '../expectations';
import { configMap } from '../objects';

/** How a body is read. */
export const requestBodyCases = area('request bodies', {
  "another kind than the path's is 400": async t => {
    assertFailure(
      await t.client.post(t.path('configmaps'), {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'a' },
      }),
      {
        code: 400,
        reason: 'BadRequest',
        message:
          'Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion',
      },
    );
  },

  'a body that is no JSON is 400': async t => {
    const response = await t.client.post(t.path('configmaps'), '{"kind":');
    assert.equal(response.status, 400);
    assert.equal(response.body.reason, 'BadRequest');
  },

  'a value of the wrong type is 400 and names the field': async t => {
    const response = await t.client.post(
      t.path('configmaps'),
      configMap('a', { data: { key: 5 as unknown as string } }),
    );
    assertFailure(response, {
      code: 400,
      reason: 'BadRequest',
      message:
        'ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string',
    });
  },

  'a content type that nobody reads is 415': async t => {
    const response = await t.client.post(t.path('configmaps'), 'name: a', {
      contentType: 'text/plain',
    });
    assertFailure(response, {
      code: 415,
      reason: 'UnsupportedMediaType',
      message:
        /^the body of the request was in an unknown format - accepted media types include: application\/json/,
    });
  },

  'YAML is read as JSON is': async t => {
    const response = await t.client.post(
      t.path('configmaps'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  k: v\n',
      { contentType: 'application/yaml' },
    );
    assert.equal(response.status, 201, response.text);
    assert.deepEqual((await t.read('configmaps', 'a')).data, { k: 'v' });
  },

  'an unknown field is dropped with a warning': async t => {
    const response = await t.client.post(
      t.path('configmaps'),
      configMap('a', { wombat: true }),
      { query: { fieldValidation: 'Warn' } },
    );
    assert.equal(response.status, 201);
    assert.equal(response.body.wombat, undefined);
    assert.equal(
      response.headers.warning,
      '299 - "unknown field \\"wombat\\""',
    );
  },

  'an unknown field is 400 under strict validation': async t => {
    assertFailure(
      await t.client.post(
        t.path('configmaps'),
        configMap('a', { wombat: true }),
        { query: { fieldValidation: 'Strict' } },
      ),
      {
        code: 400,
        reason: 'BadRequest',
        message:
          'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "wombat"',
      },
    );
  },
});
