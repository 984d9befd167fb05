import { barSegments, StatusCounts } from '../matrix/model/counts';
import { StatusBar } from '../status/StatusBar';
import { StatusIcon } from '../status/StatusIcon';
import { statusWord } from '../status/statusWords';
import styles from './HealthCounts.module.css';

/** How many services of each status; all that are not zero, so that they add up to the services. */
export function HealthCounts(props: {
  counts: StatusCounts;
  /** The stacked bar is drawn too. */
  bar: boolean;
  large?: boolean;
}) {
  const { counts, bar, large } = props;
  const segments = barSegments(counts);
  if (segments.length === 0) {
    return <span className={styles.none}>no services</span>;
  }
  return (
    <div className={styles.health} data-large={large || undefined}>
      {bar && (
        <div className={styles.bar}>
          <StatusBar segments={segments} tall />
        </div>
      )}
      <div className={styles.counts}>
        {segments.map(({ status, count }) => (
          <span key={status} data-status={status}>
            <StatusIcon status={status} size={large ? 18 : 14} />
            <b>{count}</b> {statusWord(status)}
          </span>
        ))}
      </div>
    </div>
  );
}
