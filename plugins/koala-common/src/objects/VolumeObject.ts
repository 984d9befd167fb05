import { ObjectMeta } from './ObjectMeta';

/**
 * A PersistentVolumeClaim: storage that pods mount by its name.
 *
 * @public
 */
export interface VolumeObject {
  kind: 'PersistentVolumeClaim';
  meta: ObjectMeta;
  /** `Pending`, `Bound` or `Lost`. */
  phase: string;
  className?: string;
  /** `ReadWriteOnce`, `ReadWriteOncePod`, `ReadWriteMany`, `ReadOnlyMany`. */
  accessModes: readonly string[];
  /** As Kubernetes writes it: `10Gi`. */
  requested?: string;
  capacity?: string;
  /** The PersistentVolume it is bound to. */
  volumeName?: string;
}
