import { RiDatabase2Line } from '@remixicon/react';
import { VolumeDetail } from '@koala-ops/backstage-plugin-koala-common';
import { StatusText } from '../status/StatusText';
import { TreeColumns } from './TreeColumns';
import styles from './TreeLine.module.css';

/** A volume: for one pod or for many, and who mounts it. */
export function VolumeLine(props: { volume: VolumeDetail }) {
  const { volume } = props;
  const { access, className, capacity, requested, reason } = volume;
  return (
    <TreeColumns
      depth={0}
      bad={volume.status === 'degraded'}
      name={
        <>
          <RiDatabase2Line
            size={14}
            aria-hidden="true"
            className={styles.muted}
          />
          {volume.name}
          {access && <span className={styles.muted}>{access} volume</span>}
        </>
      }
      status={<StatusText status={volume.status} />}
      title={reason?.message ?? volume.accessModes.join(', ')}
      detail={[
        capacity ?? requested,
        className && `class ${className}`,
        `mounted by ${mountsOf(volume)}`,
        reason?.message,
      ]
        .filter(Boolean)
        .join(', ')}
      since={volume.createdAt || undefined}
    />
  );
}

function mountsOf({ mountedBy, alsoMounted = 0 }: VolumeDetail): string {
  const names = mountedBy.map(({ name }) => name);
  const others =
    alsoMounted > 0
      ? [`${alsoMounted} other ${alsoMounted === 1 ? 'workload' : 'workloads'}`]
      : [];
  return [...names, ...others].join(', ');
}
