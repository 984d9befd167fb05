import { ReactNode } from 'react';
import { Status } from '@koala-ops/backstage-plugin-koala-common';
import { StatusIcon } from './StatusIcon';
import styles from './StatusText.module.css';
import { STATUS_WORDS } from './statusWords';

/** A status the way it is always shown: icon, word and colour. */
export function StatusText(props: {
  status: Status;
  share?: number;
  children?: ReactNode;
}) {
  const { status, share, children } = props;
  return (
    <span className={styles.status} data-status={status}>
      <StatusIcon status={status} share={share} size={14} />
      <span className={styles.word}>{children ?? STATUS_WORDS[status]}</span>
    </span>
  );
}
