import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure, masked } from '../expectations';
import { configMap, deployment, service } from '../objects';

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

  'a Deployment gets its defaults': async t => {
    const created = await t.create('deployments', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        paused: true,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { containers: [{ name: 'main', image: 'shop/cart:1.0.0' }] },
        },
      },
    });
    assert.equal(created.metadata.generation, 1);
    assert.deepEqual(masked(created.spec), {
      replicas: 1,
      paused: true,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          containers: [
            {
              name: 'main',
              image: 'shop/cart:1.0.0',
              resources: {},
              terminationMessagePath: '/dev/termination-log',
              terminationMessagePolicy: 'File',
              imagePullPolicy: 'IfNotPresent',
            },
          ],
          restartPolicy: 'Always',
          terminationGracePeriodSeconds: 30,
          dnsPolicy: 'ClusterFirst',
          securityContext: {},
          schedulerName: 'default-scheduler',
        },
      },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' },
      },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    });
    assert.deepEqual(created.status, {});
  },

  'an image without a version is always pulled': async t => {
    const { spec } = await t.create(
      'deployments',
      deployment('web', { replicas: 0, image: 'shop/cart' }),
    );
    assert.equal(spec.template.spec.containers[0].imagePullPolicy, 'Always');
  },

  'a Service gets its defaults and an address': async t => {
    const { spec } = await t.create('services', service('web'));
    assert.match(spec.clusterIP, /^10\.\d+\.\d+\.\d+$/);
    assert.deepEqual(
      { ...spec, clusterIP: '', clusterIPs: spec.clusterIPs.length },
      {
        ports: [{ protocol: 'TCP', port: 80, targetPort: 80 }],
        selector: { app: 'web' },
        clusterIP: '',
        clusterIPs: 1,
        type: 'ClusterIP',
        sessionAffinity: 'None',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        internalTrafficPolicy: 'Cluster',
      },
    );
  },

  'a Service of type NodePort gets a port of the nodes': async t => {
    const { spec } = await t.create(
      'services',
      service('web', { type: 'NodePort' }),
    );
    const { nodePort } = spec.ports[0];
    assert.ok(nodePort >= 30000 && nodePort <= 32767, `${nodePort}`);
    assert.equal(spec.externalTrafficPolicy, 'Cluster');
  },

  'a headless Service gets no address': async t => {
    const { spec } = await t.create(
      'services',
      service('web', { clusterIP: 'None' }),
    );
    assert.equal(spec.clusterIP, 'None');
    assert.deepEqual(spec.clusterIPs, ['None']);
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
