import { Status } from '@koala-ops/backstage-plugin-koala-common';
import styles from './StatusBar.module.css';

/** How many there are of each status, as parts of a bar. The numbers stand beside it: it says nothing to those who hear the page. */
export function StatusBar(props: {
  segments: readonly { status: Status; count: number }[];
  tall?: boolean;
}) {
  const { segments, tall } = props;
  return (
    <div
      className={styles.bar}
      data-tall={tall || undefined}
      aria-hidden="true"
    >
      {segments.map(({ status, count }) => (
        <i key={status} data-status={status} style={{ flexGrow: count }} />
      ))}
    </div>
  );
}
