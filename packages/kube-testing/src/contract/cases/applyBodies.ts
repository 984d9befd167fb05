import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure } from '../expectations';
import { apply, applyText } from '../fieldOwners';
import { configMap, service } from '../objects';

/** Bodies of applies that cannot be read as what they are to be. */
export const applyBodyCases = area('apply bodies', {
  'of another kind or version': async t => {
    const answers: unknown[] = [];
    for (const more of [
      { apiVersion: 'v2' },
      { apiVersion: 'apps/v1' },
      { apiVersion: '' },
      { kind: 'Secret' },
      { kind: undefined },
    ]) {
      const response = await apply(t, 'configmaps', {
        ...configMap('a'),
        ...more,
      });
      assertFailure(response, response.body);
      answers.push([response.status, response.body.message]);
    }
    assert.deepEqual(answers, [
      [400, 'invalid object type: /v2, Kind=ConfigMap'],
      [400, 'invalid object type: apps/v1, Kind=ConfigMap'],
      [400, 'invalid object type: /, Kind=ConfigMap'],
      [400, 'invalid object type: /v1, Kind=Secret'],
      [400, 'invalid object type: /v1, Kind='],
    ]);
  },

  'with owners in it': async t => {
    for (const managedFields of [[], [{ manager: 'x' }]]) {
      const response = await apply(
        t,
        'configmaps',
        configMap('a', { metadata: { managedFields } }),
      );
      assertFailure(response, {
        message: 'metadata.managedFields must be nil',
        reason: 'BadRequest',
        code: 400,
      });
    }
  },

  'of what does not fit the type': async t => {
    const answers: unknown[] = [];
    for (const spec of [
      { foo: 1 },
      { ports: 'x' },
      { ports: [{ port: 'x' }] },
      { ports: [{ port: 80, foo: 1 }] },
      { selector: ['x'] },
      { selector: { a: 1 } },
      { publishNotReadyAddresses: 'yes' },
      { clusterIP: { a: [1, 'b', true] } },
      { externalIPs: 'x' },
    ]) {
      const response = await apply(t, 'services', service('a', spec));
      assertFailure(response, response.body);
      answers.push([response.status, response.body.message]);
    }
    assert.deepEqual(answers, [
      [
        500,
        'failed to create typed patch object (/a; /v1, Kind=Service): .spec.foo: field not declared in schema',
      ],
      [
        500,
        'failed to create typed patch object (/a; /v1, Kind=Service): .spec.ports: expected list, got &{x}',
      ],
      [
        500,
        'failed to create typed patch object (/a; /v1, Kind=Service): .spec.ports[port="x",protocol="TCP"].port: expected numeric (int or float), got string',
      ],
      [
        500,
        'failed to create typed patch object (/a; /v1, Kind=Service): .spec.ports[port=80,protocol="TCP"].foo: field not declared in schema',
      ],
      [
        500,
        'failed to create typed patch object (/a; /v1, Kind=Service): .spec.selector: expected map, got &{[x]}',
      ],
      [
        500,
        'failed to create typed patch object (/a; /v1, Kind=Service): .spec.selector.a: expected string, got &value.valueUnstructured{Value:1}',
      ],
      [
        500,
        'failed to create typed patch object (/a; /v1, Kind=Service): .spec.publishNotReadyAddresses: expected boolean, got &{yes}',
      ],
      [
        500,
        'failed to create typed patch object (/a; /v1, Kind=Service): .spec.clusterIP: expected string, got &value.valueUnstructured{Value:map[string]interface {}{"a":[]interface {}{1, "b", true}}}',
      ],
      [
        500,
        'failed to create typed patch object (/a; /v1, Kind=Service): .spec.externalIPs: expected list, got &{x}',
      ],
    ]);
  },

  'with keys that are there twice or missing': async t => {
    const answers: unknown[] = [];
    for (const ports of [
      [
        { port: 80, name: 'a' },
        { port: 80, name: 'b' },
      ],
      [null],
      ['x'],
    ]) {
      const response = await apply(t, 'services', service('a', { ports }));
      assertFailure(response, response.body);
      answers.push([response.status, response.body.message]);
    }
    for (const finalizers of [['a/b', 'a/b'], [null], [{}], [['a/b']]]) {
      const response = await apply(
        t,
        'configmaps',
        configMap('a', { metadata: { finalizers } }),
      );
      assertFailure(response, response.body);
      answers.push([response.status, response.body.message]);
    }
    const keyless = await apply(t, 'serviceaccounts', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'a' },
      secrets: [{ namespace: 'x' }],
    });
    assertFailure(keyless, keyless.body);
    answers.push([keyless.status, keyless.body.message]);
    assert.deepEqual(answers, [
      [
        500,
        'failed to create typed patch object (/a; /v1, Kind=Service): .spec.ports: duplicate entries for key [port=80,protocol="TCP"]',
      ],
      [
        500,
        'failed to create typed patch object (/a; /v1, Kind=Service): .spec.ports: element 0: associative list with keys may not have a null element',
      ],
      [
        500,
        'failed to create typed patch object (/a; /v1, Kind=Service): .spec.ports: element 0: associative list with keys may not have non-map elements',
      ],
      [
        500,
        'failed to create typed patch object (/a; /v1, Kind=ConfigMap): .metadata.finalizers: duplicate entries for key [="a/b"]',
      ],
      [
        500,
        "failed to create typed patch object (/a; /v1, Kind=ConfigMap): .metadata.finalizers: element 0: associative list without keys has an element that's an explicit null",
      ],
      [
        500,
        "failed to create typed patch object (/a; /v1, Kind=ConfigMap): .metadata.finalizers: element 0: associative list without keys has an element that's a map type",
      ],
      [
        500,
        'failed to create typed patch object (/a; /v1, Kind=ConfigMap): .metadata.finalizers: element 0: not supported: associative list with lists as elements',
      ],
      [
        500,
        'failed to create typed patch object (/a; /v1, Kind=ServiceAccount): .secrets: element 0: associative list with keys has an element that omits all key fields ["name"] (and doesn\'t have default values for any key fields)',
      ],
    ]);
  },

  'of values that no field can have': async t => {
    const answers: unknown[] = [];
    for (const resources of [
      { requests: { cpu: 'much' } },
      { requests: { cpu: { a: 1 } } },
    ]) {
      const response = await apply(t, 'pods', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'a' },
        spec: { containers: [{ name: 'main', image: 'x', resources }] },
      });
      assertFailure(response, response.body);
      answers.push([response.status, response.body.message]);
    }
    assert.deepEqual(answers, [
      [
        500,
        "failed to convert new object (/a; /v1, Kind=Pod) to proper version: unable to convert unstructured object to /v1, Kind=Pod: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      ],
      [
        500,
        'failed to create typed patch object (/a; /v1, Kind=Pod): .spec.containers[name="main"].resources.requests.cpu: expected any scalar, got &{map[a:1]}',
      ],
    ]);
  },

  'of an object that is not valid': async t => {
    const response = await apply(
      t,
      'services',
      service('a', { type: 'Nonsense' }),
    );
    assertFailure(response, {
      message:
        'Service "a" is invalid: spec.type: Unsupported value: "Nonsense": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      reason: 'Invalid',
      details: {
        name: 'a',
        kind: 'Service',
        causes: [
          {
            reason: 'FieldValueNotSupported',
            message:
              'Unsupported value: "Nonsense": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
            field: 'spec.type',
          },
        ],
      },
      code: 422,
    });
  },

  'of what is no YAML, or no map': async t => {
    const answers: unknown[] = [];
    for (const body of ['{a: b: c', '- 1', 'text', '1', '']) {
      const response = await applyText(t, body);
      assertFailure(response, response.body);
      answers.push([response.status, response.body.message]);
    }
    assert.deepEqual(answers, [
      [
        400,
        "error decoding YAML: error converting YAML to JSON: yaml: did not find expected ',' or '}'",
      ],
      [
        400,
        'error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}',
      ],
      [
        400,
        'error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go value of type map[string]interface {}',
      ],
      [
        400,
        'error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal number into Go value of type map[string]interface {}',
      ],
      [400, 'invalid object type: /, Kind='],
    ]);
  },

  'keys that are there twice in the text are told, and refused if strict':
    async t => {
      const body =
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  x: "1"\n  x: "2"\n';
      const warned = await applyText(t, body);
      assert.equal(warned.status, 201, warned.text);
      assert.deepEqual(
        [warned.headers.warning, warned.body.data],
        ['299 - "line 6: key \\"x\\" already set in map"', { x: '2' }],
      );
      const strict = await applyText(t, body, { fieldValidation: 'Strict' });
      assertFailure(strict, {
        message:
          'error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  line 6: key "x" already set in map',
        reason: 'BadRequest',
        code: 400,
      });
      const ignored = await applyText(t, body, { fieldValidation: 'Ignore' });
      assert.equal(ignored.headers.warning, undefined);
    },
});
