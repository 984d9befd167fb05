import { ControllerRevisionObject } from '../objects/ControllerRevisionObject';
import { lastManagedAt } from './lastManagedAt';
import { projectMeta } from './projectMeta';
import { projectTemplate } from './projectTemplate';
import { RawObject, readCount, readObject } from './rawFields';
import { SharedValues } from './SharedValues';

/** Its data are the patch that brings the revision back: `{spec: {template: …}}`. */
export function projectControllerRevision(
  raw: RawObject,
  shared: SharedValues,
): ControllerRevisionObject {
  const meta = projectMeta({ kind: 'ControllerRevision', raw, shared });
  const { template } = readObject(readObject(raw.data).spec);
  return {
    kind: 'ControllerRevision',
    meta,
    revision: readCount(raw.revision) ?? 0,
    revisedAt: lastManagedAt(raw) ?? (meta.createdAt || undefined),
    template:
      Object.keys(readObject(template)).length > 0
        ? projectTemplate(template, shared)
        : undefined,
  };
}
