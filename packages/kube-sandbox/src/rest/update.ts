import { User } from '../access/Authenticator';
import { Cluster } from '../apiserver/Cluster';
import { semanticallyEqual } from '../objects/equal';
import { sameManagers } from '../managedfields/Managers';
import { Fields, KubeObject } from '../objects/KubeObject';
import { isFinalized } from '../registry/kinds/namespace';
import { ResourceType } from '../registry/Registry';
import { internalError, invalid, modified } from '../status/errors';
import { invalidValue } from '../status/fieldErrors';
import { ownersAfterWrite, Writer } from './fieldOwners';
import { shownAs, storedType } from './storedType';
import { validateMetadata, validateMetadataUpdate } from './validateMetadata';

/** The metadata of an update: what the client may set, beside what only the server does. */
function carryMetadata(next: KubeObject, old: KubeObject) {
  const { labels, annotations, ownerReferences, finalizers } = next.metadata;
  const {
    labels: l,
    annotations: a,
    ownerReferences: o,
    finalizers: f,
    managedFields,
    ...system
  } = old.metadata;
  next.metadata = {
    ...system,
    ...(labels && { labels }),
    ...(annotations && { annotations }),
    ...(ownerReferences && { ownerReferences }),
    ...(finalizers && { finalizers }),
    ...(managedFields && { managedFields }),
  };
}

function checkPreconditions(
  type: ResourceType,
  next: KubeObject,
  old: KubeObject,
) {
  const { name, uid, resourceVersion } = next.metadata;
  if (uid && uid !== old.metadata.uid) {
    // The real server checks it twice, and says so.
    const cause = invalidValue('metadata.uid', uid, 'field is immutable');
    throw invalid({ group: type.group, kind: type.kind, name }, [cause, cause]);
  }
  if (resourceVersion && !/^\d+$/.test(resourceVersion)) {
    throw internalError(
      `strconv.ParseUint: parsing ${JSON.stringify(
        resourceVersion,
      )}: invalid syntax`,
    );
  }
  if (resourceVersion && resourceVersion !== old.metadata.resourceVersion) {
    throw modified({ group: type.group, kind: type.resource, name });
  }
}

function isGone(type: ResourceType, { metadata, ...object }: KubeObject) {
  return (
    metadata.deletionTimestamp !== undefined &&
    (metadata.finalizers ?? []).length === 0 &&
    !metadata.deletionGracePeriodSeconds &&
    (type.storedIn !== '/namespaces' ||
      isFinalized({ metadata, ...object } as KubeObject))
  );
}

/** Stores the new version of an object, or removes it where its last finalizer has gone. */
export function storeVersion(options: {
  cluster: Cluster;
  type: ResourceType;
  next: KubeObject;
  old: KubeObject;
  dryRun: boolean;
}): KubeObject {
  const { cluster, type, next, old, dryRun } = options;
  if (
    sameManagers(next.metadata.managedFields, old.metadata.managedFields) &&
    semanticallyEqual(content(next), content(old))
  ) {
    return old;
  }
  if (dryRun) {
    return next;
  }
  if (isGone(type, next)) {
    // What watchers are told was never stored without its last finalizer.
    cluster.store.remove(type.storedIn, old);
    return next;
  }
  return cluster.store.put(type.storedIn, next);
}

/** An object without its version and without its owners. */
function content({ metadata, ...object }: KubeObject) {
  const { resourceVersion, managedFields, ...rest } = metadata;
  return { ...object, metadata: rest };
}

/** Puts the owners of an object last in its metadata. */
function setOwners(object: KubeObject, managedFields: Fields[] | undefined) {
  const { managedFields: old, ...metadata } = object.metadata;
  object.metadata = { ...metadata, ...(managedFields && { managedFields }) };
}

/**
 * Writes a new version of an object, or of its status only. `next` has been read from a body or is a patched copy;
 * throws the StatusError of the real server where it may not be.
 */
export function updateObject(options: {
  cluster: Cluster;
  type: ResourceType;
  subresource?: string;
  next: KubeObject;
  old: KubeObject;
  dryRun: boolean;
  /** Who asks for it; the server itself where nobody does. */
  requester?: User;
  writer: Writer;
  /** Who owns what after it, where that is known; by default the writer comes to own all that changes. */
  owners?: { managedFields: Fields[] | undefined };
}): KubeObject {
  const { cluster, type: asked, subresource, old, writer } = options;
  const dryRun = options.dryRun && !cluster.faults.dryRunWrites;
  checkPreconditions(asked, options.next, old);
  const { managedFields: given } = options.next.metadata;
  const { type, object: next } = storedType(asked, options.next);
  const { strategy } = type;
  carryMetadata(next, old);
  if (!subresource) {
    strategy.setDefaults?.(next);
  }
  const managedFields = options.owners
    ? options.owners.managedFields
    : ownersAfterWrite({
        type: asked,
        subresource,
        before: shownAs(asked, old),
        after: shownAs(asked, next),
        given,
        writer,
      });
  let result = next;
  if (subresource === 'status') {
    result = {
      ...old,
      metadata: strategy.statusKeepsLabels
        ? { ...next.metadata, labels: old.metadata.labels }
        : next.metadata,
      status: next.status ?? {},
    };
    strategy.prepareStatus?.(result, old, cluster.writeContext(type));
  } else if (subresource === 'finalize') {
    result = { ...old, metadata: { ...old.metadata }, spec: next.spec ?? {} };
  } else {
    if (type.subresources.has('status')) {
      next.status = old.status;
    }
    strategy.prepareForUpdate?.(
      next,
      old,
      cluster.writeContext(type, options.requester),
    );
    if (
      strategy.generationOf &&
      !semanticallyEqual(
        strategy.generationOf(next),
        strategy.generationOf(old),
      )
    ) {
      next.metadata.generation = (old.metadata.generation ?? 0) + 1;
    }
  }
  // The real server checks these twice, and says so.
  const metadataCauses = validateMetadataUpdate(result, old);
  const causes = [
    ...validateMetadata(type, result),
    ...metadataCauses,
    ...metadataCauses,
    ...(subresource === 'status'
      ? strategy.validateStatus?.(result) ?? []
      : []),
    ...(subresource ? [] : strategy.validate?.(result, old) ?? []),
    ...(subresource ? [] : strategy.validateUpdate?.(result, old) ?? []),
  ];
  if (causes.length > 0) {
    throw invalid(
      { group: asked.group, kind: asked.kind, name: old.metadata.name },
      causes,
    );
  }
  setOwners(result, managedFields);
  return storeVersion({ cluster, type, next: result, old, dryRun });
}
