import {
  ApiClient,
  ApiError,
  EventRecorder,
  PersistentVolume,
  PersistentVolumeClaim,
  resources,
} from '../../client';
import { PROVISIONED_BY } from './annotations';
import { setVolumePhase, unbindVolume } from './bindVolume';

/** Brings a volume's phase up to date, and reclaims it after its claim is gone. */
export async function syncVolume(options: {
  client: ApiClient;
  recorder: EventRecorder;
  volume: PersistentVolume;
  /** The claim of the name that the volume is bound to, as the cache knows it. */
  claim: PersistentVolumeClaim | undefined;
  /** Has another claim looked at: this volume waits for it. */
  enqueueClaim: (claim: PersistentVolumeClaim) => void;
}): Promise<void> {
  const { client, volume } = options;
  const { claimRef, persistentVolumeReclaimPolicy: policy } = volume.spec;
  if (!claimRef?.uid) {
    await setVolumePhase(client, volume, 'Available');
    return;
  }
  const claim = await currentClaim(options);
  if (!claim) {
    await reclaim(options);
  } else if (!claim.spec.volumeName) {
    options.enqueueClaim(claim);
  } else if (claim.spec.volumeName === volume.metadata.name) {
    await setVolumePhase(client, volume, 'Bound');
  } else if (
    policy === 'Delete' &&
    volume.metadata.annotations?.[PROVISIONED_BY]
  ) {
    // Made for a claim that was bound elsewhere meanwhile.
    await reclaim(options);
  } else {
    await unbindVolume(client, volume);
  }
}

/** The claim that the volume is bound to. The cache may lag, and a mistake here costs data. */
async function currentClaim(options: {
  client: ApiClient;
  volume: PersistentVolume;
  claim: PersistentVolumeClaim | undefined;
}): Promise<PersistentVolumeClaim | undefined> {
  const { client, volume, claim } = options;
  const { namespace, name = '', uid } = volume.spec.claimRef ?? {};
  if (claim?.metadata.uid === uid || isReclaimed(volume)) {
    return claim?.metadata.uid === uid ? claim : undefined;
  }
  try {
    const fresh = await client.get(resources.persistentVolumeClaims, {
      namespace,
      name,
    });
    return fresh.metadata.uid === uid ? fresh : undefined;
  } catch (error) {
    if (ApiError.is(error, 404)) {
      return undefined;
    }
    throw error;
  }
}

function isReclaimed({ status }: PersistentVolume): boolean {
  return status?.phase === 'Released' || status?.phase === 'Failed';
}

/** What a provisioner made is removed by it; what an administrator made cannot be deleted here. */
async function reclaim(options: {
  client: ApiClient;
  recorder: EventRecorder;
  volume: PersistentVolume;
}): Promise<void> {
  const { client, recorder } = options;
  const volume = isReclaimed(options.volume)
    ? options.volume
    : await setVolumePhase(client, options.volume, 'Released');
  if (
    volume.spec.persistentVolumeReclaimPolicy !== 'Delete' ||
    volume.metadata.annotations?.[PROVISIONED_BY] ||
    volume.status?.phase === 'Failed'
  ) {
    return;
  }
  const message = `error getting deleter volume plugin for volume "${volume.metadata.name}": no deletable volume plugin matched`;
  const failed = await setVolumePhase(client, volume, 'Failed', message);
  recorder.record({
    object: failed,
    resource: resources.persistentVolumes,
    type: 'Warning',
    reason: 'VolumeFailedDelete',
    message,
  });
}
