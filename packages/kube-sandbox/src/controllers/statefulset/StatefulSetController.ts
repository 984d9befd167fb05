import {
  keyOf,
  resources,
  splitKey,
  StatefulSet,
  WorkQueue,
} from '../../client';
import { Controller, enqueueItself, startWhenSynced } from '../Controller';
import { selects } from '../labels';
import { enqueueOwnersOfPods } from '../ownedPods';
import { claim } from '../ownership';
import { isMember, ordinalOf } from './identity';
import { StatefulPodControl } from './StatefulPodControl';
import { StatefulSetSync } from './StatefulSetSync';

const NAME = 'statefulset-controller';

/** Keeps the numbered pods of each StatefulSet and their claims. @public */
export const statefulSetController: Controller = {
  name: NAME,
  start({ client, informers, clock, logger, speed, recorder }) {
    const sets = informers.get(resources.statefulSets);
    const pods = informers.get(resources.pods);
    const claims = informers.get(resources.persistentVolumeClaims);
    const revisions = informers.get(resources.controllerRevisions);
    const control = new StatefulPodControl({
      client,
      recorder: recorder(NAME),
      claims,
    });

    const queue = new WorkQueue({ name: NAME, sync, clock, logger });
    sets.addHandler(enqueueItself(queue));
    pods.addHandler(
      enqueueOwnersOfPods({
        queue,
        kind: 'StatefulSet',
        workloads: sets,
      }),
    );
    // A pod may wait until the claim of an earlier one of its name is gone.
    claims.addHandler({
      deleted: ({ metadata: { namespace, name = '' } }) =>
        sets
          .list(namespace)
          .filter(
            set =>
              set.spec.volumeClaimTemplates &&
              name.includes(`-${set.metadata.name}-`),
          )
          .forEach(set => queue.add(keyOf(set))),
    });
    return startWhenSynced(queue, [sets, pods, claims, revisions]);

    async function sync(key: string): Promise<void> {
      const { namespace, name } = splitKey(key);
      const set = sets.get(namespace, name);
      if (!set) {
        return;
      }
      const recheck = await StatefulSetSync.run({
        client,
        control,
        set,
        revisions: await ownRevisions(set),
        pods: await ownPods(set),
        now: clock.now(),
        speed,
      });
      if (recheck !== undefined) {
        queue.addAfter(key, recheck);
      }
    }

    function ownRevisions(set: StatefulSet) {
      return claim({
        client,
        owner: set,
        ownerResource: resources.statefulSets,
        selector: set.spec.selector,
        resource: resources.controllerRevisions,
        candidates: revisions
          .list(set.metadata.namespace)
          .filter(({ metadata }) =>
            selects(set.spec.selector, metadata.labels),
          ),
      });
    }

    function ownPods(set: StatefulSet) {
      return claim({
        client,
        owner: set,
        ownerResource: resources.statefulSets,
        selector: set.spec.selector,
        resource: resources.pods,
        candidates: pods
          .list(set.metadata.namespace)
          .filter(pod => isMember(set, pod) && ordinalOf(pod) >= 0),
      });
    }
  },
};
