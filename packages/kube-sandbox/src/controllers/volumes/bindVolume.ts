import {
  ApiClient,
  PersistentVolume,
  PersistentVolumeClaim,
  resources,
} from '../../client';
import { quantity } from '../../objects/quantity';
import { BIND_COMPLETED, BOUND_BY_CONTROLLER } from './annotations';
import { isFor } from './matchVolume';

const hasAnnotation = (
  { metadata }: PersistentVolume | PersistentVolumeClaim,
  name: string,
) => metadata.annotations?.[name] !== undefined;

/** Reserves a volume for a claim. */
export async function reserveVolume(
  client: ApiClient,
  volume: PersistentVolume,
  claim: PersistentVolumeClaim,
): Promise<PersistentVolume> {
  const { namespace, name, uid, resourceVersion } = claim.metadata;
  if (volume.spec.claimRef?.uid === uid && isFor(volume, claim)) {
    return volume;
  }
  return client.update(resources.persistentVolumes, {
    ...volume,
    metadata: {
      ...volume.metadata,
      annotations: {
        ...volume.metadata.annotations,
        ...(!isFor(volume, claim) && { [BOUND_BY_CONTROLLER]: 'yes' }),
      },
    },
    spec: {
      ...volume.spec,
      claimRef: {
        kind: 'PersistentVolumeClaim',
        namespace,
        name,
        uid,
        apiVersion: 'v1',
        resourceVersion,
      },
    },
  });
}

/** Sets the phase where it is another one. */
export async function setVolumePhase(
  client: ApiClient,
  volume: PersistentVolume,
  phase: string,
  message?: string,
): Promise<PersistentVolume> {
  if (volume.status?.phase === phase) {
    return volume;
  }
  const { message: _, ...status } = volume.status ?? {};
  return client.updateStatus(resources.persistentVolumes, {
    ...volume,
    status: { ...status, phase, ...(message && { message }) },
  });
}

/** Sets phase, modes and size of a claim where they are others; the size of a bound one is left alone. */
export async function setClaimPhase(
  client: ApiClient,
  claim: PersistentVolumeClaim,
  phase: string,
  volume?: PersistentVolume,
): Promise<PersistentVolumeClaim> {
  const { status = {} } = claim;
  const isNew = status.phase !== phase;
  const { accessModes, capacity, ...rest } = status;
  const modes = volume?.spec.accessModes;
  const size = !isNew && volume ? capacity : volume?.spec.capacity;
  if (
    !isNew &&
    String(modes) === String(accessModes) &&
    quantity(size?.storage) === quantity(capacity?.storage)
  ) {
    return claim;
  }
  return client.updateStatus(resources.persistentVolumeClaims, {
    ...claim,
    status: {
      ...rest,
      phase,
      ...(modes && { accessModes: modes }),
      ...(size && { capacity: size }),
    },
  });
}

/** Tells a claim its volume. */
async function pointToVolume(
  client: ApiClient,
  claim: PersistentVolumeClaim,
  volume: PersistentVolume,
): Promise<PersistentVolumeClaim> {
  const isSet = claim.spec.volumeName === volume.metadata.name;
  if (isSet && hasAnnotation(claim, BIND_COMPLETED)) {
    return claim;
  }
  return client.update(resources.persistentVolumeClaims, {
    ...claim,
    metadata: {
      ...claim.metadata,
      annotations: {
        ...claim.metadata.annotations,
        [BIND_COMPLETED]: 'yes',
        ...(!isSet && { [BOUND_BY_CONTROLLER]: 'yes' }),
      },
    },
    spec: { ...claim.spec, volumeName: volume.metadata.name },
  });
}

/** Binds a volume and a claim to each other; each step is taken only where it is missing. */
export async function bindVolume(
  client: ApiClient,
  volume: PersistentVolume,
  claim: PersistentVolumeClaim,
): Promise<void> {
  const reserved = await reserveVolume(client, volume, claim);
  const bound = await setVolumePhase(client, reserved, 'Bound');
  const pointed = await pointToVolume(client, claim, bound);
  await setClaimPhase(client, pointed, 'Bound', bound);
}

/** Takes a volume from the claim that did not need it; a reservation of the user's stays. */
export async function unbindVolume(
  client: ApiClient,
  volume: PersistentVolume,
): Promise<void> {
  const { [BOUND_BY_CONTROLLER]: byController, ...annotations } =
    volume.metadata.annotations ?? {};
  const { claimRef, ...spec } = volume.spec;
  const { uid, ...reserved } = claimRef ?? {};
  const free = await client.update(resources.persistentVolumes, {
    ...volume,
    metadata: { ...volume.metadata, annotations },
    spec: byController ? spec : { ...spec, claimRef: reserved },
  });
  await setVolumePhase(client, free, 'Available');
}
