import {
  apiVersionOf,
  KubeObject,
  OwnerReference,
  PersistentVolumeClaim,
  Pod,
  Resource,
  resources,
  StatefulSet,
} from '../../client';
import { controllerReference } from '../ownership';
import { isWanted, ordinalOf } from './identity';

type Owners = { set: StatefulSet; pod: Pod };

function policyOf({ spec }: StatefulSet) {
  const { whenDeleted = 'Retain', whenScaled = 'Retain' } =
    spec.persistentVolumeClaimRetentionPolicy ?? {};
  return { whenDeleted, whenScaled };
}

function refersTo(
  reference: OwnerReference,
  object: KubeObject,
  resource: Resource<any>,
): boolean {
  return (
    reference.apiVersion === apiVersionOf(resource) &&
    reference.kind === resource.kind &&
    reference.name === object.metadata.name
  );
}

const ownersOf = (claim: PersistentVolumeClaim) =>
  claim.metadata.ownerReferences ?? [];

/** Owned by an earlier object of the same name: the garbage collector decides about it. */
function hasStaleOwner(
  claim: PersistentVolumeClaim,
  object: KubeObject,
  resource: Resource<any>,
): boolean {
  const reference = ownersOf(claim).find(it => refersTo(it, object, resource));
  return reference !== undefined && reference.uid !== object.metadata.uid;
}

const isOwnedBy = (claim: PersistentVolumeClaim, object: KubeObject) =>
  ownersOf(claim).some(
    ({ uid }) => uid !== undefined && uid === object.metadata.uid,
  );

/**
 * Whether a claim waits to be deleted with an earlier pod of the same name, so that the next one must
 * not use it.
 */
export function isStaleClaim(
  set: StatefulSet,
  claim: PersistentVolumeClaim,
  pod: Pod,
): boolean {
  return (
    policyOf(set).whenScaled !== 'Retain' &&
    hasStaleOwner(claim, pod, resources.pods)
  );
}

/** Whether somebody else manages the claim, which makes the policy void. */
export function hasOtherController(
  claim: PersistentVolumeClaim,
  { set, pod }: Owners,
): boolean {
  const { whenDeleted, whenScaled } = policyOf(set);
  if (whenDeleted === 'Retain' && whenScaled === 'Retain') {
    return false;
  }
  return ownersOf(claim).some(reference => {
    if (refersTo(reference, set, resources.statefulSets)) {
      return reference.uid !== set.metadata.uid;
    }
    if (refersTo(reference, pod, resources.pods)) {
      return reference.uid !== pod.metadata.uid;
    }
    return reference.controller === true;
  });
}

/** Who has to own the claim by the policy. */
function wantedOwners({ set, pod }: Owners) {
  const { whenDeleted, whenScaled } = policyOf(set);
  const scaledDown = !isWanted(set, ordinalOf(pod));
  return {
    set: whenDeleted === 'Delete' && !(whenScaled === 'Delete' && scaledDown),
    pod: whenScaled === 'Delete' && scaledDown,
  };
}

/** Whether the owners of a pod's claim are those that the StatefulSet's retention policy asks for. */
export function hasWantedOwners(
  claim: PersistentVolumeClaim,
  owners: Owners,
): boolean {
  const { set, pod } = owners;
  if (
    hasStaleOwner(claim, set, resources.statefulSets) ||
    hasStaleOwner(claim, pod, resources.pods)
  ) {
    return true;
  }
  const ownedBySet = isOwnedBy(claim, set);
  const ownedByPod = isOwnedBy(claim, pod);
  if (hasOtherController(claim, owners)) {
    return !ownedBySet && !ownedByPod;
  }
  const isUncontrolled = ownersOf(claim).some(
    ({ uid, controller }) =>
      (uid === set.metadata.uid || uid === pod.metadata.uid) && !controller,
  );
  const wanted = wantedOwners(owners);
  return (
    !isUncontrolled && ownedBySet === wanted.set && ownedByPod === wanted.pod
  );
}

/** The owners that the policy asks for; others than the StatefulSet and the pod stay. */
export function wantedOwnerReferences(
  claim: PersistentVolumeClaim,
  owners: Owners,
): OwnerReference[] {
  const { set, pod } = owners;
  const others = ownersOf(claim).filter(
    reference =>
      !refersTo(reference, set, resources.statefulSets) &&
      !refersTo(reference, pod, resources.pods),
  );
  if (hasOtherController(claim, owners)) {
    return others;
  }
  const wanted = wantedOwners(owners);
  return [
    ...others,
    ...(wanted.pod ? [controllerReference(pod, resources.pods)] : []),
    ...(wanted.set ? [controllerReference(set, resources.statefulSets)] : []),
  ];
}
