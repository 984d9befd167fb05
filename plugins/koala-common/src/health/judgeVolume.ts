import { VolumeObject } from '../objects/VolumeObject';
import { Verdict } from '../status/Verdict';
import { inspectionOf, verdictOf } from './Finding';
import { DEFAULT_DEADLINE_MS, lasting } from './lasting';
import { classOf } from './unboundVolume';
import { workloadFinding } from './workloadFinding';

/**
 * Koala's verdict on a volume: as Argo CD judges it, and degraded where pods have waited for it for
 * longer than the deadline. One that nobody mounts may well wait for its first consumer.
 *
 * @public
 */
export function judgeVolume(options: {
  volume: VolumeObject;
  /** Pods mount it. */
  mounted?: boolean;
  /** Milliseconds since the epoch. */
  now: number;
}): Verdict {
  const { volume, mounted = false, now } = options;
  const { meta, phase } = volume;
  const finding = workloadFinding(volume);
  const since = meta.createdAt || undefined;
  if (meta.deletedAt !== undefined) {
    const message = mounted
      ? 'it is being deleted once no pod mounts it any more'
      : 'it is being deleted';
    return verdictOf(
      inspectionOf({
        findings: [
          finding({
            code: 'BeingDeleted',
            message,
            since: meta.deletedAt || undefined,
          }),
        ],
      }),
    );
  }
  switch (phase) {
    case 'Bound':
      return verdictOf(inspectionOf({ findings: [], healthySince: since }));
    case 'Lost':
      return verdictOf(
        inspectionOf({
          findings: [
            finding({
              code: 'VolumeLost',
              message: `the volume ${
                volume.volumeName ?? 'that it was bound to'
              } no longer exists`,
              status: 'degraded',
            }),
          ],
        }),
      );
    case 'Pending': {
      const { lasted, recheckAt } = mounted
        ? lasting({ since, now, forMs: DEFAULT_DEADLINE_MS })
        : { lasted: false, recheckAt: undefined };
      return verdictOf(
        inspectionOf({
          findings: [
            finding({
              code: 'VolumePending',
              message: `it is not bound to a volume yet (${classOf(volume)}${
                mounted ? '' : ', and no pod mounts it'
              })`,
              status: lasted ? 'degraded' : 'progressing',
              since,
              recheckAt,
            }),
          ],
        }),
      );
    }
    default:
      return verdictOf(
        inspectionOf({
          findings: [
            finding({
              code: 'VolumePhaseUnknown',
              message: `its phase is ${phase}, which Koala does not know`,
              status: 'unknown',
            }),
          ],
        }),
      );
  }
}

/**
 * Whether one pod or many can mount a volume; the mode that lets most of them decides.
 *
 * @public
 */
export function volumeAccessOf({
  accessModes,
}: VolumeObject): 'single' | 'shared' {
  return accessModes.includes('ReadWriteMany') ||
    accessModes.includes('ReadOnlyMany')
    ? 'shared'
    : 'single';
}
