import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { assertFailure } from '../expectations';
import { applied, apply, ownersOf, written } from '../fieldOwners';
import { deployment, unscheduledPod } from '../objects';

/** Who owns what after writes of `status`, `scale` and `binding`. */
export const managedFieldSubresourceCases = area(
  'managedFields of subresources',
  {
    'status is owned apart, with its name': async t => {
      await written(t, 'pods', { manager: 'one', body: unscheduledPod('a') });
      const before = await t.read('pods', 'a');
      before.status = {
        phase: 'Pending',
        conditions: [{ type: 'Example', status: 'True' }],
        podIPs: [{ ip: '10.0.0.1' }],
        podIP: '10.0.0.1',
      };
      before.spec.containers[0].image = 'shop/other:1';
      before.metadata.labels = { a: 'b' };
      const updated = await written(t, 'pods', {
        manager: 'two',
        name: 'a/status',
        body: before,
      });
      const { [`one Update v1`]: one, ...rest } = ownersOf(updated);
      assert.ok(one.includes('spec.containers[name=main].image'));
      assert.deepEqual(rest, {
        'two Update v1 status': [
          'metadata.labels',
          'metadata.labels.a',
          'status.conditions',
          'status.conditions[type=Example]',
          'status.conditions[type=Example].lastProbeTime',
          'status.conditions[type=Example].lastTransitionTime',
          'status.conditions[type=Example].status',
          'status.conditions[type=Example].type',
          'status.podIP',
          'status.podIPs',
          'status.podIPs[ip=10.0.0.1]',
          'status.podIPs[ip=10.0.0.1].ip',
        ],
      });
    },

    'a write to the object does not own its status': async t => {
      const pod = {
        ...unscheduledPod('a'),
        status: { phase: 'Running', message: 'x' },
      };
      const created = await written(t, 'pods', { manager: 'one', body: pod });
      assert.ok(!JSON.stringify(ownersOf(created)).includes('status'));
      const patched = await written(t, 'pods', {
        manager: 'two',
        name: 'a',
        patch: { status: { message: 'y' } },
      });
      assert.deepEqual(Object.keys(ownersOf(patched)), ['one Update v1']);
    },

    'status is applied': async t => {
      await written(t, 'pods', { manager: 'one', body: unscheduledPod('a') });
      const status = (...types: string[]) => ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'a', labels: { l: 'm' } },
        spec: { activeDeadlineSeconds: 5 },
        status: {
          message: 'hello',
          conditions: types.map(type => ({ type, status: 'True' })),
        },
      });
      const first = await applied(
        t,
        'pods',
        status('example.com/a', 'example.com/b'),
        { subresource: 'status' },
      );
      assert.equal(first.spec.activeDeadlineSeconds, undefined);
      const { 'one Update v1': one, ...rest } = ownersOf(first);
      assert.deepEqual(rest, {
        'me Apply v1 status': [
          'metadata.labels.l',
          'status.conditions[type=example.com/a]',
          'status.conditions[type=example.com/a].status',
          'status.conditions[type=example.com/a].type',
          'status.conditions[type=example.com/b]',
          'status.conditions[type=example.com/b].status',
          'status.conditions[type=example.com/b].type',
          'status.message',
        ],
      });
      const second = await applied(t, 'pods', status('example.com/b'), {
        subresource: 'status',
      });
      assert.deepEqual(
        second.status.conditions.map((it: any) => it.type),
        ['example.com/b'],
      );
      const conflicting = await apply(
        t,
        'pods',
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'a' },
          status: { message: 'other' },
        },
        { manager: 'you', subresource: 'status' },
      );
      assertFailure(conflicting, {
        message:
          'Apply failed with 1 conflict: conflict with "me" with subresource "status": .status.message',
        reason: 'Conflict',
        details: {
          causes: [
            {
              reason: 'FieldManagerConflict',
              message: 'conflict with "me" with subresource "status"',
              field: '.status.message',
            },
          ],
        },
        code: 409,
      });
    },

    'an apply of the object leaves its status alone': async t => {
      const object = { ...unscheduledPod('a'), status: { message: 'x' } };
      const created = await applied(t, 'pods', object);
      assert.equal(created.status.message, undefined);
      assert.deepEqual(ownersOf(created), {
        'me Apply v1': [
          'spec.automountServiceAccountToken',
          'spec.containers[name=main]',
          'spec.containers[name=main].image',
          'spec.containers[name=main].name',
          'spec.schedulerName',
        ],
      });
    },

    'scale takes over the replicas': async t => {
      await written(t, 'deployments', {
        manager: 'one',
        body: deployment('web', { spec: { paused: true, replicas: 0 } }),
      });
      await t.ok(t.path('deployments', 'web/scale'), {
        method: 'PATCH',
        contentType: 'application/merge-patch+json',
        body: { spec: { replicas: 1 } },
        query: { fieldManager: 'scaler' },
      });
      const scaled = await t.read('deployments', 'web');
      assert.equal(scaled.spec.replicas, 1);
      const { 'one Update apps/v1': one, ...rest } = ownersOf(scaled);
      assert.ok(!one.includes('spec.replicas'));
      assert.deepEqual(rest, {
        'scaler Update apps/v1 scale without time': ['spec.replicas'],
      });
    },

    'scale to the number that is there moves it to an entry without a time':
      async t => {
        await written(t, 'deployments', {
          manager: 'one',
          body: deployment('web', { spec: { paused: true, replicas: 0 } }),
        });
        const scaled = async (replicas: number) => {
          await t.ok(t.path('deployments', 'web/scale'), {
            method: 'PATCH',
            contentType: 'application/merge-patch+json',
            body: { spec: { replicas } },
            query: { fieldManager: 'scaler' },
          });
          const owners = Object.entries(
            ownersOf(await t.read('deployments', 'web')),
          );
          return owners.map(([owner, fields]) => [
            owner,
            fields.includes('spec.replicas'),
          ]);
        };
        assert.deepEqual(await scaled(0), [
          ['one Update apps/v1 without time', true],
          ['one Update apps/v1', false],
        ]);
        // Who scales takes them from an owner who is not known there; nobody has them then.
        assert.deepEqual(await scaled(1), [['one Update apps/v1', false]]);
      },

    'scale is applied': async t => {
      await applied(
        t,
        'deployments',
        deployment('web', { spec: { paused: true, replicas: 0 } }),
      );
      const scale = (replicas: number) => ({
        apiVersion: 'autoscaling/v1',
        kind: 'Scale',
        metadata: { name: 'web' },
        spec: { replicas },
      });
      const conflicting = await apply(t, 'deployments', scale(1), {
        manager: 'you',
        subresource: 'scale',
      });
      assertFailure(conflicting, {
        message:
          'Apply failed with 1 conflict: conflict with "me": .spec.replicas',
        reason: 'Conflict',
        details: {
          causes: [
            {
              reason: 'FieldManagerConflict',
              message: 'conflict with "me"',
              field: '.spec.replicas',
            },
          ],
        },
        code: 409,
      });
      const forced = await applied(t, 'deployments', scale(1), {
        manager: 'you',
        subresource: 'scale',
        force: true,
      });
      assert.equal(forced.kind, 'Scale');
      assert.equal(forced.metadata.managedFields, undefined);
      const { 'me Apply apps/v1': me, ...rest } = ownersOf(
        await t.read('deployments', 'web'),
      );
      assert.ok(!me.includes('spec.replicas'));
      assert.deepEqual(rest, {
        'you Apply apps/v1 scale without time': ['spec.replicas'],
      });
      const again = await apply(t, 'deployments', {
        ...deployment('web', { spec: { paused: true, replicas: 2 } }),
      });
      assertFailure(again, {
        message:
          'Apply failed with 1 conflict: conflict with "you" with subresource "scale": .spec.replicas',
        reason: 'Conflict',
        details: {
          causes: [
            {
              reason: 'FieldManagerConflict',
              message: 'conflict with "you" with subresource "scale"',
              field: '.spec.replicas',
            },
          ],
        },
        code: 409,
      });
    },

    'a binding has no owner': async t => {
      await written(t, 'pods', { manager: 'one', body: unscheduledPod('a') });
      const before = await t.read('pods', 'a');
      await t.client.post(
        t.path('pods', 'a/binding'),
        {
          apiVersion: 'v1',
          kind: 'Binding',
          metadata: { name: 'a' },
          target: { kind: 'Node', name: 'no-such-node' },
        },
        { query: { fieldManager: 'binder' } },
      );
      const bound = await t.read('pods', 'a');
      assert.equal(bound.spec.nodeName, 'no-such-node');
      assert.deepEqual(ownersOf(bound), ownersOf(before));
      await t.remove('pods', 'a', { gracePeriodSeconds: 0 });
    },

    'an Event that was written in one version of the API is owned in it':
      async t => {
        const about = { kind: 'Pod', name: 'x', namespace: t.namespace };
        const created = await written(t, 'events', {
          manager: 'one',
          body: {
            apiVersion: 'v1',
            kind: 'Event',
            metadata: { name: 'a' },
            involvedObject: about,
            reason: 'Tested',
            message: 'hello',
            source: { component: 'test' },
            firstTimestamp: '2026-01-01T00:00:00Z',
            lastTimestamp: '2026-01-01T00:00:00Z',
            count: 1,
            type: 'Normal',
          },
        });
        assert.deepEqual(ownersOf(created), {
          'one Update v1': [
            'count',
            'firstTimestamp',
            'involvedObject',
            'lastTimestamp',
            'message',
            'reason',
            'source.component',
            'type',
          ],
        });
        const path = `/apis/events.k8s.io/v1/namespaces/${t.namespace}/events/b`;
        const newer = {
          apiVersion: 'events.k8s.io/v1',
          kind: 'Event',
          metadata: { name: 'b' },
          eventTime: '2026-01-01T00:00:00.000000Z',
          regarding: about,
          reason: 'Tested',
          note: 'hello',
          action: 'Testing',
          type: 'Normal',
          reportingController: 'example.com/test',
          reportingInstance: 'test-1',
        };
        const { body: posted } = await t.client.post(
          path.replace(/\/b$/, ''),
          newer,
          { query: { fieldManager: 'one' } },
        );
        assert.deepEqual(ownersOf(posted), {
          'one Update events.k8s.io/v1': [
            'action',
            'eventTime',
            'note',
            'reason',
            'regarding',
            'reportingController',
            'reportingInstance',
            'type',
          ],
        });
        const inOther = await written(t, 'events', {
          manager: 'two',
          name: 'b',
          patch: {
            metadata: { labels: { l: 'm' } },
            series: {
              count: 2,
              lastObservedTime: '2026-01-01T00:00:00.000000Z',
            },
          },
        });
        assert.deepEqual(ownersOf(inOther), {
          'two Update v1': [
            'metadata.labels',
            'metadata.labels.l',
            'series',
            'series.count',
            'series.lastObservedTime',
          ],
        });
      },
  },
);
