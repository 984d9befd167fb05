import assert from 'node:assert/strict';
import { RawResponse } from '../../client/RawKubeClient';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { configMap, deployment } from '../objects';

const MODES = ['Strict', 'Warn', 'Ignore', undefined];

interface Expected {
  success: number;
  refusal?: number;
}

/** A Deployment with fields that do not exist, at every depth. */
function misspelt(name: string) {
  const object = deployment(name, { replicas: 0 });
  object.wombat = 1;
  object.spec.Replicas = 3;
  object.spec.strategy = { rollingupdate: { maxSurge: 1 } };
  object.spec.template.metadata.anotations = { a: 'b' };
  object.spec.template.spec.containers[0].imagePullpolicy = 'Always';
  object.spec.template.spec.containers[0].env = [
    { name: 'A', vaule: 'a' },
    { name: 'B', value: 'b', from: {} },
  ];
  return object;
}

/** JSON in which keys are given twice, also inside of maps and lists. */
const twice = (name: string) => `{
  "apiVersion": "v1", "kind": "ConfigMap", "kind": "ConfigMap",
  "metadata": {"name": "other", "name": ${JSON.stringify(name)},
    "labels": {"a": "1", "a": "2"},
    "ownerReferences": [{"apiVersion": "v1", "kind": "ConfigMap", "name": "x", "name": "y", "uid": "u", "color": "red"}]},
  "data": {"k": "1", "k": "2", "k": "3"},
  "data": {"k": "4"},
  "wombat": {"k": "1", "k": "2"}}`;

const YAML = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    a: one
    a: two
spec:
  replicas: 0
  replicas: 0
  wombat: true
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: main
          image: a
          image: b
          imagePullpolicy: Always
