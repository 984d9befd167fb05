import { isDeepStrictEqual } from 'util';
import {
  ApiError,
  DaemonSet,
  isNamespaceTerminating,
  keyOf,
  Node,
  Pod,
  resources,
  splitKey,
  WorkQueue,
} from '../../client';
import { Controller, enqueueItself, startWhenSynced } from '../Controller';
import { Expectations } from '../Expectations';
import { REVISION_HASH_LABEL } from '../history/revisions';
import { isEmptySelector } from '../labels';
import { enqueueOwnersOfPods } from '../ownedPods';
import { claim, controllerOf } from '../ownership';
import { inSlowStartBatches } from '../slowStart';
import { newDaemonPod } from './daemonPod';
import { cleanUpRevisions, daemonRevisions } from './daemonRevisions';
import { daemonSetStatus } from './daemonSetStatus';
import { DaemonPlan, DaemonView } from './DaemonView';
import { FailureBackoff } from './FailureBackoff';
import { planPresence } from './planPresence';
import { planRollout } from './planRollout';

const NAME = 'daemonset-controller';

/** Pods created or deleted in one pass at most. */
const BURST = 250;

/** Keeps a pod of each DaemonSet on every node that it selects. @public */
export const daemonSetController: Controller = {
  name: NAME,
  start({ client, informers, clock, logger, speed, recorder }) {
    const daemonSets = informers.get(resources.daemonSets);
    const revisions = informers.get(resources.controllerRevisions);
    const pods = informers.get(resources.pods);
    const nodes = informers.get(resources.nodes);
    const expectations = new Expectations(clock);
    const failures = new FailureBackoff({ clock, speed });
    const events = recorder(NAME);

    const queue = new WorkQueue({ name: NAME, sync, clock, logger });
    const enqueueAll = () =>
      daemonSets.list().forEach(daemonSet => queue.add(keyOf(daemonSet)));
    daemonSets.addHandler(enqueueItself(queue));
    revisions.addHandler({ deleted: enqueueOwner });
    pods.addHandler(
      enqueueOwnersOfPods({
        queue,
        kind: 'DaemonSet',
        workloads: daemonSets,
        expectations,
      }),
    );
    nodes.addHandler({
      added: enqueueAll,
      updated(node, old) {
        if (choiceOf(node) !== choiceOf(old)) {
          enqueueAll();
        }
      },
      deleted: enqueueAll,
    });
    return startWhenSynced(queue, [daemonSets, revisions, pods, nodes]);

    function enqueueOwner(object: Parameters<typeof controllerOf>[0]): void {
      const owner = controllerOf(object);
      if (owner?.kind === 'DaemonSet') {
        queue.add(`${object.metadata.namespace}/${owner.name}`);
      }
    }

    async function sync(key: string): Promise<void> {
      const { namespace, name } = splitKey(key);
      const daemonSet = daemonSets.get(namespace, name);
      if (!daemonSet) {
        expectations.forget(key);
        return;
      }
      if (isEmptySelector(daemonSet.spec.selector)) {
        say(
          daemonSet,
          'Warning',
          'SelectingAll',
          'This daemon set is selecting all pods. A non-empty selector is required.',
        );
        return;
      }
      if (daemonSet.metadata.deletionTimestamp) {
        return;
      }
      const { current, old } = await daemonRevisions({
        client,
        daemonSet,
        revisions: await claimOf(daemonSet, resources.controllerRevisions, () =>
          revisions.list(namespace),
        ),
        pods: pods.list(namespace),
      });
      const hash = current.metadata.labels?.[REVISION_HASH_LABEL] ?? '';
      const own = await claimOf(daemonSet, resources.pods, () =>
        pods.list(namespace),
      );
      const view = new DaemonView({
        daemonSet,
        nodes: nodes.list(),
        pods: own,
        hash,
        now: clock.now(),
        speed,
      });
      const isProcessed = expectations.isSatisfied(key);
      let failure: { error: unknown } | undefined;
      if (isProcessed) {
        failure = await bringCloser(key, view);
      }
      const { status, recheckIn } = daemonSetStatus({ view, isProcessed });
      if (!isDeepStrictEqual(status, daemonSet.status)) {
        await client.updateStatus(resources.daemonSets, {
          ...daemonSet,
          status,
        });
      }
      if (failure) {
        throw failure.error;
      }
      if (isProcessed) {
        await cleanUpRevisions({ client, daemonSet, old, pods: own });
      }
      if (recheckIn !== undefined) {
        queue.addAfter(key, recheckIn);
      }
    }

    async function claimOf<T extends Parameters<typeof controllerOf>[0]>(
      daemonSet: DaemonSet,
      resource: Parameters<typeof claim<DaemonSet, T>>[0]['resource'],
      candidates: () => T[],
    ): Promise<T[]> {
      return claim({
        client,
        owner: daemonSet,
        ownerResource: resources.daemonSets,
        selector: daemonSet.spec.selector,
        resource,
        candidates: candidates(),
      });
    }

    /** First every node gets its pod, and when all of them are seen, the next step of an update. */
    async function bringCloser(
      key: string,
      view: DaemonView,
    ): Promise<{ error: unknown } | undefined> {
      const { daemonSet } = view;
      const presence = planPresence(view, (pod, node) =>
        mayReplace(key, daemonSet, pod, node),
      );
      const failure = await carryOut(key, view, presence);
      if (
        failure ||
        !expectations.isSatisfied(key) ||
        daemonSet.spec.updateStrategy?.type === 'OnDelete'
      ) {
        return failure;
      }
      return carryOut(key, view, planRollout(view));
    }

    function mayReplace(
      key: string,
      daemonSet: DaemonSet,
      pod: Pod,
      node: string,
    ): boolean {
      const { namespace, name } = pod.metadata;
      if (pod.status?.phase === 'Succeeded') {
        say(
          daemonSet,
          'Normal',
          'SucceededDaemonPod',
          `Found succeeded daemon pod ${namespace}/${name} on node ${node}, will try to delete it`,
        );
        return true;
      }
      const wait = failures.next(`${daemonSet.metadata.uid}/${node}`);
      if (wait > 0) {
        queue.addAfter(key, wait);
        return false;
      }
      say(
        daemonSet,
        'Warning',
        'FailedDaemonPod',
        `Found failed daemon pod ${namespace}/${name} on node ${node}, will try to kill it`,
      );
      return true;
    }

    async function carryOut(
      key: string,
      { daemonSet, hash }: DaemonView,
      plan: DaemonPlan,
    ): Promise<{ error: unknown } | undefined> {
      const create = plan.create.slice(0, BURST);
      const remove = plan.remove.slice(0, BURST);
      if (create.length + remove.length === 0) {
        return undefined;
      }
      expectations.expect(key, {
        creations: create.length,
        deletions: remove.map(({ metadata }) => metadata.uid ?? ''),
      });
      let next = 0;
      const { done, error } = await inSlowStartBatches(create.length, () => {
        next += 1;
        return createPod(daemonSet, create[next - 1], hash);
      });
      expectations.creationObserved(key, create.length - done);
      const deletions = await Promise.allSettled(
        remove.map(pod => deletePod(key, daemonSet, pod)),
      );
      const failed = deletions.find(({ status }) => status === 'rejected');
      const problem = error ?? (failed as PromiseRejectedResult)?.reason;
      return problem === undefined ? undefined : { error: problem };
    }

    async function createPod(
      daemonSet: DaemonSet,
      node: string,
      hash: string,
    ): Promise<void> {
      try {
        const pod = await client.create(
          resources.pods,
          newDaemonPod({ daemonSet, node, hash }),
        );
        say(
          daemonSet,
          'Normal',
          'SuccessfulCreate',
          `Created pod: ${pod.metadata.name}`,
        );
      } catch (error) {
        if (!isNamespaceTerminating(error)) {
          say(
            daemonSet,
            'Warning',
            'FailedCreate',
            `Error creating: ${messageOf(error)}`,
          );
        }
        throw error;
      }
    }

    async function deletePod(
      key: string,
      daemonSet: DaemonSet,
      pod: Pod,
    ): Promise<void> {
      const { namespace, name = '', uid } = pod.metadata;
      try {
        await client.delete(resources.pods, { namespace, name }, { uid });
        say(daemonSet, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`);
      } catch (error) {
        expectations.deletionObserved(key, uid);
        // Gone, or replaced by another of the same name: that is what was wanted.
        if (!ApiError.is(error, 404, 409)) {
          throw error;
        }
      }
    }

    function say(
      object: DaemonSet,
      type: 'Normal' | 'Warning',
      reason: string,
      message: string,
    ): void {
      const resource = resources.daemonSets;
      events.record({ object, resource, type, reason, message });
    }
  },
};

/** What decides whether a daemon runs on a node; heartbeats change the rest. */
function choiceOf({ metadata, spec }: Node): string {
  return JSON.stringify([metadata.labels, spec?.taints]);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
