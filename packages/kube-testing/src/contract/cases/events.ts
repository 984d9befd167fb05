import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { deployment } from '../objects';
import { runPod } from '../pods';

async function eventsOf(t: ContractContext, object: any): Promise<any[]> {
  const { items } = await t.list('events', {
    fieldSelector: `involvedObject.uid=${object.metadata.uid}`,
  });
  return items;
}

async function eventOf(
  t: ContractContext,
  object: any,
  is: (event: any) => boolean,
): Promise<any> {
  let found: any;
  await t.eventuallyTrue('the event', async () => {
    found = (await eventsOf(t, object)).find(is);
    return found !== undefined;
  });
  return found;
}

/** Events as the components write them. */
export const eventCases = area(
  'events',
  {
    'a kubelet names itself, its node and the container': async t => {
      const created = await runPod(t, 'a', {
        containers: [{ name: 'main', image: 'shop/cart:1.0.0' }],
      });
      const found = await eventOf(t, created, it => it.reason === 'Started');
      const { spec } = await t.read('pods', 'a');
      assert.equal(found.message, 'Container started');
      assert.deepEqual(found.source, {
        component: 'kubelet',
        host: spec.nodeName,
      });
      assert.equal(found.reportingComponent, 'kubelet');
      assert.equal(found.reportingInstance, spec.nodeName);
      const { resourceVersion, ...involved } = found.involvedObject;
      assert.match(resourceVersion, /^\d+$/);
      assert.deepEqual(involved, {
        apiVersion: 'v1',
        fieldPath: 'spec.containers{main}',
        kind: 'Pod',
        name: 'a',
        namespace: t.namespace,
        uid: created.metadata.uid,
      });
      assert.match(found.metadata.name, /^a\.[0-9a-f]{16}$/);
      assert.equal(found.count, 1);
      assert.equal(found.firstTimestamp, found.lastTimestamp);
      assert.equal(found.eventTime, null);
    },

    'the same event again counts up': async t => {
      const created = await runPod(t, 'a', {
        containers: [
          {
            name: 'main',
            image: 'shop/cart:1-never-ready',
            readinessProbe: {
              httpGet: { path: '/', port: 80 },
              periodSeconds: 1,
            },
          },
        ],
      });
      const found = await eventOf(
        t,
        created,
        it => it.reason === 'Unhealthy' && it.count > 2,
      );
      assert.equal(
        found.message,
        'Readiness probe failed: HTTP probe failed with statuscode: 503',
      );
      assert.ok(found.lastTimestamp >= found.firstTimestamp);
      const same = (await eventsOf(t, created)).filter(
        it => it.reason === 'Unhealthy',
      );
      assert.equal(same.length, 1);
    },

    'the scheduler says where a pod goes': async t => {
      const created = await runPod(t, 'a', {
        containers: [{ name: 'main', image: 'shop/cart:1.0.0' }],
      });
      const found = await eventOf(t, created, it => it.reason === 'Scheduled');
      const { spec } = await t.read('pods', 'a');
      assert.equal(
        found.message,
        `Successfully assigned ${t.namespace}/a to ${spec.nodeName}`,
      );
      assert.equal(found.reportingComponent, 'default-scheduler');
      assert.match(found.reportingInstance, /^default-scheduler-./);
      assert.deepEqual(found.source, {});
      assert.equal(found.action, 'Binding');
      assert.equal(found.type, 'Normal');
      assert.match(found.eventTime, /^\d{4}-.*\.\d{6}Z$/);
      assert.equal(found.firstTimestamp, null);
      assert.equal(found.count, undefined);
    },

    'a controller says what it creates': async t => {
      await t.create('deployments', deployment('web'));
      let replicaSet: any;
      await t.eventuallyTrue('the ReplicaSet', async () => {
        [replicaSet] = (await t.list('replicasets')).items;
        return replicaSet !== undefined;
      });
      const found = await eventOf(
        t,
        replicaSet,
        it => it.reason === 'SuccessfulCreate',
      );
      assert.match(found.message, /^Created pod: web-[a-z0-9]+-[a-z0-9]{5}$/);
      assert.deepEqual(found.source, { component: 'replicaset-controller' });
      assert.equal(found.reportingComponent, 'replicaset-controller');
      assert.equal(found.reportingInstance, '');
      assert.equal(found.involvedObject.fieldPath, undefined);
      assert.equal(found.involvedObject.apiVersion, 'apps/v1');
    },

    'an image that is pulled once is there for the next pod': async t => {
      const image = `shop/${t.namespace}:1`;
      const spec = { containers: [{ name: 'main', image }] };
      const first = await runPod(t, 'a', spec);
      const pulled = await eventOf(t, first, it => it.reason === 'Pulled');
      assert.match(
        pulled.message,
        /^Successfully pulled image "\S+" in \d+ms \(\d+ms including waiting\)\. Image size: \d+ bytes\.$/,
      );
      const { spec: bound } = await t.read('pods', 'a');
      const second = await runPod(t, 'b', {
        ...spec,
        nodeSelector: { 'kubernetes.io/hostname': bound.nodeName },
      });
      const present = await eventOf(t, second, it => it.reason === 'Pulled');
      assert.equal(
        present.message,
        `Container image "${image}" already present on machine and can be accessed by the pod`,
      );
      const reasons = (await eventsOf(t, second)).map(it => it.reason);
      assert.ok(!reasons.includes('Pulling'));
    },
  },
  { controllers: true },
);