`;

const PATCHES = {
  merge:
    '{"data":{"k":"1","k":"2"},"wombat":1,"metadata":{"lables":{"a":"b"}}}',
  'strategic-merge':
    '{"data":{"k":"1","k":"2"},"wombat":1,"metadata":{"lables":{"a":"b"}}}',
  json: '[{"op":"add","path":"/data","value":{"k":"1"},"value":{"k":"2"}},{"op":"add","path":"/wombat","value":1,"from":"/x"},{"op":"add","path":"/immutable","path":"/metadata/lables","value":{"a":"b"},"color":"red"}]',
} as const;

/** Refused only under `Strict`, told only under `Warn`, which is the default. */
function assertMode(
  mode: string | undefined,
  response: RawResponse,
  { success, refusal = 400 }: Expected,
) {
  assert.equal(response.status, mode === 'Strict' ? refusal : success, mode);
  const warned = mode === 'Warn' || mode === undefined;
  assert.equal(response.headers.warning !== undefined, warned, mode);
  if (mode === 'Strict') {
    assert.match(response.body.message, /strict decoding error: /);
  }
}

async function inEveryMode(
  expected: Expected,
  send: (fieldValidation: string | undefined) => Promise<RawResponse>,
) {
  for (const mode of MODES) {
    assertMode(mode, await send(mode), expected);
  }
}

/**
 * Sends a patch and notes how it fared without the text of the patched object, which the message of a refusal holds in
 * an order of its own.
 */
async function patch(
  t: ContractContext,
  path: string,
  type: 'merge' | 'strategic-merge' | 'json',
  body: unknown,
  fieldValidation?: string,
): Promise<RawResponse> {
  const response = await t.transcript.quietly(() =>
    t.client.patch(path, type, body, { query: { fieldValidation } }),
  );
  const { status, headers, text } = response;
  const told = text.replace(/Invalid value: \\?"\{.*?\}\\?": /g, '<object>: ');
  t.transcript.note(`${type} patch ${fieldValidation}`, {
    status,
    warning: headers.warning,
    ...(status !== 200 && { told }),
  });
  return response;
}

/** What becomes of fields that a kind does not have, and of keys that are given twice. */
export const fieldValidationCases = area('field validation', {
  'unknown fields of a new object, at every depth': async t => {
    await inEveryMode({ success: 201 }, fieldValidation =>
      t.client.post(
        t.path('deployments'),
        misspelt(`web-${fieldValidation}`.toLowerCase()),
        { query: { fieldValidation } },
      ),
    );
  },

  'keys that are given twice, of which the last one counts': async t => {
    await inEveryMode({ success: 201 }, fieldValidation =>
      t.client.post(
        t.path('configmaps'),
        twice(`a-${fieldValidation}`.toLowerCase()),
        { query: { fieldValidation } },
      ),
    );
    assert.deepEqual((await t.read('configmaps', 'a-warn')).data, { k: '4' });
  },

  'YAML is checked as JSON is, and lines are named': async t => {
    await inEveryMode({ success: 201 }, fieldValidation =>
      t.client.post(
        t.path('deployments'),
        YAML(`web-${fieldValidation}`.toLowerCase()),
        { query: { fieldValidation }, contentType: 'application/yaml' },
      ),
    );
  },

  'an update is checked as a new object is': async t => {
    await t.create('deployments', deployment('web', { replicas: 0 }));
    await inEveryMode({ success: 200 }, fieldValidation =>
      t.client.put(t.path('deployments', 'web'), misspelt('web'), {
        query: { fieldValidation },
      }),
    );
    await inEveryMode({ success: 200 }, fieldValidation =>
      t.client.put(t.path('deployments', 'web/status'), misspelt('web'), {
        query: { fieldValidation },
      }),
    );
    await inEveryMode({ success: 200 }, fieldValidation =>
      t.client.put(
        t.path('deployments', 'web/scale'),
        {
          apiVersion: 'autoscaling/v1',
          kind: 'Scale',
          metadata: { name: 'web', namespace: t.namespace, wombat: 1 },
          spec: { replicas: 0, Replicas: 2 },
        },
        // Who owns the replicas is no part of this: it may change the object once more.
        { query: { fieldValidation, dryRun: 'All' } },
      ),
    );
  },

  'patches of every type are checked, and what they result in': async t => {
    for (const type of ['merge', 'strategic-merge', 'json'] as const) {
      await t.create('configmaps', configMap(type));
      await inEveryMode({ success: 200, refusal: 422 }, fieldValidation =>
        patch(
          t,
          t.path('configmaps', type),
          type,
          PATCHES[type],
          fieldValidation,
        ),
      );
    }
  },

  'a patch of a list names the place in the result': async t => {
    await t.create('deployments', deployment('web', { replicas: 0 }));
    const spec = {
      template: {
        spec: {
          containers: [
            { name: 'main', Image: 'x', env: [{ name: 'A', vaule: 'a' }] },
          ],
        },
      },
    };
    for (const type of ['strategic-merge', 'merge'] as const) {
      const path = t.path('deployments', 'web');
      const { status } = await patch(t, path, type, { spec }, 'Strict');
      assert.equal(status, 422);
    }
    const { status, body } = await patch(
      t,
      t.path('deployments', 'web/scale'),
      'merge',
      { spec: { replicas: 0, wombat: 1 } },
      'Strict',
    );
    assert.equal(status, 422);
    assert.match(body.message, /: unknown field "spec\.wombat"$/);
  },

  'more faults than anybody reads are cut off': async t => {
    const object = configMap('a');
    for (let index = 0; index < 120; index++) {
      object[`wombat-${String(index).padStart(3, '0')}`] = index;
    }
    for (const fieldValidation of ['Strict', 'Warn']) {
      const response = await t.client.post(t.path('configmaps'), object, {
        query: { fieldValidation },
      });
      assert.equal(response.status, fieldValidation === 'Warn' ? 201 : 400);
    }
  },

  'a mode that does not exist is 422': async t => {
    await t.create('configmaps', configMap('a'));
    const query = { fieldValidation: 'Sometimes' };
    const path = t.path('configmaps', 'a');
    for (const response of [
      await t.client.post(t.path('configmaps'), configMap('b'), { query }),
      await t.client.put(path, configMap('a'), { query }),
      await t.client.patch(path, 'merge', {}, { query }),
    ]) {
      assert.equal(response.status, 422);
    }
  },

  'a body that is wrong in another way too tells that first': async t => {
    for (const body of [
      { ...configMap('a'), wombat: 1, data: { k: 5 } },
      { ...configMap('a'), wombat: 1, kind: 'Secret' },
      { ...configMap(''), wombat: 1 },
      { wombat: 1, metadata: { name: 'a' } },
    ]) {
      const response = await t.client.post(t.path('configmaps'), body, {
        query: { fieldValidation: 'Strict' },
      });
      assert.equal(response.status, 400);
    }
  },
});
