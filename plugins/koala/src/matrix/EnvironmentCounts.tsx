import { StatusBar } from '../status/StatusBar';
import { StatusIcon } from '../status/StatusIcon';
import { statusWord } from '../status/statusWords';
import styles from './EnvironmentCounts.module.css';
import { barSegments, headerCounts, StatusCounts } from './model/counts';

/** A stacked bar and the counts beneath it; together with the suspended ones they are all services. */
export function EnvironmentCounts(props: {
  counts: StatusCounts;
  wide: boolean;
}) {
  const { counts, wide } = props;
  return (
    <>
      <StatusBar segments={barSegments(counts)} />
      <div className={styles.counts} data-wide={wide || undefined}>
        {headerCounts(counts).map(({ status, count }) => (
          <span
            key={status}
            data-status={status}
            data-zero={count === 0 || undefined}
          >
            <StatusIcon status={status} size={14} />
            <b>{count}</b> {statusWord(status)}
          </span>
        ))}
      </div>
    </>
  );
}

/** Stopped on purpose: counted, but beside the title, where it does not look like a problem. */
export function SideCounts(props: { counts: StatusCounts }) {
  const { suspended } = props.counts;
  if (!suspended) {
    return null;
  }
  return (
    <span className={styles.side}>
      <StatusIcon status="suspended" size={14} />
      {suspended} suspended
    </span>
  );
}
