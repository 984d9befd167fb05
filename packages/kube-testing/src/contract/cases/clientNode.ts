import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { kubectl } from '../kubectl';
import { configMap, deployment } from '../objects';

/** The client that Backstage's plugins use. It is an ES module, so it is loaded only where a case wants it. */
async function connect(t: ContractContext) {
  const lib = await import('@kubernetes/client-node');
  const config = new lib.KubeConfig();
  config.loadFromFile(t.cluster.kubeconfig);
  return {
    lib,
    config,
    core: config.makeApiClient(lib.CoreV1Api),
    apps: config.makeApiClient(lib.AppsV1Api),
    objects: lib.KubernetesObjectApi.makeApiClient(config),
  };
}

/** Notes what the client made of an answer, as JSON has it. */
function note(t: ContractContext, title: string, value: unknown) {
  t.transcript.note(title, JSON.parse(JSON.stringify(value ?? null)));
}

/** Notes how a call is refused, as the client tells it. */
async function refused(
  t: ContractContext,
  title: string,
  call: Promise<unknown>,
): Promise<number> {
  const error: any = await call.then(
    () => assert.fail(`${title} was not refused`),
    reason => reason,
  );
  assert.equal(error.name, 'Error', String(error));
  note(t, title, { code: error.code, body: JSON.parse(error.body) });
  return error.code;
}

