import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findKubectl } from '../../kubectl/findKubectl';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { deployment } from '../objects';

const run = promisify(execFile);

async function kubectl(t: ContractContext, ...args: string[]): Promise<string> {
  return withInput(t, '', ...args);
}

async function withInput(
  t: ContractContext,
  input: string,
  ...args: string[]
): Promise<string> {
  const running = run(await findKubectl(), [
    '--kubeconfig',
    t.cluster.kubeconfig,
    '--namespace',
    t.namespace,
    ...args,
  ]);
  running.child.stdin!.end(input);
  const { stdout } = await running;
  return stdout;
}

async function web(t: ContractContext, replicas = 1): Promise<void> {
  await t.create('deployments', deployment('web', { replicas }));
  await kubectl(t, 'rollout', 'status', 'deployment/web', '--timeout=60s');
}

/** What people type. */
export const kubectlCases = area(
  'kubectl',
  {
    'get prints tables': async t => {
      await web(t, 2);
      assert.match(
        await kubectl(t, 'get', 'deployments'),
        /^NAME +READY +UP-TO-DATE +AVAILABLE +AGE\nweb +2\/2 +2 +2 +\d+/,
      );
      const pods = await kubectl(t, 'get', 'pods');
      assert.match(pods, /^NAME +READY +STATUS +RESTARTS +AGE\n/);
      assert.equal(pods.match(/^web-\S+ +1\/1 +Running +0 +\d+/gm)?.length, 2);
    },

    'get all and get by short name': async t => {
      await web(t);
      const all = await kubectl(t, 'get', 'all', '-o', 'name');
      assert.match(all, /^pod\/web-/m);
      assert.match(all, /^deployment\.apps\/web$/m);
      assert.match(all, /^replicaset\.apps\/web-/m);
      assert.equal(
        await kubectl(t, 'get', 'deploy', '-l', 'app=web', '-o', 'name'),
        'deployment.apps/web\n',
      );
    },

    'get as JSON': async t => {
      await web(t);
      const { kind, items } = JSON.parse(
        await kubectl(t, 'get', 'deployments', '-o', 'json'),
      );
      assert.equal(kind, 'List');
      assert.equal(items[0].kind, 'Deployment');
      assert.equal(items[0].status.readyReplicas, 1);
    },

    'describe tells about a Deployment and its pods': async t => {
      await web(t);
      const text = await kubectl(t, 'describe', 'deployment', 'web');
      assert.match(
        text,
        /^Replicas: +1 desired \| 1 updated \| 1 total \| 1 available/m,
      );
      assert.match(text, /Image: +shop\/cart:1\.0\.0/);
      assert.match(text, /^NewReplicaSet: +web-\S+ \(1\/1 replicas created\)/m);
      assert.match(text, /Normal +ScalingReplicaSet/);
      const pods = await kubectl(t, 'describe', 'pods', '-l', 'app=web');
      assert.match(pods, /^Status: +Running/m);
      assert.match(pods, /Normal +Scheduled/);
    },

    'set image rolls out, rollout status waits for it': async t => {
      await web(t, 2);
      assert.equal(
        await kubectl(
          t,
          'set',
          'image',
          'deployment/web',
          'main=shop/cart:2.0.0',
        ),
        'deployment.apps/web image updated\n',
      );
      assert.match(
        await kubectl(
          t,
          'rollout',
          'status',
          'deployment/web',
          '--timeout=60s',
        ),
        /deployment "web" successfully rolled out\n$/,
      );
      const { spec, status } = await t.read('deployments', 'web');
      assert.equal(spec.template.spec.containers[0].image, 'shop/cart:2.0.0');
      assert.equal(status.updatedReplicas, 2);
    },

    'rollout history and undo': async t => {
      await web(t);
      await kubectl(
        t,
        'set',
        'image',
        'deployment/web',
        'main=shop/cart:2.0.0',
      );
      await kubectl(t, 'rollout', 'status', 'deployment/web', '--timeout=60s');
      assert.match(
        await kubectl(t, 'rollout', 'history', 'deployment/web'),
        /^1 .*\n2 /m,
      );
      await kubectl(t, 'rollout', 'undo', 'deployment/web');
      await kubectl(t, 'rollout', 'status', 'deployment/web', '--timeout=60s');
      const { spec } = await t.read('deployments', 'web');
      assert.equal(spec.template.spec.containers[0].image, 'shop/cart:1.0.0');
    },

    'rollout restart makes new pods of the same image': async t => {
      await web(t);
      const before = await t.names('replicasets');
      await kubectl(t, 'rollout', 'restart', 'deployment/web');
      await kubectl(t, 'rollout', 'status', 'deployment/web', '--timeout=60s');
      const after = await t.names('replicasets');
      assert.equal(after.length, before.length + 1);
    },

    scale: async t => {
      await web(t);
      assert.equal(
        await kubectl(t, 'scale', 'deployment/web', '--replicas=3'),
        'deployment.apps/web scaled\n',
      );
      await kubectl(t, 'rollout', 'status', 'deployment/web', '--timeout=60s');
      assert.equal((await t.names('pods')).length, 3);
    },

    'label, annotate and patch': async t => {
      await t.create('deployments', deployment('web', { replicas: 0 }));
      await kubectl(t, 'label', 'deployment/web', 'team=shop');
      await kubectl(t, 'annotate', 'deployment/web', 'example.com/a=b');
      await kubectl(
        t,
        'patch',
        'deployment/web',
        '-p',
        '{"spec":{"minReadySeconds":5}}',
      );
      const { metadata, spec } = await t.read('deployments', 'web');
      assert.equal(metadata.labels.team, 'shop');
      assert.equal(metadata.annotations['example.com/a'], 'b');
      assert.equal(spec.minReadySeconds, 5);
    },

    create: async t => {
      await kubectl(t, 'create', 'configmap', 'a', '--from-literal=k=v');
      assert.deepEqual((await t.read('configmaps', 'a')).data, { k: 'v' });
      await kubectl(
        t,
        'create',
        'deployment',
        'web',
        '--image=shop/cart:1.0.0',
        '--replicas=0',
      );
      const { spec } = await t.read('deployments', 'web');
      assert.deepEqual(spec.selector, { matchLabels: { app: 'web' } });
    },

    'apply creates, then changes what is different': async t => {
      const apply = (object: object) =>
        withInput(t, JSON.stringify(object), 'apply', '-f', '-');
      const object = deployment('web', { replicas: 0, labels: { x: 'y' } });
      assert.equal(await apply(object), 'deployment.apps/web created\n');
      assert.equal(await apply(object), 'deployment.apps/web unchanged\n');
      await t.merge('deployments', 'web', {
        metadata: { labels: { kept: 'yes' } },
      });
      delete object.metadata.labels.x;
      object.spec.template.spec.containers[0].image = 'shop/cart:2.0.0';
      assert.equal(await apply(object), 'deployment.apps/web configured\n');
      const { metadata, spec } = await t.read('deployments', 'web');
      assert.deepEqual(metadata.labels, { app: 'web', kept: 'yes' });
      assert.equal(spec.template.spec.containers[0].image, 'shop/cart:2.0.0');
    },

    'wait for a condition': async t => {
      await t.create('deployments', deployment('web'));
      assert.equal(
        await kubectl(
          t,
          'wait',
          'deployment/web',
          '--for=condition=Available',
          '--timeout=60s',
        ),
        'deployment.apps/web condition met\n',
      );
    },

    delete: async t => {
      await web(t);
      assert.match(
        await kubectl(t, 'delete', 'deployment', 'web', '--timeout=60s'),
        /^deployment\.apps "web" deleted/,
      );
      await t.gone('deployments', 'web');
      await assert.rejects(
        kubectl(t, 'get', 'deployment', 'web'),
        /Error from server \(NotFound\): deployments\.apps "web" not found/,
      );
    },
  },
  { controllers: true },
);
