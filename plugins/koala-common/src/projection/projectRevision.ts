import { REVISION_ANNOTATION } from '../annotations';
import { ObjectMeta } from '../objects/ObjectMeta';

/** Revision of a rollout, as the Deployment controller wrote it. */
export function projectRevision(meta: ObjectMeta): number | undefined {
  const text = meta.annotations[REVISION_ANNOTATION];
  return text && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}
