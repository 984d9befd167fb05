import {
  Deployment,
  keyOf,
  ReplicaSet,
  resources,
  splitKey,
  WorkQueue,
} from '../../client';
import { Controller, enqueueItself, startWhenSynced } from '../Controller';
import { isEmptySelector, selects } from '../labels';
import { claim, controllerOf } from '../ownership';
import { DeploymentSync } from './DeploymentSync';

const NAME = 'deployment-controller';

/** Rolls Deployments out through ReplicaSets. @public */
export const deploymentController: Controller = {
  name: NAME,
  start({ client, informers, clock, logger, speed, recorder }) {
    const deployments = informers.get(resources.deployments);
    const replicaSets = informers.get(resources.replicaSets);
    const pods = informers.get(resources.pods);
    const events = recorder(NAME);

    const queue = new WorkQueue({ name: NAME, sync, clock, logger });
    deployments.addHandler(enqueueItself(queue));
    replicaSets.addHandler({
      added: enqueueOwner,
      updated: enqueueOwner,
      deleted: enqueueOwner,
    });
    // A Deployment that recreates waits for its last old pod to go.
    pods.addHandler({
      deleted(pod) {
        const owner = controllerOf(pod);
        const replicaSet =
          owner?.kind === 'ReplicaSet'
            ? replicaSets.get(pod.metadata.namespace, owner.name)
            : undefined;
        if (replicaSet) {
          enqueueOwner(replicaSet);
        }
      },
    });
    return startWhenSynced(queue, [deployments, replicaSets, pods]);

    function enqueueOwner(replicaSet: ReplicaSet): void {
      const owner = controllerOf(replicaSet);
      const { namespace = '' } = replicaSet.metadata;
      if (owner?.kind === 'Deployment') {
        queue.add(`${namespace}/${owner.name}`);
      } else if (!owner) {
        // An orphan: whoever selects it may adopt it.
        deployments
          .list(namespace)
          .filter(({ spec }) =>
            selects(spec.selector, replicaSet.metadata.labels),
          )
          .forEach(deployment => queue.add(keyOf(deployment)));
      }
    }

    async function sync(key: string): Promise<void> {
      const { namespace, name } = splitKey(key);
      const deployment = deployments.get(namespace, name);
      if (!deployment || isEmptySelector(deployment.spec.selector)) {
        return;
      }
      const recheck = await DeploymentSync.run({
        client,
        recorder: events,
        deployment,
        replicaSets: await ownReplicaSets(deployment),
        pods: pods.list(namespace),
        now: () => clock.now(),
        speed,
      });
      if (recheck !== undefined) {
        queue.addAfter(key, recheck);
      }
    }

    async function ownReplicaSets(
      deployment: Deployment,
    ): Promise<ReplicaSet[]> {
      const claimed = await claim({
        client,
        owner: deployment,
        ownerResource: resources.deployments,
        selector: deployment.spec.selector,
        resource: resources.replicaSets,
        candidates: replicaSets.list(deployment.metadata.namespace),
      });
      return claimed.sort(
        (a, b) =>
          (a.metadata.creationTimestamp ?? '').localeCompare(
            b.metadata.creationTimestamp ?? '',
          ) || keyOf(a).localeCompare(keyOf(b)),
      );
    }
  },
};
