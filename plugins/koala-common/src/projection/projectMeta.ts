import { ObjectMeta } from '../objects/ObjectMeta';
import { WatchedKind } from '../objects/KoalaObject';
import { projectAnnotations, projectLabels } from './projectLabels';
import { ProjectionError } from './ProjectionError';
import {
  readCount,
  readList,
  readObject,
  readText,
  readTime,
} from './rawFields';
import { RawObject } from './rawFields';
import { SharedValues } from './SharedValues';

function projectController(
  value: unknown,
  shared: SharedValues,
): ObjectMeta['controller'] {
  const owner = readList(value).find(item => item.controller === true);
  const uid = readText(owner?.uid);
  if (!owner || !uid) {
    return undefined;
  }
  const kind = readText(owner.kind) ?? '';
  const name = readText(owner.name) ?? '';
  return shared.value(`owner\n${kind}\n${name}\n${uid}`, () =>
    Object.freeze({ kind, name, uid }),
  );
}

/**
 * When deletion was asked for. `deletionTimestamp` is the moment at which the grace period ends, which
 * for a pod lies half a minute ahead.
 */
function deletionTime(metadata: RawObject): number | undefined {
  const deadline = readTime(metadata.deletionTimestamp);
  if (deadline === undefined) {
    return metadata.deletionTimestamp ? 0 : undefined;
  }
  return (
    deadline - (readCount(metadata.deletionGracePeriodSeconds) ?? 0) * 1000
  );
}

/**
 * Metadata of an object; everything not named here, `managedFields` above all, is never copied.
 *
 * @throws {@link ProjectionError} without a name or a uid.
 */
export function projectMeta(options: {
  kind: WatchedKind;
  raw: RawObject;
  shared: SharedValues;
}): ObjectMeta {
  const { kind, raw, shared } = options;
  const metadata = readObject(raw.metadata);
  const name = readText(metadata.name);
  if (!name) {
    throw new ProjectionError({ kind, field: 'metadata.name' });
  }
  const uid = readText(metadata.uid);
  const namespace = readText(metadata.namespace) ?? '';
  if (!uid) {
    const object = namespace ? `${namespace}/${name}` : name;
    throw new ProjectionError({ kind, field: 'metadata.uid', object });
  }
  return {
    uid,
    name,
    namespace: shared.text(namespace),
    resourceVersion: readText(metadata.resourceVersion) ?? '',
    labels: projectLabels(metadata.labels, shared),
    annotations: projectAnnotations(metadata.annotations, shared),
    createdAt: readTime(metadata.creationTimestamp) ?? 0,
    deletedAt: deletionTime(metadata),
    generation: readCount(metadata.generation),
    controller: projectController(metadata.ownerReferences, shared),
  };
}
