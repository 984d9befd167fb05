import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure, masked, sequence } from '../expectations';
import { deployment, unscheduledPod } from '../objects';

const PAUSED = { replicas: 2, spec: { paused: true } };

/** `status`, `scale` and `binding`. */
export const subresourceCases = area('subresources', {
  'status is written by its own path only': async t => {
    await t.create('pods', unscheduledPod('a', { app: 'a' }));
    const body = await t.read('pods', 'a');
    body.status = { phase: 'Running' };
    body.metadata.labels = { app: 'b' };
    const viaMain = await t.ok(t.path('pods', 'a'), { method: 'PUT', body });
    assert.equal(viaMain.status.phase, 'Pending');
    assert.deepEqual(viaMain.metadata.labels, { app: 'b' });
  },

  'status leaves the spec alone': async t => {
    await t.create('pods', unscheduledPod('a'));
    const body = await t.read('pods', 'a');
    body.status = { phase: 'Failed', reason: 'Evicted' };
    body.spec.containers[0].image = 'shop/other:1';
    const updated = await t.ok(t.path('pods', 'a/status'), {
      method: 'PUT',
      body,
    });
    assert.equal(updated.status.phase, 'Failed');
    assert.equal(updated.spec.containers[0].image, 'shop/cart:1.0.0');
    assert.deepEqual(await t.ok(t.path('pods', 'a/status')), updated);
  },

  'status is merged by strategic patches, conditions by type': async t => {
    await t.create('pods', unscheduledPod('a'));
    const patch = (conditions: object[]) =>
      t.ok(t.path('pods', 'a/status'), {
        method: 'PATCH',
        contentType: 'application/strategic-merge-patch+json',
        body: { status: { conditions } },
      });
    await patch([{ type: 'Example', status: 'False' }]);
    const { status } = await patch([
      { type: 'Example', status: 'True' },
      { type: 'Other', status: 'True' },
    ]);
    assert.deepEqual(
      status.conditions
        .map((it: any) => `${it.type}=${it.status}`)
        .filter((it: string) => /Example|Other/.test(it))
        .sort(),
      ['Example=True', 'Other=True'],
    );
  },

  'a write of status does not count as a generation': async t => {
    await t.create('deployments', deployment('web', PAUSED));
    const { metadata } = await t.ok(t.path('deployments', 'web/status'), {
      method: 'PATCH',
      contentType: 'application/merge-patch+json',
      body: { status: { collisionCount: 3 } },
    });
    assert.equal(metadata.generation, 1);
  },

  'scale shows replicas and the selector as text': async t => {
    await t.create('deployments', deployment('web', PAUSED));
    const scale = await t.ok(t.path('deployments', 'web/scale'));
    assert.deepEqual(
      masked({ ...scale, status: { ...scale.status, replicas: 0 } }),
      {
        kind: 'Scale',
        apiVersion: 'autoscaling/v1',
        metadata: {
          name: 'web',
          namespace: t.namespace,
          uid: '<uid>',
          resourceVersion: '<resourceVersion>',
          creationTimestamp: '<creationTimestamp>',
        },
        spec: { replicas: 2 },
        status: { replicas: 0, selector: 'app=web' },
      },
    );
  },

  'scale is replaced': async t => {
    await t.create('deployments', deployment('web', { replicas: 0 }));
    const scale = await t.ok(t.path('deployments', 'web/scale'));
    delete scale.metadata.resourceVersion;
    scale.spec.replicas = 0;
    const unchanged = await t.ok(t.path('deployments', 'web/scale'), {
      method: 'PUT',
      body: scale,
    });
    assert.deepEqual(unchanged.spec, {});
    scale.spec.replicas = 3;
    await t.ok(t.path('deployments', 'web/scale'), {
      method: 'PUT',
      body: scale,
    });
    const { spec, metadata } = await t.read('deployments', 'web');
    assert.equal(spec.replicas, 3);
    assert.equal(metadata.generation, 2);
  },

  'scale is patched': async t => {
    await t.create('deployments', deployment('web', PAUSED));
    const scale = await t.ok(t.path('deployments', 'web/scale'), {
      method: 'PATCH',
      contentType: 'application/merge-patch+json',
      body: { spec: { replicas: 4 } },
    });
    assert.equal(scale.kind, 'Scale');
    assert.equal(scale.spec.replicas, 4);
    assert.equal((await t.read('deployments', 'web')).spec.replicas, 4);
  },

  'scale keeps to the resourceVersion that it is given': async t => {
    const { metadata } = await t.create(
      'deployments',
      deployment('web', PAUSED),
    );
    await t.merge('deployments', 'web', { metadata: { labels: { x: 'y' } } });
    const response = await t.client.patch(
      t.path('deployments', 'web/scale'),
      'merge',
      {
        metadata: { resourceVersion: metadata.resourceVersion },
        spec: { replicas: 4 },
      },
    );
    assertFailure(response, {
      code: 409,
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
      details: { name: 'web', group: 'apps', kind: 'deployments' },
    });
  },

  'scale of nothing is 404': async t => {
    assertFailure(await t.client.get(t.path('deployments', 'web/scale')), {
      code: 404,
      reason: 'NotFound',
      message: 'deployments.apps "web" not found',
      details: { name: 'web', group: 'apps', kind: 'deployments' },
    });
  },

  'a binding puts a pod on a node, once': async t => {
    await t.create('pods', unscheduledPod('a'));
    const watch = await t.watch('pods', {
      fieldSelector: 'spec.nodeName=no-such-node',
    });
    const bind = () =>
      t.client.post(t.path('pods', 'a/binding'), {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: { name: 'a' },
        target: { kind: 'Node', name: 'no-such-node' },
      });
    const response = await bind();
    assert.equal(response.status, 201, response.text);
    assert.equal(response.body.status, 'Success');
    const frames = await watch.take(1);
    assert.deepEqual(sequence(frames), ['ADDED a']);
    const { status } = frames[0].object;
    assert.deepEqual(
      status.conditions.map((it: any) => `${it.type}=${it.status}`),
      ['PodScheduled=True'],
    );
    assert.equal((await bind()).status, 409);
    await t.remove('pods', 'a', { gracePeriodSeconds: 0 });
  },
});
