import { isDeepStrictEqual } from 'util';
import {
  ApiError,
  keyOf,
  KubeObject,
  Pod,
  resources,
  splitKey,
  WorkQueue,
} from '../../client';
import { Controller, enqueueItself, startWhenSynced } from '../Controller';
import { selects } from '../labels';
import { controllerOf } from '../ownership';
import { budgetStatus, DELETION_TIMEOUT_MS } from './budgetStatus';
import { podDisruptionBudgets } from './PodDisruptionBudget';

const NAME = 'disruption-controller';

/** Counts the pods of each PodDisruptionBudget, and how many of them may go. @public */
export const disruptionController: Controller = {
  name: NAME,
  start({ client, informers, clock, logger, recorder }) {
    const budgets = informers.get(podDisruptionBudgets);
    const pods = informers.get(resources.pods);
    const owners = {
      ReplicaSet: informers.get(resources.replicaSets),
      StatefulSet: informers.get(resources.statefulSets),
      Deployment: informers.get(resources.deployments),
    };
    const events = recorder('controllermanager');
    const queue = new WorkQueue({ name: NAME, sync, clock, logger });
    budgets.addHandler(enqueueItself(queue));
    const podChanged = (pod: Pod) =>
      budgetsOf(pod).forEach(budget => queue.add(keyOf(budget)));
    pods.addHandler({
      added: podChanged,
      updated(pod, old) {
        podChanged(old);
        podChanged(pod);
      },
      deleted: podChanged,
    });
    return startWhenSynced(queue, [budgets, pods, ...Object.values(owners)]);

    function budgetsOf({ metadata }: Pod) {
      return budgets
        .list(metadata.namespace)
        .filter(
          ({ spec }) =>
            spec.selector && selects(spec.selector, metadata.labels),
        );
    }

    /** The workload that says how many pods there should be: of a ReplicaSet that is its Deployment. */
    function workloadOf(
      pod: KubeObject,
    ): (KubeObject & { spec: { replicas?: number } }) | undefined {
      const owner = controllerOf(pod);
      if (!owner || !(owner.kind in owners)) {
        return undefined;
      }
      const informer = owners[owner.kind as keyof typeof owners];
      const found = informer.get(pod.metadata.namespace, owner.name);
      return found?.metadata.uid === owner.uid
        ? workloadOf(found) ?? found
        : undefined;
    }

    function scaleOf(selected: readonly Pod[]): number {
      const replicas = new Map<string | undefined, number>();
      for (const pod of selected) {
        const workload = workloadOf(pod);
        if (workload) {
          replicas.set(workload.metadata.uid, workload.spec.replicas ?? 1);
        }
      }
      return [...replicas.values()].reduce((sum, count) => sum + count, 0);
    }

    async function sync(key: string): Promise<void> {
      const { namespace, name } = splitKey(key);
      const budget = budgets.get(namespace, name);
      if (!budget) {
        return;
      }
      const { selector } = budget.spec;
      const selected = pods
        .list(namespace)
        .filter(pod => selector && selects(selector, pod.metadata.labels));
      if (selected.length === 0) {
        events.record({
          object: budget,
          resource: podDisruptionBudgets,
          type: 'Normal',
          reason: 'NoPods',
          message: 'No matching pods found',
        });
      }
      const status = budgetStatus({
        budget,
        pods: selected,
        scale: scaleOf(selected),
        now: clock.now(),
      });
      if (status.disruptedPods) {
        queue.addAfter(key, DELETION_TIMEOUT_MS);
      }
      if (isDeepStrictEqual(status, budget.status)) {
        return;
      }
      try {
        await client.updateStatus(podDisruptionBudgets, { ...budget, status });
      } catch (error) {
        // Gone, or changed in between: the watch will tell.
        if (!ApiError.is(error, 404, 409)) {
          throw error;
        }
      }
    }
  },
};