/** What programs do, by the client that most of them use. */
export const clientNodeCases = area('client-node', {
  'creates, reads, lists, replaces and deletes': async t => {
    const { core, apps } = await connect(t);
    const { namespace } = t;
    const body = configMap('a', { data: { k: 'v' }, labels: { app: 'x' } });
    note(
      t,
      'create',
      await core.createNamespacedConfigMap({ namespace, body }),
    );
    note(t, 'create again, dry', [
      await core.createNamespacedConfigMap({
        namespace,
        body: configMap('b'),
        dryRun: 'All',
      }),
    ]);
    const read = await core.readNamespacedConfigMap({ namespace, name: 'a' });
    assert.ok(read.metadata?.creationTimestamp instanceof Date);
    read.data = { k: 'w' };
    note(
      t,
      'replace',
      await core.replaceNamespacedConfigMap({
        namespace,
        name: 'a',
        body: read,
      }),
    );
    const list = await core.listNamespacedConfigMap({
      namespace,
      labelSelector: 'app=x',
      limit: 1,
    });
    assert.deepEqual(
      list.items.map(it => it.data),
      [{ k: 'w' }],
    );
    await apps.createNamespacedDeployment({
      namespace,
      body: deployment('web', { replicas: 0 }),
    });
    note(
      t,
      'scale',
      await apps.readNamespacedDeploymentScale({ namespace, name: 'web' }),
    );
    note(
      t,
      'delete',
      await core.deleteNamespacedConfigMap({ namespace, name: 'a' }),
    );
    const deleted = await apps.deleteCollectionNamespacedDeployment({
      namespace,
    });
    assert.equal(deleted.kind, 'DeploymentList');
  },

  'patches in every way': async t => {
    const { lib, apps, objects } = await connect(t);
    const { namespace } = t;
    const name = 'web';
    await t.create('deployments', deployment(name, { replicas: 0 }));
    const patch = async (
      type: (typeof lib.PatchStrategy)[keyof typeof lib.PatchStrategy],
      body: object,
      more: { fieldManager?: string; force?: boolean } = {},
    ) => {
      const patched = await apps.patchNamespacedDeployment(
        { namespace, name, body, ...more },
        lib.setHeaderOptions('Content-Type', type),
      );
      note(t, type, patched.spec);
      return patched;
    };
    const { PatchStrategy } = lib;
    await patch(PatchStrategy.MergePatch, { spec: { minReadySeconds: 3 } });
    await patch(PatchStrategy.JsonPatch, [
      { op: 'replace', path: '/spec/replicas', value: 0 },
      { op: 'add', path: '/metadata/labels/team', value: 'shop' },
    ]);
    const { spec } = await patch(PatchStrategy.StrategicMergePatch, {
      spec: {
        template: {
          spec: { containers: [{ name: 'side', image: 'shop/side:1' }] },
        },
      },
    });
    assert.equal(spec?.template.spec?.containers.length, 2);
    await patch(
      PatchStrategy.ServerSideApply,
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name },
        spec: { paused: true },
      },
      { fieldManager: 'robot', force: true },
    );
    const generic = await objects.patch(
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace, annotations: { 'example.com/a': 'b' } },
      },
      undefined,
      undefined,
      'robot',
    );
    note(t, 'object patch', generic.metadata?.annotations);
  },

  'tells how it was refused': async t => {
    const { core, apps } = await connect(t);
    const { namespace } = t;
    await t.create('configmaps', configMap('a'));
    const read = core.readNamespacedConfigMap({ namespace, name: 'nowhere' });
    assert.equal(await refused(t, 'not there', read), 404);
    const again = core.createNamespacedConfigMap({
      namespace,
      body: configMap('a'),
    });
    assert.equal(await refused(t, 'there already', again), 409);
    const wrong = apps.createNamespacedDeployment({
      namespace,
      body: deployment('web', { replicas: -1 }),
    });
    assert.equal(await refused(t, 'wrong', wrong), 422);
    const strict = core.createNamespacedConfigMap({
      namespace,
      body: configMap('b'),
      fieldValidation: 'Sometimes',
    });
    assert.equal(await refused(t, 'wrong option', strict), 422);
    const outdated = core.deleteNamespacedConfigMap({
      namespace,
      name: 'a',
      body: { preconditions: { uid: 'other' } },
    });
    assert.equal(await refused(t, 'outdated', outdated), 409);
  },

  'watches until it is told to stop': async t => {
    const { lib, config } = await connect(t);
    const before = await t.create('configmaps', configMap('a'));
    const seen: string[] = [];
    let ended: unknown = 'not yet';
    const watching = await new lib.Watch(config).watch(
      `/api/v1/namespaces/${t.namespace}/configmaps`,
      {
        resourceVersion: before.metadata.resourceVersion,
        allowWatchBookmarks: true,
        fieldSelector: 'metadata.name=a',
      },
      (type, object) => {
        seen.push(`${type} ${object.metadata.name} ${object.data?.k ?? ''}`);
      },
      error => {
        ended = error?.name ?? null;
      },
    );
    await t.merge('configmaps', 'a', { data: { k: 'v' } });
    await t.remove('configmaps', 'a');
    await t.eventuallyTrue('the frames', async () => seen.length === 2);
    watching.abort();
    await t.eventuallyTrue('the end', async () => ended !== 'not yet');
    note(t, 'frames', { seen, ended });
    assert.deepEqual(seen, ['MODIFIED a v', 'DELETED a v']);
  },

  'an informer lists, then follows': async t => {
    const { lib, config, core } = await connect(t);
    await t.create('configmaps', configMap('a', { labels: { app: 'x' } }));
    const seen: string[] = [];
    const informer = lib.makeInformer(
      config,
      `/api/v1/namespaces/${t.namespace}/configmaps`,
      () =>
        core.listNamespacedConfigMap({
          namespace: t.namespace,
          labelSelector: 'app=x',
        }),
      'app=x',
    );
    for (const event of ['add', 'update', 'delete'] as const) {
      informer.on(event, object => {
        seen.push(`${event} ${object.metadata?.name}`);
      });
    }
    informer.on('error', error => seen.push(`error ${error}`));
    await informer.start();
    const count = (wanted: number) =>
      t.eventuallyTrue(`${wanted} events`, async () => seen.length >= wanted);
    await count(1);
    await t.create('configmaps', configMap('b', { labels: { app: 'x' } }));
    await count(2);
    await t.merge('configmaps', 'a', { data: { k: 'v' } });
    await count(3);
    await t.merge('configmaps', 'b', { metadata: { labels: { app: 'y' } } });
    await count(4);
    await t.remove('configmaps', 'a');
    await count(5);
    assert.deepEqual(seen, [
      'add a',
      'add b',
      'update a',
      'delete b',
      'delete a',
    ]);
    assert.deepEqual(informer.list(), []);
    await informer.stop();
    note(t, 'events', seen);
  },

  'asks what it may do and who it is': async t => {
    const { lib, config } = await connect(t);
    const api = config.makeApiClient(lib.AuthorizationV1Api);
    const review = await api.createSelfSubjectAccessReview({
      body: {
        spec: {
          resourceAttributes: {
            group: 'apps',
            resource: 'deployments',
            verb: 'create',
            namespace: t.namespace,
          },
        },
      },
    });
    assert.equal(review.status?.allowed, true);
    const [nobody] = Object.values(t.cluster.users);
    const other = new lib.KubeConfig();
    other.loadFromFile(t.cluster.kubeconfig);
    other.users = other.users.map(user => ({ ...user, token: nobody }));
    const asNobody = await other
      .makeApiClient(lib.AuthorizationV1Api)
      .createSelfSubjectAccessReview({
        body: {
          spec: { resourceAttributes: { resource: 'pods', verb: 'list' } },
        },
      });
    assert.equal(asNobody.status?.allowed, false);
    note(t, 'reviews', [review, asNobody]);
    const { minor } = await config.makeApiClient(lib.VersionApi).getCode();
    assert.equal(minor, '35');
  },
});

/** What needs a pod that runs. */
export const clientNodeLogCases = area(
  'client-node',
  {
    'reads the log of a container': async t => {
      const { lib, config, core } = await connect(t);
      await t.create('deployments', deployment('web'));
      await kubectl(t, 'rollout', 'status', 'deploy/web', '--timeout=60s');
      const [name] = await t.names('pods');
      const { namespace } = t;
      await t.eventuallyTrue('a line of the log', async () => {
        const log = await core.readNamespacedPodLog({
          namespace,
          name,
          tailLines: 1,
        });
        return log !== '';
      });
      const stream = new PassThrough();
      const reading = text(stream);
      await new lib.Log(config).log(namespace, name, 'main', stream, {
        tailLines: 1,
        timestamps: true,
      });
      assert.match(await reading, /^\d{4}-\d\d-\d\dT\S+ \S.*\n$/);
      const code = await refused(
        t,
        'no such container',
        core.readNamespacedPodLog({ namespace, name, container: 'other' }),
      );
      assert.equal(code, 400);
    },
  },
  { controllers: true },
);
