import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';
import {
  ServiceSummary,
  Status,
} from '@koala-ops/backstage-plugin-koala-common';
import { StatusIcon } from '../status/StatusIcon';
import { statusWord } from '../status/statusWords';
import { cellId } from './gridIds';
import { Column } from './model/columns';
import { ROW_HEIGHTS, SystemRow as SystemRowModel } from './model/rows';
import { StateLookup } from './model/severity';
import { summariseColumn, summariseSystem } from './model/systemSummary';
import styles from './rows.module.css';

const SHOWN: readonly Status[] = ['degraded', 'unknown', 'progressing'];

/** The head of a system: its name, how many services, and what goes on in them. Opens and closes them. */
export function SystemRow(props: {
  grid: string;
  row: SystemRowModel;
  columns: readonly Column[];
  stateOf: StateLookup;
  active: number | undefined;
  onToggle: () => void;
}) {
  const { grid, row, columns, stateOf, active, onToggle } = props;
  const large = row.height === ROW_HEIGHTS.systemLarge;
  const counts = large
    ? undefined
    : summariseSystem({ services: row.members, columns, stateOf });
  const Arrow = row.open ? RiArrowDownSLine : RiArrowRightSLine;
  return (
    <>
      <div
        role="rowheader"
        id={cellId(grid, row.key, 0)}
        aria-colindex={1}
        aria-expanded={row.open}
        className={styles.system}
        data-active={active !== undefined || undefined}
        data-whole={!large || undefined}
      >
        <button
          type="button"
          tabIndex={-1}
          className={styles.toggle}
          aria-expanded={row.open}
          onClick={onToggle}
        >
          <Arrow size={16} aria-hidden="true" />
          <b>{row.name}</b>
          <span className={styles.muted}>
            {large ? row.members.length : countOf(row.members.length)}
          </span>
        </button>
        {counts &&
          SHOWN.filter(status => counts[status] > 0).map(status => (
            <span key={status} className={styles.count} data-status={status}>
              <StatusIcon status={status} size={14} />
              {counts[status]} {statusWord(status)}
            </span>
          ))}
      </div>
      {large &&
        columns.map((column, index) => (
          <div
            key={column.key}
            role="gridcell"
            aria-colindex={index + 2}
            className={styles.summary}
            data-first={column.first || undefined}
            data-lost={column.lost || undefined}
          >
            <ColumnSummary
              services={row.members}
              column={column}
              stateOf={stateOf}
            />
          </div>
        ))}
    </>
  );
}

function countOf(services: number): string {
  return services === 1 ? '1 service' : `${services} services`;
}

function ColumnSummary(props: {
  services: readonly ServiceSummary[];
  column: Column;
  stateOf: StateLookup;
}) {
  const { services, column } = props;
  const { counts, lastHealthy } = summariseColumn(props);
  if (column.lost) {
    return (
      <span className={styles.count}>
        <StatusIcon status="unknown" size={14} />
        {lastHealthy > 0 ? `${lastHealthy} last known healthy` : 'Unknown'}
      </span>
    );
  }
  if (counts['not-deployed'] === services.length) {
    return (
      <span className={styles.count}>
        <StatusIcon status="not-deployed" size={14} />
        Not deployed
      </span>
    );
  }
  const shown = (
    ['degraded', 'unknown', 'progressing', 'suspended', 'healthy'] as const
  ).filter(status => counts[status] > 0);
  return (
    <>
      {shown.map((status, index) => (
        <span
          key={status}
          className={styles.count}
          data-status={status === 'healthy' ? undefined : status}
        >
          <StatusIcon status={status} size={14} />
          <b>{counts[status]}</b>
          {(index === 0 || shown.length < 3) && statusWord(status)}
        </span>
      ))}
    </>
  );
}
