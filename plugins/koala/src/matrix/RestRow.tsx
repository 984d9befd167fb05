import { StatusIcon } from '../status/StatusIcon';
import { cellId } from './gridIds';
import { RestRow as RestRowModel } from './model/rows';
import styles from './rows.module.css';

/** "36 healthy services, Show": stands for the services of a system in which nothing happens. */
export function RestRow(props: {
  grid: string;
  row: RestRowModel;
  columns: number;
  active: number | undefined;
  onToggle: () => void;
}) {
  const { grid, row, columns, active, onToggle } = props;
  return (
    <div
      role="gridcell"
      id={cellId(grid, row.key, 0)}
      aria-colindex={1}
      aria-colspan={columns + 1}
      className={styles.rest}
      data-active={active !== undefined || undefined}
    >
      {row.healthy && <StatusIcon status="healthy" size={14} />}
      {row.healthy
        ? `${row.services} healthy services`
        : `${row.services} services without a known problem`}
      <button
        type="button"
        tabIndex={-1}
        className={styles.show}
        aria-expanded={row.open}
        onClick={onToggle}
      >
        {row.open ? 'Hide' : 'Show'}
      </button>
    </div>
  );
}
