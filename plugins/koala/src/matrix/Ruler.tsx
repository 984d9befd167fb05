import { useMemo } from 'react';
import { Column } from './model/columns';
import { MatrixRow } from './model/rows';
import { isActive, StateLookup } from './model/severity';
import styles from './Ruler.module.css';

/** Ticks beside the scroll bar: where in the whole list something is degraded or moving. */
export function Ruler(props: {
  rows: readonly MatrixRow[];
  columns: readonly Column[];
  stateOf: StateLookup;
}) {
  const { rows, columns, stateOf } = props;
  const ticks = useMemo(() => {
    const total = rows.reduce((sum, row) => sum + row.height, 0);
    let top = 0;
    return rows.flatMap(row => {
      const middle = top + row.height / 2;
      top += row.height;
      if (row.type !== 'service') {
        return [];
      }
      const statuses = columns
        .map(column => ({ column, state: stateOf(row.service.ref, column) }))
        .filter(({ column, state }) => isActive(state, column))
        .map(({ state }) => state?.status ?? 'unknown');
      const status = (['degraded', 'unknown', 'progressing'] as const).find(s =>
        statuses.includes(s),
      );
      return status ? [{ key: row.key, at: middle / total, status }] : [];
    });
  }, [rows, columns, stateOf]);
  return (
    <div className={styles.ruler} aria-hidden="true">
      {ticks.map(tick => (
        <i
          key={tick.key}
          data-status={tick.status}
          style={{ top: `${tick.at * 100}%` }}
        />
      ))}
    </div>
  );
}
