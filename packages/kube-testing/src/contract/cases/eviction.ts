import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { assertFailure } from '../expectations';
import { containerIs, podOf, running } from '../logs';
import { unscheduledPod } from '../objects';

const evict = (t: ContractContext, name: string, more: object = {}) =>
  t.client.post(t.path('pods', `${name}/eviction`), {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name, namespace: t.namespace },
    ...more,
  });

const budget = (spec: object) => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'budget' },
  spec: { selector: { matchLabels: { app: 'guarded' } }, ...spec },
});

async function guardedPod(t: ContractContext, name: string): Promise<void> {
  const pod = podOf(name);
  pod.metadata.labels = { app: 'guarded' };
  await t.create('pods', pod);
  await containerIs(t, name, status => running(status) && status.ready);
}

/** A deletion that asks the disruption budgets first. */
export const evictionCases = area('eviction', {
  'a pod that nothing guards is deleted': async t => {
    await t.create('pods', unscheduledPod('a'));
    const response = await evict(t, 'a');
    assert.equal(response.status, 201, response.text);
    assert.deepEqual(response.body, {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      code: 201,
    });
    await t.gone('pods', 'a');
  },

  'a dry run deletes nothing': async t => {
    await t.create('pods', unscheduledPod('a'));
    const response = await evict(t, 'a', {
      deleteOptions: { dryRun: ['All'] },
    });
    assert.equal(response.status, 201, response.text);
    const { metadata } = await t.read('pods', 'a');
    assert.equal(metadata.deletionTimestamp, undefined);
  },

  'the name has to be that of the pod': async t => {
    await t.create('pods', unscheduledPod('a'));
    const response = await t.client.post(t.path('pods', 'a/eviction'), {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: 'b' },
    });
    assertFailure(response, {
      code: 400,
      reason: 'BadRequest',
      message: 'name in URL does not match name in Eviction object',
    });
    assertFailure(await evict(t, 'nope'), {
      code: 404,
      reason: 'NotFound',
      message: 'pods "nope" not found',
      details: { name: 'nope', kind: 'pods' },
    });
  },
});

/** Budgets count pods that run. */
export const evictionControllerCases = area(
  'eviction',
  {
    'a budget without room refuses, and says what it needs': async t => {
      await guardedPod(t, 'a');
      await t.create('poddisruptionbudgets', budget({ minAvailable: 1 }));
      await t.eventually({
        resource: 'poddisruptionbudgets',
        name: 'budget',
        what: 'counting the pod',
        is: ({ status }) => status?.currentHealthy === 1,
      });
      assertFailure(await evict(t, 'a'), {
        code: 429,
        reason: 'TooManyRequests',
        message:
          "Cannot evict pod as it would violate the pod's disruption budget.",
        details: {
          causes: [
            {
              reason: 'DisruptionBudget',
              message:
                'The disruption budget budget needs 1 healthy pods and has 1 currently',
            },
          ],
        },
      });
      const { metadata } = await t.read('pods', 'a');
      assert.equal(metadata.deletionTimestamp, undefined);
    },

    'a budget with room gives it once': async t => {
      await guardedPod(t, 'a');
      await guardedPod(t, 'b');
      await t.create('poddisruptionbudgets', budget({ minAvailable: 1 }));
      await t.eventually({
        resource: 'poddisruptionbudgets',
        name: 'budget',
        what: 'having room',
        is: ({ status }) => status?.disruptionsAllowed === 1,
      });
      const { status } = await t.read('poddisruptionbudgets', 'budget');
      assert.deepEqual(
        status.conditions.map((it: any) => [it.type, it.status, it.reason]),
        [['DisruptionAllowed', 'True', 'SufficientPods']],
      );
      assert.equal((await evict(t, 'a')).status, 201);
      await t.gone('pods', 'a');
      await t.eventually({
        resource: 'poddisruptionbudgets',
        name: 'budget',
        what: 'having no room',
        is: ({ status: now }) =>
          now.disruptionsAllowed === 0 && now.currentHealthy === 1,
      });
      assert.equal((await evict(t, 'b')).status, 429);
    },

    'an evicted pod says why it goes': async t => {
      await guardedPod(t, 'a');
      const watch = await t.watch('pods');
      assert.equal((await evict(t, 'a')).status, 201);
      const target = (object: any) =>
        object.status.conditions.find(
          (it: any) => it.type === 'DisruptionTarget',
        );
      const seen = await t.transcript.quietly(() =>
        watch.takeUntil(({ object }) => Boolean(target(object))),
      );
      const { status, reason, message } = target(seen.at(-1)!.object);
      assert.deepEqual(
        { status, reason, message },
        {
          status: 'True',
          reason: 'EvictionByEvictionAPI',
          message: 'Eviction API: evicting',
        },
      );
    },
  },
  { controllers: true },
);
