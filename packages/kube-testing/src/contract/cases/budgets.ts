import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { kubectl } from '../kubectl';
import { deployment } from '../objects';
import { daemonSet, eventually, statefulSet, UNSCHEDULED } from '../workloads';

function budget(spec: object): any {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web' },
    spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
  };
}

/** `allowed healthy/desired of expected`, with the condition. */
function summary({ status }: any): string {
  const [condition] = status.conditions;
  return `${status.disruptionsAllowed} ${status.currentHealthy}/${status.desiredHealthy} of ${status.expectedPods} ${condition.status} ${condition.reason}`;
}

function eventuallyIs(t: ContractContext, wanted: string): Promise<any> {
  return t.eventually({
    resource: 'poddisruptionbudgets',
    name: 'web',
    what: `being ${wanted}`,
    is: it =>
      it.status?.observedGeneration === it.metadata?.generation &&
      summary(it) === wanted,
  });
}

/** PodDisruptionBudgets as their controller counts. */
export const budgetCases = area(
  'budgets',
  {
    'a number of pods has to stay': async t => {
      await t.create('statefulsets', statefulSet('web', { replicas: 3 }));
      await t.create('poddisruptionbudgets', budget({ minAvailable: 2 }));
      const { status } = await eventuallyIs(
        t,
        '1 3/2 of 3 True SufficientPods',
      );
      const { lastTransitionTime, ...condition } = status.conditions[0];
      assert.ok(lastTransitionTime);
      assert.deepEqual(condition, {
        type: 'DisruptionAllowed',
        status: 'True',
        observedGeneration: 1,
        reason: 'SufficientPods',
        message: '',
      });
      assert.match(
        await kubectl(t, 'get', 'pdb'),
        /^NAME +MIN AVAILABLE +MAX UNAVAILABLE +ALLOWED DISRUPTIONS +AGE\nweb +2 +N\/A +1 +\S+\n$/,
      );
      await t.merge('poddisruptionbudgets', 'web', {
        spec: { minAvailable: 3 },
      });
      await eventuallyIs(t, '0 3/3 of 3 False InsufficientPods');
    },

    'a share is of what the workloads want, over several of them': async t => {
      await t.create('deployments', deployment('web', { replicas: 2 }));
      await t.create(
        'statefulsets',
        statefulSet('web', { replicas: 3, image: 'shop/cart:1' }),
      );
      await t.create('poddisruptionbudgets', budget({ minAvailable: '50%' }));
      await eventuallyIs(t, '2 5/3 of 5 True SufficientPods');
      await t.merge('deployments', 'web', { spec: { replicas: 0 } });
      await eventuallyIs(t, '1 3/2 of 3 True SufficientPods');
      await t.merge('poddisruptionbudgets', 'web', {
        spec: { minAvailable: null, maxUnavailable: 1 },
      });
      await eventuallyIs(t, '1 3/2 of 3 True SufficientPods');
    },

    'pods that nobody scales cannot be counted as a share': async t => {
      await t.create('daemonsets', daemonSet('web'));
      await t.create('poddisruptionbudgets', budget({ maxUnavailable: 1 }));
      const problem =
        'daemonsets.apps does not implement the scale subresource';
      const { status } = await t.eventually({
        resource: 'poddisruptionbudgets',
        name: 'web',
        what: 'having failed',
        is: it => it.status?.conditions?.[0].reason === 'SyncFailed',
      });
      assert.equal(status.conditions[0].message, problem);
      assert.equal(status.disruptionsAllowed, 0);
      await eventually(t, 'PodDisruptionBudget', 'web', [
        `Warning CalculateExpectedPodCountFailed: Failed to calculate the number of expected pods: ${problem}`,
      ]);
    },

    'pods that nobody manages are not counted': async t => {
      await t.create('pods', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'alone', labels: { app: 'web' } },
        spec: {
          ...UNSCHEDULED,
          containers: [{ name: 'main', image: 'shop/cart:1.0.0' }],
        },
      });
      await t.create('poddisruptionbudgets', budget({ maxUnavailable: 1 }));
      await eventuallyIs(t, '0 0/0 of 0 False InsufficientPods');
      await eventually(t, 'PodDisruptionBudget', 'web', [
        'Warning UnmanagedPods: Pods selected by this PodDisruptionBudget (selector: &LabelSelector{MatchLabels:map[string]string{app: web,},MatchExpressions:[]LabelSelectorRequirement{},}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.',
      ]);
    },

    'a budget without pods says so': async t => {
      await t.create('poddisruptionbudgets', budget({ maxUnavailable: 1 }));
      await eventuallyIs(t, '0 0/0 of 0 False InsufficientPods');
      await eventually(t, 'PodDisruptionBudget', 'web', [
        'Normal NoPods: No matching pods found',
      ]);
    },
  },
  { controllers: true },
);
