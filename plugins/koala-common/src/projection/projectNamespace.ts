import { NamespaceObject } from '../objects/NamespaceObject';
import { projectMeta } from './projectMeta';
import { RawObject, readObject } from './rawFields';
import { SharedValues } from './SharedValues';

export function projectNamespace(
  raw: RawObject,
  shared: SharedValues,
): NamespaceObject {
  const meta = projectMeta({ kind: 'Namespace', raw, shared });
  return {
    kind: 'Namespace',
    meta,
    terminating:
      meta.deletedAt !== undefined ||
      readObject(raw.status).phase === 'Terminating',
  };
}
