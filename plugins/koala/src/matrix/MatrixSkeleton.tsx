import { VisuallyHidden } from '@backstage/ui';
import { useEffect, useState } from 'react';
import styles from './MatrixSkeleton.module.css';

const ROWS = 9;
const COLUMNS = 4;
const DELAY_MS = 200;

/** The boxes of the matrix while it loads; not before 200 ms, so that a fast answer does not flicker. */
export function MatrixSkeleton() {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) {
    return null;
  }
  return (
    <div className={styles.card} role="status">
      <VisuallyHidden>Loading services</VisuallyHidden>
      <div className={styles.header} aria-hidden="true">
        <b>Service</b>
      </div>
      {Array.from({ length: ROWS }, (_, row) => (
        <div key={row} className={styles.row} aria-hidden="true">
          <Lines width={70 + ((row * 29) % 45)} />
          {Array.from({ length: COLUMNS }, (__, column) => (
            <Lines
              key={column}
              width={52 + ((row * 17 + column * 23) % 40)}
              dot
            />
          ))}
        </div>
      ))}
    </div>
  );
}

function Lines(props: { width: number; dot?: boolean }) {
  return (
    <span className={styles.box}>
      {props.dot && <i className={styles.dot} />}
      <span>
        <i className={styles.line} style={{ width: props.width }} />
        <i className={styles.line} style={{ width: 46 }} />
      </span>
    </span>
  );
}
