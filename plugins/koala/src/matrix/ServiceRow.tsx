import { memo } from 'react';
import { Link } from 'react-router-dom';
import { RiLinkUnlink } from '@remixicon/react';
import { VisuallyHidden } from '@backstage/ui';
import { CellView } from './CellView';
import { cellId } from './gridIds';
import { Column } from './model/columns';
import { entityName } from './model/entityName';
import { ROW_HEIGHTS, ServiceRow as ServiceRowModel } from './model/rows';
import styles from './rows.module.css';

interface ServiceRowProps {
  grid: string;
  row: ServiceRowModel;
  columns: readonly Column[];
  /** Column in which the keyboard is, where it is in this row. */
  active: number | undefined;
  linkTo: (service: string, environment?: string) => string | undefined;
}

/** A service: its name, its owner, and one cell per column. */
export const ServiceRow = memo(
  function ServiceCells(props: ServiceRowProps) {
    const { grid, row, columns, active, linkTo } = props;
    const { service } = row;
    const name = service.title ?? entityName(service.ref);
    const href = linkTo(service.ref);
    const findings = service.findings?.map(f => f.message).join('\n');
    return (
      <>
        <div
          role="rowheader"
          id={cellId(grid, row.key, 0)}
          aria-colindex={1}
          className={styles.service}
          data-active={active === 0 || undefined}
        >
          <span className={styles.nameLine}>
            {href ? (
              <Link to={href} tabIndex={-1} className={styles.name}>
                {name}
              </Link>
            ) : (
              <span className={styles.name}>{name}</span>
            )}
            {findings && (
              <span className={styles.finding} title={findings}>
                <RiLinkUnlink size={14} aria-hidden="true" />
                <VisuallyHidden>{findings}</VisuallyHidden>
              </span>
            )}
          </span>
          <span className={styles.owner}>
            {service.owner ? entityName(service.owner) : 'no owner'}
          </span>
        </div>
        {columns.map((column, index) => (
          <CellView
            key={column.key}
            id={cellId(grid, row.key, index + 1)}
            position={index + 1}
            active={active === index + 1}
            service={service.ref}
            serviceName={name}
            column={column}
            tall={row.height === ROW_HEIGHTS.degraded}
            href={linkTo(service.ref, column.environment)}
          />
        ))}
      </>
    );
  },
  (before, after) =>
    before.grid === after.grid &&
    before.columns === after.columns &&
    before.active === after.active &&
    before.linkTo === after.linkTo &&
    before.row.service === after.row.service &&
    before.row.height === after.row.height,
);
