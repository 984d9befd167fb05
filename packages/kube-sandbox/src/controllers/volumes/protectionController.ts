import {
  ApiError,
  Informer,
  keyOf,
  KubeObject,
  PersistentVolumeClaim,
  Pod,
  Resource,
  resources,
  splitKey,
  WorkQueue,
} from '../../client';
import {
  Controller,
  ControllerContext,
  RunningController,
  startWhenSynced,
} from '../Controller';
import { claimsOf } from './claimsOf';

/** Lets objects that are being deleted go once nobody uses them any more. */
function startProtection<T extends KubeObject>(options: {
  name: string;
  context: ControllerContext;
  finalizer: string;
  resource: Resource<T>;
  objects: Informer<T>;
  /** Caches that `isUsed` reads. */
  reads: Informer<any>[];
  isUsed: (object: T) => boolean;
}): RunningController & { queue: WorkQueue } {
  const { name, context, finalizer, resource, objects, reads, isUsed } =
    options;
  const { client, clock, logger } = context;
  const queue = new WorkQueue({ name, sync, clock, logger });
  const enqueue = (object: T) => {
    if (object.metadata.deletionTimestamp) {
      queue.add(keyOf(object));
    }
  };
  objects.addHandler({ added: enqueue, updated: enqueue });
  return { queue, ...startWhenSynced(queue, [objects, ...reads]) };

  async function sync(key: string): Promise<void> {
    const { namespace, name: objectName } = splitKey(key);
    const object = objects.get(namespace, objectName);
    if (
      !object?.metadata.deletionTimestamp ||
      !object.metadata.finalizers?.includes(finalizer) ||
      isUsed(object)
    ) {
      return;
    }
    try {
      await client.update(resource, {
        ...object,
        metadata: {
          ...object.metadata,
          finalizers: object.metadata.finalizers.filter(
            other => other !== finalizer,
          ),
        },
      });
    } catch (error) {
      if (!ApiError.is(error, 404)) {
        throw error;
      }
    }
  }
}

/** Keeps a claim that is being deleted until no pod uses it. @public */
export const claimProtectionController: Controller = {
  name: 'persistentvolumeclaim-protection-controller',
  start(context) {
    const { informers } = context;
    const claims = informers.get(resources.persistentVolumeClaims);
    const pods = informers.get(resources.pods);
    const { queue, stop } = startProtection<PersistentVolumeClaim>({
      name: claimProtectionController.name,
      context,
      finalizer: 'kubernetes.io/pvc-protection',
      resource: resources.persistentVolumeClaims,
      objects: claims,
      reads: [pods],
      isUsed: ({ metadata }) =>
        pods
          .list(metadata.namespace)
          .some(
            pod =>
              pod.spec.nodeName &&
              claimsOf(pod).some(({ name }) => name === metadata.name),
          ),
    });
    const release = (pod: Pod) =>
      claimsOf(pod).forEach(({ name }) =>
        queue.add(`${pod.metadata.namespace}/${name}`),
      );
    pods.addHandler({ deleted: release });
    return { stop };
  },
};

/** Keeps a volume that is being deleted until no claim is bound to it. @public */
export const volumeProtectionController: Controller = {
  name: 'persistentvolume-protection-controller',
  start(context) {
    const volumes = context.informers.get(resources.persistentVolumes);
    return startProtection({
      name: volumeProtectionController.name,
      context,
      finalizer: 'kubernetes.io/pv-protection',
      resource: resources.persistentVolumes,
      objects: volumes,
      reads: [],
      isUsed: ({ status }) => status?.phase === 'Bound',
    });
  },
};
