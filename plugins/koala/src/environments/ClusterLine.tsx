import { ClusterState } from '@koala-ops/backstage-plugin-koala-common';
import { CLUSTER_WORDS } from '../status/clusterWords';
import { StatusIcon } from '../status/StatusIcon';
import { Age } from '../time/Age';
import styles from './ClusterLine.module.css';

/** A cluster and how it is seen; where not all is well, since when. */
export function ClusterLine(props: {
  name: string;
  cluster: ClusterState | undefined;
}) {
  const { name, cluster } = props;
  const condition = cluster?.condition ?? 'missing';
  const since = cluster?.lastByteAt ?? cluster?.since;
  return (
    <span
      className={styles.cluster}
      data-condition={condition}
      title={cluster?.message}
    >
      {condition === 'live' ? (
        <i className={styles.dot} aria-hidden="true" />
      ) : (
        <StatusIcon
          status={condition === 'syncing' ? 'progressing' : 'unknown'}
          size={14}
        />
      )}
      <span className={styles.name}>{cluster?.title ?? name}</span>
      <span className={styles.word}>
        {CLUSTER_WORDS[condition]}
        {condition !== 'live' && since !== undefined && (
          <>
            {', '}
            <Age since={since} />
          </>
        )}
      </span>
    </span>
  );
}
