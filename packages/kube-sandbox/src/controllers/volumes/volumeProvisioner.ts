import {
  ApiError,
  keyOf,
  PersistentVolume,
  PersistentVolumeClaim,
  resources,
  splitKey,
  StorageClass,
  WorkQueue,
} from '../../client';
import { Controller, startWhenSynced } from '../Controller';
import { quantity } from '../../objects/quantity';
import {
  PROVISIONED_BY,
  SELECTED_NODE,
  STORAGE_PROVISIONER,
} from './annotations';
import { isDelayed } from './matchVolume';

/** What a StorageClass has to name so that its claims get simulated volumes. @public */
export const SIMULATED_PROVISIONER = 'volumes.koala.io';

/** Keeps a volume until what is behind it is gone too. */
const FINALIZER = 'external-provisioner.volume.kubernetes.io/finalizer';

/** How long it takes until a volume is there. */
const PROVISION_MS = 1_000;

/** How long a provisioner waits after a failure. */
const RETRY_MS = 15_000;

/**
 * Makes volumes for claims of classes whose provisioner is {@link SIMULATED_PROVISIONER}, enlarges and
 * removes them. A class whose `parameters` have `failure` gets none: provisioning fails with that text.
 * Like every provisioner it is no part of the control plane, so that it runs beside a real one too.
 *
 * @public
 */
