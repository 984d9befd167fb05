import { isDeepStrictEqual } from 'util';
import {
  ApiError,
  EventRecorder,
  isNamespaceTerminating,
  Pod,
  ReplicaSet,
  resources,
  splitKey,
  WorkQueue,
} from '../../client';
import { Controller, enqueueItself, startWhenSynced } from '../Controller';
import { Expectations } from '../Expectations';
import { enqueueOwnersOfPods } from '../ownedPods';
import {
  claim,
  controllerOf,
  controllerReference,
  isControlledBy,
} from '../ownership';
import { isActive, isFinished } from '../pods';
import { inSlowStartBatches } from '../slowStart';
import { podsToDelete } from './podsToDelete';
import { replicaSetStatus } from './replicaSetStatus';

const NAME = 'replicaset-controller';

/** Pods created or deleted in one pass at most. */
const BURST = 500;

/** Keeps the number of pods of each ReplicaSet. @public */
export const replicaSetController: Controller = {
  name: NAME,
  start({ client, informers, clock, logger, speed, recorder }) {
    const replicaSets = informers.get(resources.replicaSets);
    const pods = informers.get(resources.pods);
    const expectations = new Expectations(clock);
    const events: EventRecorder = recorder(NAME);

    const queue = new WorkQueue({ name: NAME, sync, clock, logger });
    replicaSets.addHandler(enqueueItself(queue));
    pods.addHandler(
      enqueueOwnersOfPods({
        queue,
        kind: 'ReplicaSet',
        workloads: replicaSets,
        expectations,
      }),
    );
    return startWhenSynced(queue, [replicaSets, pods]);

    async function sync(key: string): Promise<void> {
      const { namespace, name } = splitKey(key);
      const replicaSet = replicaSets.get(namespace, name);
      if (!replicaSet) {
        expectations.forget(key);
        return;
      }
      const isSatisfied = expectations.isSatisfied(key);
      const all = pods.list(namespace);
      const active = await claim({
        client,
        owner: replicaSet,
        ownerResource: resources.replicaSets,
        selector: replicaSet.spec.selector,
        resource: resources.pods,
        candidates: all.filter(isActive),
      });
      let failure: { reason: string; error: unknown } | undefined;
      if (isSatisfied && !replicaSet.metadata.deletionTimestamp) {
        failure = await manageReplicas(key, replicaSet, active);
      }
      const { status, recheckIn } = replicaSetStatus({
        replicaSet,
        active,
        terminating: all.filter(
          pod =>
            isControlledBy(pod, replicaSet) &&
            pod.metadata.deletionTimestamp &&
            !isFinished(pod),
        ),
        failure: failure && {
          reason: failure.reason,
          message: messageOf(failure.error),
        },
        now: clock.now(),
        speed,
      });
      if (!isDeepStrictEqual(status, replicaSet.status)) {
        await client.updateStatus(resources.replicaSets, {
          ...replicaSet,
          status,
        });
      }
      if (failure) {
        throw failure.error;
      }
      if (recheckIn !== undefined) {
        queue.addAfter(key, recheckIn);
      }
    }

    async function manageReplicas(
      key: string,
      replicaSet: ReplicaSet,
      active: Pod[],
    ): Promise<{ reason: string; error: unknown } | undefined> {
      const missing = (replicaSet.spec.replicas ?? 1) - active.length;
      if (missing > 0) {
        const count = Math.min(missing, BURST);
        expectations.expectCreations(key, count);
        const { done, error } = await inSlowStartBatches(count, () =>
          createPod(replicaSet),
        );
        expectations.creationObserved(key, count - done);
        return error === undefined
          ? undefined
          : { reason: 'FailedCreate', error };
      }
      if (missing < 0) {
        return deletePods(key, replicaSet, active, -missing);
      }
      return undefined;
    }

    async function createPod(replicaSet: ReplicaSet): Promise<void> {
      const { template } = replicaSet.spec;
      const { labels, annotations, finalizers } = template.metadata ?? {};
      try {
        const pod = await client.create(resources.pods, {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: {
            generateName: `${replicaSet.metadata.name}-`,
            namespace: replicaSet.metadata.namespace,
            labels,
            annotations,
            finalizers,
            ownerReferences: [
              controllerReference(replicaSet, resources.replicaSets),
            ],
          },
          spec: template.spec,
        });
        say(
          replicaSet,
          'Normal',
          'SuccessfulCreate',
          `Created pod: ${pod.metadata.name}`,
        );
      } catch (error) {
        if (!isNamespaceTerminating(error)) {
          say(
            replicaSet,
            'Warning',
            'FailedCreate',
            `Error creating: ${messageOf(error)}`,
          );
        }
        throw error;
      }
    }

    async function deletePods(
      key: string,
      replicaSet: ReplicaSet,
      active: Pod[],
      count: number,
    ): Promise<{ reason: string; error: unknown } | undefined> {
      const doomed = podsToDelete({
        pods: active,
        count: Math.min(count, BURST),
        siblings: siblingPods(replicaSet),
      });
      expectations.expectDeletions(
        key,
        doomed.map(({ metadata }) => metadata.uid ?? ''),
      );
      const errors: unknown[] = [];
      await Promise.all(
        doomed.map(async ({ metadata: { namespace, name = '', uid } }) => {
          try {
            await client.delete(resources.pods, { namespace, name }, { uid });
            say(
              replicaSet,
              'Normal',
              'SuccessfulDelete',
              `Deleted pod: ${name}`,
            );
          } catch (error) {
            expectations.deletionObserved(key, uid);
            // Gone, or replaced by another of the same name: that is what was wanted.
            if (!ApiError.is(error, 404, 409)) {
              errors.push(error);
            }
          }
        }),
      );
      return errors.length > 0
        ? { reason: 'FailedDelete', error: errors[0] }
        : undefined;
    }

    function siblingPods(replicaSet: ReplicaSet): Pod[] {
      const owner = controllerOf(replicaSet);
      const { namespace, uid } = replicaSet.metadata;
      const siblings = new Set(
        owner
          ? replicaSets
              .list(namespace)
              .filter(other => controllerOf(other)?.uid === owner.uid)
              .map(other => other.metadata.uid)
          : [uid],
      );
      return pods
        .list(namespace)
        .filter(pod => siblings.has(controllerOf(pod)?.uid) && isActive(pod));
    }

    function say(
      object: ReplicaSet,
      type: 'Normal' | 'Warning',
      reason: string,
      message: string,
    ): void {
      const resource = resources.replicaSets;
      events.record({ object, resource, type, reason, message });
    }
  },
};

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
