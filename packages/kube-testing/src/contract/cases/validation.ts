import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure } from '../expectations';
import { configMap, deployment } from '../objects';

/** What is refused with 422, and how it is told. */
export const validationCases = area('validation', {
  'an object without a name is 422': async t => {
    const object = configMap('');
    object.metadata = {};
    assertFailure(await t.client.post(t.path('configmaps'), object), {
      code: 422,
      reason: 'Invalid',
      message:
        'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
      details: {
        kind: 'ConfigMap',
        causes: [
          {
            reason: 'FieldValueRequired',
            message: 'Required value: name or generateName is required',
            field: 'metadata.name',
          },
        ],
      },
    });
  },

  'a name that breaks the rules is 422 and says them': async t => {
    const rule =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    const response = await t.client.post(
      t.path('configmaps'),
      configMap('Not_Valid'),
    );
    assertFailure(response, {
      code: 422,
      reason: 'Invalid',
      message: `ConfigMap "Not_Valid" is invalid: metadata.name: Invalid value: "Not_Valid": ${rule}`,
      details: {
        name: 'Not_Valid',
        kind: 'ConfigMap',
        causes: [
          {
            reason: 'FieldValueInvalid',
            message: `Invalid value: "Not_Valid": ${rule}`,
            field: 'metadata.name',
          },
        ],
      },
    });
  },

  'a label that breaks the rules is 422': async t => {
    const response = await t.client.post(
      t.path('configmaps'),
      configMap('a', { labels: { app: 'no spaces' } }),
    );
    assert.equal(response.status, 422);
    assert.deepEqual(
      response.body.details.causes.map((it: any) => [it.reason, it.field]),
      [['FieldValueInvalid', 'metadata.labels']],
    );
  },

  'a Deployment whose selector misses its own pods is 422': async t => {
    const object = deployment('web');
    object.spec.template.metadata.labels = { app: 'other' };
    assertFailure(await t.client.post(t.path('deployments'), object), {
      code: 422,
      reason: 'Invalid',
      message:
        'Deployment.apps "web" is invalid: spec.template.metadata.labels: Invalid value: {"app":"other"}: `selector` does not match template `labels`',
      details: {
        name: 'web',
        group: 'apps',
        kind: 'Deployment',
        causes: [
          {
            reason: 'FieldValueInvalid',
            message:
              'Invalid value: {"app":"other"}: `selector` does not match template `labels`',
            field: 'spec.template.metadata.labels',
          },
        ],
      },
    });
  },

  'several faults are reported at once': async t => {
    const object = deployment('web', { replicas: -1 });
    object.spec.template.spec.containers = [
      { name: 'main' },
      { name: 'main', image: 'a' },
    ];
    const response = await t.client.post(t.path('deployments'), object);
    assert.equal(response.status, 422);
    assert.deepEqual(
      response.body.details.causes
        .map((it: any) => `${it.field} ${it.reason}`)
        .sort(),
      [
        'spec.replicas FieldValueInvalid',
        'spec.template.spec.containers[0].image FieldValueRequired',
        'spec.template.spec.containers[1].name FieldValueDuplicate',
      ],
    );
  },

  'a Deployment without containers is 422': async t => {
    const object = deployment('web');
    delete object.spec.template.spec.containers;
    const response = await t.client.post(t.path('deployments'), object);
    assertFailure(response, {
      code: 422,
      reason: 'Invalid',
      message:
        'Deployment.apps "web" is invalid: spec.template.spec.containers: Required value',
      details: {
        name: 'web',
        group: 'apps',
        kind: 'Deployment',
        causes: [
          {
            reason: 'FieldValueRequired',
            message: 'Required value',
            field: 'spec.template.spec.containers',
          },
        ],
      },
    });
  },
});
