import { Cluster } from '../apiserver/Cluster';
import { semanticallyEqual } from '../objects/equal';
import { KubeObject } from '../objects/KubeObject';
import { toTimestamp } from '../objects/timestamp';
import { ResourceType } from '../registry/Registry';
import { conflict } from '../status/errors';
import { Status } from '../status/StatusError';
import { DeleteOptions } from './deleteOptions';
import { shownAs } from './storedType';

const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

function checkPreconditions(
  type: ResourceType,
  object: KubeObject,
  { preconditions }: DeleteOptions,
) {
  const { name, uid, resourceVersion } = object.metadata;
  const named = { group: type.group, kind: type.kind, name };
  if (preconditions?.uid && preconditions.uid !== uid) {
    throw conflict(
      named,
      `the UID in the precondition (${preconditions.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    );
  }
  if (
    preconditions?.resourceVersion &&
    preconditions.resourceVersion !== resourceVersion
  ) {
    throw conflict(
      named,
      `the ResourceVersion in the precondition (${preconditions.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
    );
  }
}

/** The finalizers that make the garbage collector do what the propagation policy asks for. */
function finalizersFor(
  type: ResourceType,
  { metadata }: KubeObject,
  asked: DeleteOptions['propagationPolicy'],
): string[] {
  const current = metadata.finalizers ?? [];
  const isDecided = current.some(
    name => name === ORPHAN || name === FOREGROUND,
  );
  const policy =
    asked ??
    (type.strategy.orphansUnlessTold && !isDecided ? 'Orphan' : undefined);
  if (!policy) {
    return current;
  }
  const others = current.filter(
    finalizer => finalizer !== ORPHAN && finalizer !== FOREGROUND,
  );
  if (policy === 'Background') {
    return others;
  }
  return [...others, policy === 'Orphan' ? ORPHAN : FOREGROUND];
}

/** The object as it is stored while its deletion is under way. */
function marked(options: {
  cluster: Cluster;
  type: ResourceType;
  object: KubeObject;
  grace: number;
  finalizers: string[];
}): KubeObject {
  const { cluster, type, object, grace, finalizers } = options;
  const {
    labels,
    annotations,
    ownerReferences,
    finalizers: old,
    deletionTimestamp,
    deletionGracePeriodSeconds,
    managedFields,
    ...head
  } = object.metadata;
  const already = deletionTimestamp !== undefined;
  const sooner = already && grace < (deletionGracePeriodSeconds ?? 0);
  return {
    ...object,
    metadata: {
      ...head,
      ...(head.generation && !already && { generation: head.generation + 1 }),
      deletionTimestamp:
        already && !sooner
          ? deletionTimestamp
          : toTimestamp(cluster.clock.now() + grace * 1000),
      // Namespaces are finished by their controller, not by a grace period.
      ...(!type.strategy.markDeleted && {
        deletionGracePeriodSeconds:
          already && !sooner ? deletionGracePeriodSeconds : grace,
      }),
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(ownerReferences && { ownerReferences }),
      ...(finalizers.length > 0 && { finalizers }),
      ...(managedFields && { managedFields }),
    },
  };
}

/** What a DELETE answers: the object where it is still there (or its kind says so), else a Status. */
export type DeleteResult = KubeObject | Status;

/** Deletes an object, or marks it as being deleted where finalizers or a grace period hold it. */
export function deleteObject(request: {
  cluster: Cluster;
  type: ResourceType;
  object: KubeObject;
  options: DeleteOptions;
}): DeleteResult {
  const { cluster, type, object, options } = request;
  const { strategy } = type;
  checkPreconditions(type, object, options);
  strategy.admitDelete?.(object, cluster.writeContext(type));
  const { deletionTimestamp, deletionGracePeriodSeconds } = object.metadata;
  const grace =
    deletionTimestamp !== undefined && options.gracePeriodSeconds === undefined
      ? deletionGracePeriodSeconds ?? 0
      : strategy.gracePeriodSeconds?.(object, options.gracePeriodSeconds) ?? 0;
  const finalizers = finalizersFor(type, object, options.propagationPolicy);
  let next: KubeObject = marked({ cluster, type, object, grace, finalizers });
  const phased = strategy.markDeleted?.(next);
  if (grace > 0 || finalizers.length > 0 || phased) {
    next = phased ?? next;
    const unchanged =
      deletionTimestamp === next.metadata.deletionTimestamp &&
      deletionGracePeriodSeconds === next.metadata.deletionGracePeriodSeconds &&
      semanticallyEqual(finalizers, object.metadata.finalizers ?? []);
    if (unchanged) {
      return shownAs(type, object);
    }
    return shownAs(
      type,
      options.dryRun ? next : cluster.store.put(type.storedIn, next),
    );
  }
  // Only kinds with a grace period show in their last state that they were being deleted.
  const last = strategy.gracePeriodSeconds ? next : object;
  const removed = options.dryRun
    ? last
    : cluster.store.remove(type.storedIn, last);
  return strategy.returnsDeleted
    ? shownAs(type, removed)
    : {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Success',
        details: {
          name: object.metadata.name,
          ...(type.group && { group: type.group }),
          kind: type.resource,
          uid: object.metadata.uid,
        },
      };
}
