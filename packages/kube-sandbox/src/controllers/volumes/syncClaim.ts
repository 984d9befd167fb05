import {
  ApiClient,
  EventRecorder,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  resources,
  StorageClass,
} from '../../client';
import {
  BETA_STORAGE_PROVISIONER,
  BIND_COMPLETED,
  SELECTED_NODE,
  STORAGE_PROVISIONER,
} from './annotations';
import { bindVolume, setClaimPhase } from './bindVolume';
import { claimsOf } from './claimsOf';
import { defaultClass } from './defaultClass';
import {
  classOf,
  isDelayed,
  isFor,
  matchVolume,
  mismatch,
} from './matchVolume';

/** What is known of the cluster's volumes while a claim is looked at. */
export interface ClaimSyncOptions {
  client: ApiClient;
  recorder: EventRecorder;
  claim: PersistentVolumeClaim;
  volumes: PersistentVolume[];
  classes: StorageClass[];
  /** Pods of the claim's namespace. */
  pods: Pod[];
}

/** Brings a claim closer to its volume. */
export async function syncClaim(options: ClaimSyncOptions): Promise<void> {
  const { claim } = options;
  if (claim.metadata.annotations?.[BIND_COMPLETED] !== undefined) {
    await keepBound(options);
  } else if (claim.spec.volumeName) {
    await bindRequested(options, claim.spec.volumeName);
  } else {
    await findVolume(options);
  }
}

function say(
  { recorder, claim }: ClaimSyncOptions,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
): void {
  const resource = resources.persistentVolumeClaims;
  recorder.record({ object: claim, resource, type, reason, message });
}

async function pend({ client, claim }: ClaimSyncOptions): Promise<void> {
  await setClaimPhase(client, claim, 'Pending');
}

/** A claim that was bound stays so, or is lost for good. */
async function keepBound(options: ClaimSyncOptions): Promise<void> {
  const { client, claim, volumes } = options;
  const { volumeName } = claim.spec;
  const volume = volumes.find(({ metadata }) => metadata.name === volumeName);
  const { claimRef } = volume?.spec ?? {};
  if (volume && (!claimRef || claimRef.uid === claim.metadata.uid)) {
    await bindVolume(client, volume, claim);
    return;
  }
  if (claim.status?.phase === 'Lost') {
    return;
  }
  await setClaimPhase(client, claim, 'Lost');
  if (volume) {
    say(
      options,
      'Warning',
      'ClaimMisbound',
      'Two claims are bound to the same volume, this one is bound incorrectly',
    );
  } else {
    say(
      options,
      'Warning',
      'ClaimLost',
      volumeName
        ? 'Bound claim has lost its PersistentVolume. Data on the volume is lost!'
        : 'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!',
    );
  }
}

/** The user asked for a volume by name. */
async function bindRequested(
  options: ClaimSyncOptions,
  name: string,
): Promise<void> {
  const { client, claim, volumes } = options;
  const volume = volumes.find(({ metadata }) => metadata.name === name);
  if (!volume) {
    await pend(options);
  } else if (isFor(volume, claim)) {
    await bindVolume(client, volume, claim);
  } else if (volume.spec.claimRef) {
    say(
      options,
      'Warning',
      'FailedBinding',
      `volume "${name}" already bound to a different claim.`,
    );
    await pend(options);
  } else {
    const problem = mismatch(volume, claim);
    if (problem) {
      say(
        options,
        'Warning',
        'VolumeMismatch',
        `Cannot bind to requested volume "${name}": ${problem}`,
      );
      await pend(options);
    } else {
      await bindVolume(client, volume, claim);
    }
  }
}

/** Any volume will do: one that is there, or one that a provisioner makes. */
async function findVolume(options: ClaimSyncOptions): Promise<void> {
  const { client, claim, volumes, classes } = options;
  const className = classOf(claim);
  const storageClass = classes.find(
    ({ metadata }) => metadata.name === className,
  );
  const delayed = isDelayed(storageClass);
  const volume = matchVolume({ claim, volumes, onlyReserved: delayed });
  if (volume) {
    await bindVolume(client, volume, claim);
    return;
  }
  if (claim.spec.storageClassName === undefined) {
    const storageClassName = defaultClass(classes)?.metadata.name;
    if (storageClassName) {
      await client.update(resources.persistentVolumeClaims, {
        ...claim,
        spec: { ...claim.spec, storageClassName },
      });
      return;
    }
  }
  const isSelected = claim.metadata.annotations?.[SELECTED_NODE] !== undefined;
  if (delayed && !isSelected) {
    sayWaiting(options);
    await pend(options);
  } else if (className) {
    await askProvisioner(options, className, storageClass);
  } else {
    say(
      options,
      'Normal',
      'FailedBinding',
      'no persistent volumes available for this claim and no storage class is set',
    );
    await pend(options);
  }
}

function sayWaiting(options: ClaimSyncOptions): void {
  const { claim, pods } = options;
  const waiting = pods
    .filter(
      pod =>
        !pod.spec.nodeName &&
        claimsOf(pod).some(({ name }) => name === claim.metadata.name),
    )
    .map(({ metadata }) => metadata.name);
  if (waiting.length === 0) {
    say(
      options,
      'Normal',
      'WaitForFirstConsumer',
      'waiting for first consumer to be created before binding',
    );
  } else {
    say(
      options,
      'Normal',
      'WaitForPodScheduled',
      `waiting for ${waiting.length > 1 ? 'pods' : 'pod'} ${waiting.join(
        ',',
      )} to be scheduled`,
    );
  }
}

/** Names the provisioner on the claim; the rest is the provisioner's. */
async function askProvisioner(
  options: ClaimSyncOptions,
  className: string,
  storageClass: StorageClass | undefined,
): Promise<void> {
  const { client, claim } = options;
  const provisioner = storageClass?.provisioner ?? '';
  if (!storageClass || provisioner.startsWith('kubernetes.io/')) {
    say(
      options,
      'Warning',
      'ProvisioningFailed',
      storageClass
        ? `no volume plugin matched name: ${provisioner}`
        : `storageclass.storage.k8s.io "${className}" not found`,
    );
    return;
  }
  const { annotations } = claim.metadata;
  if (annotations?.[STORAGE_PROVISIONER] !== provisioner) {
    await client.update(resources.persistentVolumeClaims, {
      ...claim,
      metadata: {
        ...claim.metadata,
        annotations: {
          ...annotations,
          [BETA_STORAGE_PROVISIONER]: provisioner,
          [STORAGE_PROVISIONER]: provisioner,
        },
      },
    });
  }
  say(
    options,
    'Normal',
    'ExternalProvisioning',
    `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`,
  );
}
