import {
  LabelSelector,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
} from '../../client';
import { selects } from '../labels';
import { matchesTerm } from '../scheduler/nodeSelection';
import { quantity } from '../../objects/quantity';
import { BIND_COMPLETED } from './annotations';

const requested = ({ spec }: PersistentVolumeClaim) =>
  quantity(spec.resources?.requests?.storage);

const capacity = ({ spec }: PersistentVolume) =>
  quantity(spec.capacity?.storage);

const modeOf = ({ spec }: { spec: { volumeMode?: string } }) =>
  spec.volumeMode ?? 'Filesystem';

const hasModes = (volume: PersistentVolume, claim: PersistentVolumeClaim) =>
  (claim.spec.accessModes ?? []).every(mode =>
    volume.spec.accessModes?.includes(mode),
  );

/** Name of a claim's class; empty where it wants none. */
export function classOf(object: {
  spec: { storageClassName?: string };
}): string {
  return object.spec.storageClassName ?? '';
}

/** Whether volumes of a class are bound only when a pod that uses the claim is scheduled. */
export function isDelayed(storageClass: StorageClass | undefined): boolean {
  return storageClass?.volumeBindingMode === 'WaitForFirstConsumer';
}

/** Whether a claim has its volume, and both sides know. */
export function isFullyBound(claim: PersistentVolumeClaim): boolean {
  return Boolean(
    claim.spec.volumeName && claim.metadata.annotations?.[BIND_COMPLETED],
  );
}

/** Whether a volume is meant for a claim: bound to it, or reserved under its name. */
export function isFor(
  volume: PersistentVolume,
  claim: PersistentVolumeClaim,
): boolean {
  const { claimRef } = volume.spec;
  const { namespace, name, uid } = claim.metadata;
  return (
    claimRef?.name === name &&
    claimRef?.namespace === namespace &&
    (!claimRef?.uid || claimRef.uid === uid)
  );
}

/** Whether a node can reach a volume. */
export function isReachable(volume: PersistentVolume, node: Node): boolean {
  const terms = volume.spec.nodeAffinity?.required?.nodeSelectorTerms;
  return !terms || terms.some(term => matchesTerm(node, term));
}

/** Why a claim may not have the volume it asks for by name; undefined where it may. */
export function mismatch(
  volume: PersistentVolume,
  claim: PersistentVolumeClaim,
): string | undefined {
  if (volume.metadata.deletionTimestamp) {
    return `the volume is marked for deletion "${volume.metadata.name}"`;
  }
  if (capacity(volume) < requested(claim)) {
    return 'requested PV is too small';
  }
  if (classOf(volume) !== classOf(claim)) {
    return 'storageClassName does not match';
  }
  if (modeOf(volume) !== modeOf(claim)) {
    return 'incompatible volumeMode';
  }
  return hasModes(volume, claim) ? undefined : 'incompatible accessMode';
}

/**
 * The volume that suits a claim best: the one reserved for it, else the smallest that is free, with as few
 * access modes beyond those asked for as possible.
 */
export function matchVolume(options: {
  claim: PersistentVolumeClaim;
  volumes: PersistentVolume[];
  /** Only a volume that is reserved for the claim counts: a scheduler chooses among the free ones. */
  onlyReserved?: boolean;
  /** The node that has to reach the volume. */
  node?: Node;
  /** Names of volumes that are promised to others. */
  excluded?: ReadonlySet<string>;
}): PersistentVolume | undefined {
  const { claim, onlyReserved, node, excluded } = options;
  const suitable = options.volumes.filter(
    volume =>
      !excluded?.has(volume.metadata.name ?? '') &&
      (!volume.spec.claimRef || isFor(volume, claim)) &&
      capacity(volume) >= requested(claim) &&
      modeOf(volume) === modeOf(claim) &&
      hasModes(volume, claim) &&
      !volume.metadata.deletionTimestamp,
  );
  const reserved = suitable.find(volume => isFor(volume, claim));
  if (reserved) {
    return node && !isReachable(reserved, node) ? undefined : reserved;
  }
  const modes = ({ spec }: PersistentVolume) => spec.accessModes?.length ?? 0;
  const selector: LabelSelector = claim.spec.selector ?? {};
  const [best] = suitable
    .filter(
      volume =>
        !onlyReserved &&
        volume.status?.phase === 'Available' &&
        selects(selector, volume.metadata.labels) &&
        classOf(volume) === classOf(claim) &&
        (!node || isReachable(volume, node)),
    )
    .sort((a, b) => modes(a) - modes(b) || capacity(a) - capacity(b));
  return best;
}
