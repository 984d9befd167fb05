import { Box } from '@backstage/ui';
import { ReactNode } from 'react';
import { KoalaIcon } from '../icons/KoalaIcon';
import styles from './EmptyCard.module.css';

/** A card for when there is nothing to show: what that means, and the next step. */
export function EmptyCard(props: {
  title: string;
  children?: ReactNode;
  /** Something to copy. */
  code?: string;
  actions?: ReactNode;
  koala?: boolean;
}) {
  const { title, children, code, actions, koala } = props;
  return (
    <Box as="section" bg="neutral" className={styles.card}>
      {koala && <KoalaIcon size={40} className={styles.koala} />}
      <h2>{title}</h2>
      {children && <div className={styles.text}>{children}</div>}
      {code && <pre className={styles.code}>{code}</pre>}
      {actions}
    </Box>
  );
}