export const volumeProvisioner: Controller = {
  name: SIMULATED_PROVISIONER,
  start({ client, informers, clock, logger, speed, recorder }) {
    const claims = informers.get(resources.persistentVolumeClaims);
    const volumes = informers.get(resources.persistentVolumes);
    const classes = informers.get(resources.storageClasses);
    const events = recorder(SIMULATED_PROVISIONER);
    /** When work on a claim began, by uid. */
    const begun = new Map<string, number>();

    const queue = new WorkQueue({
      name: SIMULATED_PROVISIONER,
      sync,
      clock,
      logger,
    });
    const enqueueClaim = (claim: PersistentVolumeClaim) =>
      queue.add(keyOf(claim));
    claims.addHandler({
      added: enqueueClaim,
      updated: enqueueClaim,
      deleted: ({ metadata }) => begun.delete(metadata.uid ?? ''),
    });
    const volumeChanged = ({ metadata, spec, status }: PersistentVolume) => {
      if (
        metadata.annotations?.[PROVISIONED_BY] === SIMULATED_PROVISIONER &&
        (status?.phase === 'Released' || metadata.deletionTimestamp)
      ) {
        queue.add(metadata.name ?? '');
      } else if (spec.claimRef?.name) {
        queue.add(`${spec.claimRef.namespace}/${spec.claimRef.name}`);
      }
    };
    volumes.addHandler({ added: volumeChanged, updated: volumeChanged });
    return startWhenSynced(queue, [claims, volumes, classes]);

    async function sync(key: string): Promise<void> {
      const { namespace, name } = splitKey(key);
      if (!namespace) {
        await removeVolume(name);
        return;
      }
      const claim = claims.get(namespace, name);
      if (!claim || claim.metadata.deletionTimestamp) {
        return;
      }
      const { annotations } = claim.metadata;
      const storageClass = classes.get(
        undefined,
        claim.spec.storageClassName ?? '',
      );
      if (
        annotations?.[STORAGE_PROVISIONER] !== SIMULATED_PROVISIONER ||
        !storageClass
      ) {
        return;
      }
      if (claim.spec.volumeName) {
        await expand(claim, storageClass);
      } else if (!isDelayed(storageClass) || annotations[SELECTED_NODE]) {
        await provision(key, claim, storageClass);
      }
    }

    async function provision(
      key: string,
      claim: PersistentVolumeClaim,
      storageClass: StorageClass,
    ): Promise<void> {
      const { uid = '' } = claim.metadata;
      const since = begun.get(uid);
      if (since === undefined) {
        begun.set(uid, clock.now());
        say(
          claim,
          'Normal',
          'Provisioning',
          `External provisioner is provisioning volume for claim "${key}"`,
        );
      }
      const left = (since ?? clock.now()) + PROVISION_MS / speed - clock.now();
      if (left > 0) {
        queue.addAfter(key, left);
        return;
      }
      const failure = storageClass.parameters?.failure;
      if (failure !== undefined) {
        begun.set(uid, clock.now());
        say(
          claim,
          'Warning',
          'ProvisioningFailed',
          `failed to provision volume with StorageClass "${storageClass.metadata.name}": ${failure}`,
        );
        queue.addAfter(key, RETRY_MS / speed);
        return;
      }
      const volume = simulatedVolume(claim, storageClass);
      try {
        await client.create(resources.persistentVolumes, volume);
      } catch (error) {
        if (ApiError.is(error, 409)) {
          return;
        }
        throw error;
      }
      say(
        claim,
        'Normal',
        'ProvisioningSucceeded',
        `Successfully provisioned volume ${volume.metadata.name}`,
      );
    }

    /** Enlarges a volume whose claim asks for more than it has. */
    async function expand(
      claim: PersistentVolumeClaim,
      storageClass: StorageClass,
    ): Promise<void> {
      const volume = volumes.get(undefined, claim.spec.volumeName ?? '');
      const wanted = claim.spec.resources?.requests?.storage;
      const isBound = claim.status?.phase === 'Bound';
      if (
        !volume ||
        !isBound ||
        !storageClass.allowVolumeExpansion ||
        quantity(wanted) <= quantity(claim.status?.capacity?.storage)
      ) {
        return;
      }
      const capacity = { ...volume.spec.capacity, storage: wanted ?? '' };
      if (quantity(wanted) > quantity(volume.spec.capacity?.storage)) {
        say(
          claim,
          'Normal',
          'Resizing',
          `External resizer is resizing volume ${volume.metadata.name}`,
        );
        await client.update(resources.persistentVolumes, {
          ...volume,
          spec: { ...volume.spec, capacity },
        });
      }
      await client.updateStatus(resources.persistentVolumeClaims, {
        ...claim,
        status: { ...claim.status, capacity },
      });
      say(claim, 'Normal', 'VolumeResizeSuccessful', 'Resize volume succeeded');
    }

    /** Removes a volume that nobody needs any more, then its object. */
    async function removeVolume(name: string): Promise<void> {
      const volume = volumes.get(undefined, name);
      if (
        !volume ||
        volume.status?.phase === 'Bound' ||
        (volume.spec.persistentVolumeReclaimPolicy !== 'Delete' &&
          !volume.metadata.deletionTimestamp)
      ) {
        return;
      }
      const { deletionTimestamp, finalizers = [] } = volume.metadata;
      if (!deletionTimestamp) {
        await client.delete(resources.persistentVolumes, { name });
      }
      if (deletionTimestamp && finalizers.includes(FINALIZER)) {
        await client.update(resources.persistentVolumes, {
          ...volume,
          metadata: {
            ...volume.metadata,
            finalizers: finalizers.filter(other => other !== FINALIZER),
          },
        });
      }
    }

    function say(
      object: PersistentVolumeClaim,
      type: 'Normal' | 'Warning',
      reason: string,
      message: string,
    ): void {
      const resource = resources.persistentVolumeClaims;
      events.record({ object, resource, type, reason, message });
    }
  },
};

/** A volume that every node reaches, bound to its claim from the start. */
function simulatedVolume(
  claim: PersistentVolumeClaim,
  storageClass: StorageClass,
): PersistentVolume {
  const { namespace, name, uid, resourceVersion } = claim.metadata;
  const volume = `pvc-${uid}`;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name: volume,
      annotations: { [PROVISIONED_BY]: SIMULATED_PROVISIONER },
      finalizers:
        storageClass.reclaimPolicy === 'Delete' ? [FINALIZER] : undefined,
    },
    spec: {
      accessModes: claim.spec.accessModes,
      capacity: { storage: claim.spec.resources?.requests?.storage ?? '' },
      claimRef: {
        kind: 'PersistentVolumeClaim',
        namespace,
        name,
        uid,
        apiVersion: 'v1',
        resourceVersion,
      },
      nfs: { server: 'storage.invalid', path: `/${volume}` },
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy,
      storageClassName: storageClass.metadata.name,
      volumeMode: claim.spec.volumeMode,
    },
  };
}
