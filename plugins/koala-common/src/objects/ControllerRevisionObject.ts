import { ObjectMeta } from './ObjectMeta';
import { PodTemplate } from './PodTemplate';

/**
 * One revision of a StatefulSet or a DaemonSet.
 *
 * @public
 */
export interface ControllerRevisionObject {
  kind: 'ControllerRevision';
  meta: ObjectMeta;
  revision: number;
  /** Since when it has this number: its creation, or the rollback that took it up again. */
  revisedAt?: number;
  /** What the revision ran; undefined where its data hold no pod template. */
  template?: PodTemplate;
}
