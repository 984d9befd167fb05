import {
  ApiError,
  keyOf,
  PersistentVolumeClaim,
  Pod,
  resources,
  splitKey,
  WorkQueue,
} from '../../client';
import { Controller, startWhenSynced } from '../Controller';
import { controllerReference, isControlledBy } from '../ownership';

const NAME = 'ephemeral_volume';

/** Makes the claims of volumes that pods bring along as templates; they go with their pod. @public */
export const ephemeralVolumeController: Controller = {
  name: 'ephemeral-volume-controller',
  start({ client, informers, clock, logger, recorder }) {
    const pods = informers.get(resources.pods);
    const claims = informers.get(resources.persistentVolumeClaims);
    const events = recorder(NAME);
    const queue = new WorkQueue({
      name: ephemeralVolumeController.name,
      sync,
      clock,
      logger,
    });
    const podChanged = (pod: Pod) => {
      if (pod.spec.volumes?.some(({ ephemeral }) => ephemeral)) {
        queue.add(keyOf(pod));
      }
    };
    pods.addHandler({ added: podChanged });
    claims.addHandler({
      deleted({ metadata: { namespace, ownerReferences = [] } }) {
        ownerReferences
          .filter(({ kind }) => kind === 'Pod')
          .forEach(({ name }) => queue.add(`${namespace}/${name}`));
      },
    });
    return startWhenSynced(queue, [pods, claims]);

    async function sync(key: string): Promise<void> {
      const { namespace, name } = splitKey(key);
      const pod = pods.get(namespace, name);
      if (!pod || pod.metadata.deletionTimestamp) {
        return;
      }
      for (const { name: volume, ephemeral } of pod.spec.volumes ?? []) {
        if (ephemeral) {
          const { metadata, spec } = ephemeral.volumeClaimTemplate;
          await ensureClaim(pod, volume, {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            metadata: {
              namespace,
              name: `${name}-${volume}`,
              labels: metadata?.labels,
              annotations: metadata?.annotations,
              ownerReferences: [controllerReference(pod, resources.pods)],
            },
            spec,
          });
        }
      }
    }

    async function ensureClaim(
      pod: Pod,
      volume: string,
      wanted: PersistentVolumeClaim,
    ): Promise<void> {
      const { namespace, name = '' } = wanted.metadata;
      const existing = claims.get(namespace, name);
      if (existing) {
        if (!isControlledBy(existing, pod)) {
          throw new Error(
            `PVC ${namespace}/${name} was not created for pod ${namespace}/${pod.metadata.name} (pod is not owner)`,
          );
        }
        return;
      }
      try {
        await client.create(resources.persistentVolumeClaims, wanted);
      } catch (error) {
        if (ApiError.is(error, 409)) {
          return;
        }
        events.record({
          object: pod,
          resource: resources.pods,
          type: 'Warning',
          reason: 'FailedBinding',
          message: `ephemeral volume ${volume}: create PVC ${name}: ${
            (error as Error).message
          }`,
        });
        throw error;
      }
    }
  },
};
