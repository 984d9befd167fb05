import { isDeepStrictEqual } from 'util';
import {
  keyOf,
  OwnerReference,
  Pod,
  PodDisruptionBudget,
  PodDisruptionBudgetStatus,
  resources,
  splitKey,
  WorkQueue,
} from '../../client';
import { Controller, enqueueItself, startWhenSynced } from '../Controller';
import { selects } from '../labels';
import { controllerOf } from '../ownership';
import { budgetStatus, failedStatus } from './budgetStatus';
import { expectedPods, WorkloadScale } from './expectedPods';

const NAME = 'controllermanager';

/** Kinds that cannot be scaled, and that a budget therefore cannot count. */
const UNSCALED: Record<string, string> = {
  DaemonSet: 'daemonsets.apps',
  Job: 'jobs.batch',
  Node: 'nodes',
};

/** Counts how many pods of each PodDisruptionBudget may be evicted. @public */
export const disruptionController: Controller = {
  name: 'disruption-controller',
  start({ client, informers, clock, logger, speed, recorder }) {
    const budgets = informers.get(resources.podDisruptionBudgets);
    const pods = informers.get(resources.pods);
    const deployments = informers.get(resources.deployments);
    const replicaSets = informers.get(resources.replicaSets);
    const statefulSets = informers.get(resources.statefulSets);
    const events = recorder(NAME);

    const queue = new WorkQueue({
      name: disruptionController.name,
      sync,
      clock,
      logger,
    });
    const enqueueBudgetsOf = ({ metadata }: Pod) =>
      budgets
        .list(metadata.namespace)
        .filter(
          ({ spec }) =>
            spec.selector && selects(spec.selector, metadata.labels),
        )
        .forEach(budget => queue.add(keyOf(budget)));
    const enqueueNamespace = (namespace: string | undefined) =>
      budgets.list(namespace).forEach(budget => queue.add(keyOf(budget)));
    budgets.addHandler(enqueueItself(queue));
    pods.addHandler({
      added: enqueueBudgetsOf,
      updated(pod, old) {
        enqueueBudgetsOf(pod);
        enqueueBudgetsOf(old);
      },
      deleted: enqueueBudgetsOf,
    });
    for (const workloads of [deployments, statefulSets] as const) {
      workloads.addHandler({
        updated(workload: { metadata: Pod['metadata'] }, old: typeof workload) {
          if (workload.metadata.generation !== old.metadata.generation) {
            enqueueNamespace(workload.metadata.namespace);
          }
        },
      });
    }
    return startWhenSynced(queue, [
      budgets,
      pods,
      deployments,
      replicaSets,
      statefulSets,
    ]);

    async function sync(key: string): Promise<void> {
      const { namespace, name } = splitKey(key);
      const budget = budgets.get(namespace, name);
      if (!budget) {
        return;
      }
      const { selector } = budget.spec;
      const selected = pods
        .list(namespace)
        .filter(
          ({ metadata }) => selector && selects(selector, metadata.labels),
        );
      if (selected.length === 0) {
        say(budget, 'Normal', 'NoPods', 'No matching pods found');
      }
      let expected;
      try {
        expected = expectedPods(budget, selected, owner =>
          scaleOf(namespace, owner),
        );
      } catch (error) {
        const problem = (error as Error).message;
        say(
          budget,
          'Warning',
          'CalculateExpectedPodCountFailed',
          `Failed to calculate the number of expected pods: ${problem}`,
        );
        await write(budget, failedStatus(budget, problem, clock.now()));
        return;
      }
      if (expected.unmanaged.length > 0) {
        say(
          budget,
          'Warning',
          'UnmanagedPods',
          `Pods selected by this PodDisruptionBudget (selector: ${selectorText(
            budget,
          )}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.`,
        );
      }
      const { status, recheckIn } = budgetStatus({
        budget,
        pods: selected,
        expected,
        now: clock.now(),
        speed,
      });
      await write(budget, status);
      if (recheckIn !== undefined) {
        // Times are whole seconds: a moment too late is better than a check in vain.
        queue.addAfter(key, recheckIn + 1000 / speed);
      }
    }

    async function write(
      budget: PodDisruptionBudget,
      status: PodDisruptionBudgetStatus,
    ): Promise<void> {
      if (!isDeepStrictEqual(status, budget.status)) {
        await client.updateStatus(resources.podDisruptionBudgets, {
          ...budget,
          status,
        });
      }
    }

    function scaleOf(
      namespace: string | undefined,
      owner: OwnerReference,
    ): WorkloadScale {
      const { kind, name, uid } = owner;
      if (kind === 'ReplicaSet') {
        const replicaSet = replicaSets.get(namespace, name);
        const deploying = replicaSet && controllerOf(replicaSet);
        const workload =
          deploying?.kind === 'Deployment'
            ? deployments.get(namespace, deploying.name)
            : replicaSet;
        return scaleOfWorkload(workload, owner);
      }
      if (kind === 'StatefulSet') {
        return scaleOfWorkload(statefulSets.get(namespace, name), owner);
      }
      throw new Error(
        UNSCALED[kind]
          ? `${UNSCALED[kind]} does not implement the scale subresource`
          : `found no controllers for ${kind} "${name}" (${uid})`,
      );
    }

    function say(
      object: PodDisruptionBudget,
      type: 'Normal' | 'Warning',
      reason: string,
      message: string,
    ): void {
      const resource = resources.podDisruptionBudgets;
      events.record({ object, resource, type, reason, message });
    }
  },
};

function scaleOfWorkload(
  workload:
    | { metadata: Pod['metadata']; spec: { replicas?: number } }
    | undefined,
  { uid }: OwnerReference,
): WorkloadScale {
  return workload
    ? {
        uid: workload.metadata.uid ?? '',
        replicas: workload.spec.replicas ?? 1,
      }
    : { uid, replicas: 0 };
}

/** A selector the way the real controller prints it. */
function selectorText({ spec }: PodDisruptionBudget): string {
  const labels = Object.entries(spec.selector?.matchLabels ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}: ${value},`);
  return `&LabelSelector{MatchLabels:map[string]string{${labels.join(
    '',
  )}},MatchExpressions:[]LabelSelectorRequirement{},}`;
}
