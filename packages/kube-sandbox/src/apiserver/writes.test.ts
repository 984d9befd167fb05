import { runningServer } from './__testing__/runningServer';

jest.setTimeout(60_000);

const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
const PODS = '/api/v1/namespaces/default/pods';
const SERVICES = '/api/v1/namespaces/default/services';

const deployment = (name: string, image = 'cart:1.0') => ({
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'main', image }] },
    },
  },
});
const pod = (name: string) => ({
  metadata: { name },
  spec: { containers: [{ name: 'main', image: 'cart:1.0' }] },
});

describe('writes', () => {
  const running = runningServer();

  it('sets what the client leaves out, and what only the server knows', async () => {
    const { body, code } = await running.client.post(
      DEPLOYMENTS,
      deployment('cart'),
    );
    expect(code).toBe(201);
    expect(body).toMatchObject({
      kind: 'Deployment',
      metadata: { generation: 1, uid: expect.any(String) },
      spec: {
        replicas: 1,
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' },
        },
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
        template: { spec: { restartPolicy: 'Always' } },
      },
      status: {},
    });
    expect(body.metadata.creationTimestamp).toMatch(/^\d{4}-.*:\d\dZ$/);
  });

  it('makes names, and refuses bad and taken ones', async () => {
    const { client } = running;
    const made = await client.post(CONFIG_MAPS, {
      metadata: { generateName: 'cart-' },
    });
    expect(made.body.metadata.name).toMatch(/^cart-[a-z0-9]{5}$/);
    await client.post(CONFIG_MAPS, { metadata: { name: 'a' } });
    const taken = await client.post(CONFIG_MAPS, { metadata: { name: 'a' } });
    expect(taken.body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'configmaps "a" already exists',
      reason: 'AlreadyExists',
      details: { name: 'a', kind: 'configmaps' },
      code: 409,
    });
    const bad = await client.post(CONFIG_MAPS, { metadata: { name: 'A_b' } });
    expect(bad.code).toBe(422);
    expect(bad.body.details.causes[0]).toMatchObject({
      reason: 'FieldValueInvalid',
      field: 'metadata.name',
    });
    const nowhere = await client.post('/api/v1/namespaces/none/configmaps', {
      metadata: { name: 'a' },
    });
    expect(nowhere.body.message).toBe('namespaces "none" not found');
  });

  it('refuses a deployment with all its mistakes at once', async () => {
    const { body, code } = await running.client.post(DEPLOYMENTS, {
      metadata: { name: 'bad' },
      spec: {
        replicas: -1,
        selector: { matchLabels: { app: 'a' } },
        template: { metadata: { labels: { app: 'b' } }, spec: {} },
      },
    });
    expect(code).toBe(422);
    expect(body.message).toBe(
      'Deployment.apps "bad" is invalid: [spec.replicas: Invalid value: -1: must be greater than or equal to 0, spec.template.metadata.labels: Invalid value: {"app":"b"}: `selector` does not match template `labels`, spec.template.spec.containers: Required value]',
    );
  });

  it('warns of unknown fields, or refuses them where that is asked for', async () => {
    const { client } = running;
    const body = { metadata: { name: 'a' }, foo: 1 };
    const strict = await client.post(
      `${CONFIG_MAPS}?fieldValidation=Strict`,
      body,
    );
    expect(strict.body.message).toBe(
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "foo"',
    );
    const warned = await client.post(CONFIG_MAPS, body);
    expect(warned.headers.warning).toBe('299 - "unknown field \\"foo\\""');
    expect(warned.body).not.toHaveProperty('foo');
  });

  it('never writes in a dry run', async () => {
    const { client, server } = running;
    const before = server.store.revision;
    const dry = await client.post(`${CONFIG_MAPS}?dryRun=All`, {
      metadata: { name: 'a' },
    });
    expect(dry.code).toBe(201);
    expect((await client.get(`${CONFIG_MAPS}/a`)).code).toBe(404);
    expect(server.store.revision).toBe(before);
    await client.post(DEPLOYMENTS, deployment('cart'));
    const after = server.store.revision;
    await client.patch(`${DEPLOYMENTS}/cart?dryRun=All`, {
      spec: { replicas: 5 },
    });
    await client.patch(`${DEPLOYMENTS}/cart/scale?dryRun=All`, {
      spec: { replicas: 5 },
    });
    await client.delete(`${DEPLOYMENTS}/cart?dryRun=All`);
    await client.delete(`${DEPLOYMENTS}/cart`, { dryRun: ['All'] });
    await client.delete(`${DEPLOYMENTS}?dryRun=All`);
    expect(server.store.revision).toBe(after);
  });

  it('counts generations of the spec, and keeps spec and status apart', async () => {
    const { client } = running;
    await client.post(DEPLOYMENTS, deployment('cart'));
    const scaled = await client.patch(`${DEPLOYMENTS}/cart`, {
      spec: { replicas: 3 },
      status: { replicas: 9 },
    });
    expect(scaled.body.metadata.generation).toBe(2);
    expect(scaled.body.status).toEqual({});
    const reported = await client.patch(`${DEPLOYMENTS}/cart/status`, {
      spec: { replicas: 7 },
      status: { replicas: 2 },
    });
    expect(reported.body.metadata.generation).toBe(2);
    expect(reported.body.spec.replicas).toBe(3);
    expect(reported.body.status).toEqual({ replicas: 2 });
  });

  it('writes nothing where nothing changes', async () => {
    const { client, server } = running;
    const { body } = await client.post(DEPLOYMENTS, deployment('cart'));
    const before = server.store.revision;
    const put = await client.put(`${DEPLOYMENTS}/cart`, deployment('cart'));
    const patched = await client.patch(`${DEPLOYMENTS}/cart`, {
      spec: { replicas: 1 },
    });
    expect(put.body).toEqual(body);
    expect(patched.body).toEqual(body);
    expect(server.store.revision).toBe(before);
  });

  it('refuses writes to an older version, and changes of the selector', async () => {
    const { client } = running;
    await client.post(DEPLOYMENTS, deployment('cart'));
    const stale = deployment('cart');
    const old = await client.put(`${DEPLOYMENTS}/cart`, {
      ...stale,
      metadata: { name: 'cart', resourceVersion: '1' },
    });
    expect(old.body).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on deployments.apps "cart": the object has been modified; please apply your changes to the latest version and try again',
    });
    const moved = await client.patch(`${DEPLOYMENTS}/cart`, {
      spec: {
        selector: { matchLabels: { app: 'x' } },
        template: { metadata: { labels: { app: 'x' } } },
      },
    });
    expect(moved.body.message).toContain('spec.selector: Invalid value:');
    expect(moved.body.message).toContain('field is immutable');
  });

  it('changes one image by strategic merge, and refuses what it does not know', async () => {
    const { client } = running;
    await client.post(DEPLOYMENTS, deployment('cart'));
    const { body } = await client.patch(
      `${DEPLOYMENTS}/cart`,
      {
        spec: {
          template: {
            spec: { containers: [{ name: 'main', image: 'cart:2.0' }] },
          },
        },
      },
      'strategic-merge-patch',
    );
    expect(body.spec.template.spec.containers).toHaveLength(1);
    expect(body.spec.template.spec.containers[0].image).toBe('cart:2.0');
    const apply = await client.send('PATCH', `${DEPLOYMENTS}/cart`, {
      body: '{}',
      headers: { 'content-type': 'application/apply-patch+cbor' },
    });
    expect(apply.code).toBe(415);
    const misshapen = await client.patch(`${DEPLOYMENTS}/cart`, {
      spec: { replicas: 'x' },
    });
    expect(misshapen.code).toBe(422);
  });

  it('scales through the subresource', async () => {
    const { client } = running;
    await client.post(DEPLOYMENTS, deployment('cart'));
    const scale = await client.get(`${DEPLOYMENTS}/cart/scale`);
    expect(scale.body).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 1 },
      status: { replicas: 0, selector: 'app=cart' },
    });
    scale.body.spec.replicas = 4;
    expect(
      (await client.put(`${DEPLOYMENTS}/cart/scale`, scale.body)).code,
    ).toBe(200);
    expect((await client.get(`${DEPLOYMENTS}/cart`)).body.spec.replicas).toBe(
      4,
    );
    expect(
      (await client.put(`${DEPLOYMENTS}/cart/scale`, scale.body)).code,
    ).toBe(409);
    const negative = await client.patch(`${DEPLOYMENTS}/cart/scale`, {
      spec: { replicas: -1 },
    });
    expect(negative.code).toBe(422);
  });

  it('gives Services their addresses and ports', async () => {
    const { client } = running;
    const spec = { selector: { app: 'cart' }, ports: [{ port: 80 }] };
    const plain = await client.post(SERVICES, {
      metadata: { name: 'a' },
      spec,
    });
    expect(plain.body.spec.clusterIP).toMatch(/^10\.96\.\d+\.\d+$/);
    const moved = await client.patch(`${SERVICES}/a`, {
      spec: { clusterIP: '10.96.1.1' },
    });
    expect(moved.code).toBe(422);
    const open = await client.patch(`${SERVICES}/a`, {
      spec: { type: 'NodePort' },
    });
    const { nodePort } = open.body.spec.ports[0];
    expect(nodePort).toBeGreaterThanOrEqual(30000);
    const taken = await client.post(SERVICES, {
      metadata: { name: 'b' },
      spec: { ...spec, type: 'NodePort', ports: [{ port: 80, nodePort }] },
    });
    expect(taken.body.message).toContain('provided port is already allocated');
    const headless = await client.post(SERVICES, {
      metadata: { name: 'c' },
      spec: { ...spec, clusterIP: 'None' },
    });
    expect(headless.body.spec.clusterIPs).toEqual(['None']);
  });

  it('binds a pod once', async () => {
    const { client } = running;
    await client.post(PODS, pod('p'));
    const binding = {
      metadata: { name: 'p' },
      target: { kind: 'Node', name: 'n' },
    };
    expect((await client.post(`${PODS}/p/binding`, binding)).code).toBe(201);
    expect((await client.get(`${PODS}/p`)).body).toMatchObject({
      spec: { nodeName: 'n' },
      status: { phase: 'Pending', qosClass: 'BestEffort' },
    });
    expect((await client.post(`${PODS}/p/binding`, binding)).code).toBe(409);
  });

  it('lets a pod that runs end in its time, and one that nobody runs at once', async () => {
    const { client } = running;
    await client.post(PODS, pod('waiting'));
    await client.delete(`${PODS}/waiting`);
    expect((await client.get(`${PODS}/waiting`)).code).toBe(404);
    await client.post(PODS, pod('running'));
    await client.post(`${PODS}/running/binding`, {
      metadata: { name: 'running' },
      target: { name: 'n' },
    });
    const first = await client.delete(`${PODS}/running`);
    expect(first.body.metadata.deletionGracePeriodSeconds).toBe(30);
    const longer = await client.delete(`${PODS}/running?gracePeriodSeconds=60`);
    expect(longer.body.metadata.deletionGracePeriodSeconds).toBe(30);
    const shorter = await client.delete(`${PODS}/running?gracePeriodSeconds=5`);
    expect(shorter.body.metadata.deletionGracePeriodSeconds).toBe(5);
    await client.delete(`${PODS}/running`, { gracePeriodSeconds: 0 });
    expect((await client.get(`${PODS}/running`)).code).toBe(404);
  });

  it('waits for finalizers', async () => {
    const { client } = running;
    await client.post(CONFIG_MAPS, {
      metadata: { name: 'a', finalizers: ['koala.io/wait'] },
    });
    const marked = await client.delete(
      `${CONFIG_MAPS}/a?propagationPolicy=Foreground`,
    );
    expect(marked.body.metadata).toMatchObject({
      deletionTimestamp: expect.any(String),
      finalizers: ['koala.io/wait', 'foregroundDeletion'],
    });
    const added = await client.patch(`${CONFIG_MAPS}/a`, {
      metadata: { finalizers: ['koala.io/more'] },
    });
    expect(added.code).toBe(422);
    await client.patch(`${CONFIG_MAPS}/a`, { metadata: { finalizers: null } });
    expect((await client.get(`${CONFIG_MAPS}/a`)).code).toBe(404);
  });

  it('deletes only what its preconditions allow, one or many', async () => {
    const { client } = running;
    for (const name of ['a', 'b', 'c']) {
      await client.post(CONFIG_MAPS, {
        metadata: { name, labels: { half: name < 'c' ? 'first' : 'second' } },
      });
    }
    const refused = await client.delete(`${CONFIG_MAPS}/a`, {
      preconditions: { uid: 'x' },
    });
    expect(refused.code).toBe(409);
    const done = await client.delete(
      `${CONFIG_MAPS}?labelSelector=half%3Dfirst`,
    );
    expect(done.body.items).toHaveLength(2);
    const left = await client.get(CONFIG_MAPS);
    expect(left.body.items).toHaveLength(1);
    const last = await client.delete(`${CONFIG_MAPS}/c`);
    expect(last.body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'c', kind: 'configmaps', uid: expect.any(String) },
    });
  });

  it('ends a namespace when its finalizer is gone, and lets nothing in before', async () => {
    const { client } = running;
    await client.post('/api/v1/namespaces', { metadata: { name: 'shop' } });
    const ending = await client.delete('/api/v1/namespaces/shop');
    expect(ending.body.status.phase).toBe('Terminating');
    const late = await client.post('/api/v1/namespaces/shop/configmaps', {
      metadata: { name: 'a' },
    });
    expect(late.code).toBe(403);
    expect(late.body.details.causes[0].reason).toBe('NamespaceTerminating');
    await client.put('/api/v1/namespaces/shop/finalize', {
      metadata: { name: 'shop' },
      spec: { finalizers: [] },
    });
    expect((await client.get('/api/v1/namespaces/shop')).code).toBe(404);
    expect((await client.delete('/api/v1/namespaces/default')).code).toBe(403);
  });

  it('reads YAML, and says what is wrong with a body', async () => {
    const { client } = running;
    const send = (body: string, type = 'application/json') =>
      client.send('POST', CONFIG_MAPS, {
        body,
        headers: { 'content-type': type },
      });
    const yaml = await send(
      'metadata: {name: from-yaml}\ndata: {a: b}',
      'application/yaml',
    );
    expect(yaml.body.data).toEqual({ a: 'b' });
    expect((await send('{bad')).body.message).toBe(
      "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: invalid character 'b' looking for beginning of object key string ({bad)",
    );
    expect((await send('{"kind":"Pod","apiVersion":"v1"}')).body.message).toBe(
      'Pod in version "v1" cannot be handled as a ConfigMap: converting (v1.Pod) to (core.ConfigMap): unknown conversion',
    );
    expect((await send('x', 'text/plain')).code).toBe(415);
  });

  it('shows events in both versions of their API', async () => {
    const { client } = running;
    await client.post('/api/v1/namespaces/default/events', {
      metadata: { name: 'e' },
      involvedObject: { kind: 'Pod', name: 'p', namespace: 'default' },
      reason: 'Started',
      message: 'it runs',
    });
    const other = await client.get(
      '/apis/events.k8s.io/v1/namespaces/default/events?fieldSelector=regarding.name%3Dp',
    );
    expect(other.body.items[0]).toMatchObject({
      regarding: { name: 'p' },
      note: 'it runs',
    });
    const none = await client.get(
      '/api/v1/events?fieldSelector=involvedObject.name%3Dq',
    );
    expect(none.body.items).toEqual([]);
  });

  it('says what its user may do', async () => {
    const { body } = await running.client.post(
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      { spec: { resourceAttributes: { verb: 'delete', resource: 'pods' } } },
    );
    expect(body.status).toEqual({ allowed: true });
  });
});
