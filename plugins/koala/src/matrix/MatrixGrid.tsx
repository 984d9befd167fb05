import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useId, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { CellPopover } from './CellPopover';
import { GridFooter } from './GridFooter';
import { GridHeader } from './GridHeader';
import { cellId } from './gridIds';
import styles from './MatrixGrid.module.css';
import { MatrixRow, Folding, FOLD_FROM } from './model/rows';
import { MatrixView } from './model/MatrixView';
import { RestRow } from './RestRow';
import { Ruler } from './Ruler';
import { ServiceRow } from './ServiceRow';
import { SystemRow } from './SystemRow';
import { useCellPopover } from './useCellPopover';
import { useDeploymentsLink } from './useDeploymentsLink';
import { useGridKeyboard } from './useGridKeyboard';
import { useHeldRows } from './useHeldRows';

const NOTHING_FOLDED: Folding = { systems: new Map(), rest: new Set() };

/** Services by environment: virtual rows of known height under a sticky head. */
export function MatrixGrid(props: {
  view: MatrixView;
  problemsFirst: boolean;
  /** Whatever makes the reader expect other rows; changes of it are shown at once. */
  filterKey: string;
  /** Where the head of an environment leads. */
  environmentLink?: (name: string) => string | undefined;
}) {
  const { view, problemsFirst, filterKey } = props;
  const { groups, columns, services, stateOf } = view;
  const grid = useId().replace(/:/g, '');
  const scroller = useRef<HTMLDivElement>(null);
  const [folding, setFolding] = useState(NOTHING_FOLDED);
  const { rows, hold, release } = useHeldRows({
    services,
    columns,
    stateOf,
    problemsFirst,
    folding,
    filterKey,
  });
  const linkTo = useDeploymentsLink();
  const navigate = useNavigate();

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: index => rows[index].height,
    getItemKey: index => rows[index].key,
    overscan: 8,
    // The sticky head covers this much of the scrolled area.
    scrollPaddingStart: 130,
  });
  // Heights are known, but the virtualizer caches them by key.
  const heights = useMemo(() => rows.map(row => row.height).join(), [rows]);
  const measured = useRef(heights);
  if (measured.current !== heights) {
    measured.current = heights;
    virtualizer.measure();
  }

  const toggle = useCallback((row: MatrixRow) => {
    setFolding(current => toggleRow(current, row));
  }, []);
  const open = useCallback(
    (row: MatrixRow, column: number) => {
      if (row.type !== 'service') {
        toggle(row);
        return;
      }
      const target = column > 0 ? columns[column - 1] : undefined;
      const href = linkTo(row.service.ref, target?.environment);
      if (href) {
        navigate(href);
      }
    },
    [columns, linkTo, navigate, toggle],
  );
  const keyboard = useGridKeyboard({
    grid: scroller,
    rows,
    columns,
    stateOf,
    onOpen: open,
    onMove: index => virtualizer.scrollToIndex(index, { align: 'auto' }),
  });
  const popover = useCellPopover({
    scroller,
    columns,
    activeId:
      keyboard.position &&
      cellId(grid, keyboard.position.row, keyboard.position.column),
  });
  const { position } = keyboard;
  const large = services.length > FOLD_FROM;
  const template = `var(--koala-name-width) repeat(${columns.length}, minmax(200px, 1fr))`;

  return (
    <div className={styles.card} data-large={large || undefined}>
      <div
        ref={scroller}
        role="grid"
        aria-label="Services by environment"
        aria-rowcount={rows.length + 2}
        aria-colcount={columns.length + 1}
        aria-activedescendant={
          position && cellId(grid, position.row, position.column)
        }
        tabIndex={0}
        className={styles.scroller}
        onKeyDown={keyboard.onKeyDown}
        onFocus={keyboard.onFocus}
        onBlur={keyboard.onBlur}
        onPointerOver={popover.onPointerOver}
        onPointerLeave={popover.onPointerLeave}
        onScroll={popover.close}
      >
        <div
          className={styles.sheet}
          style={{ minWidth: 212 + columns.length * 200 }}
        >
          <GridHeader
            groups={groups}
            counts={view.counts}
            services={services.length}
            systems={new Set(services.map(s => s.system)).size}
            template={template}
            environmentLink={props.environmentLink}
          />
          <div
            role="rowgroup"
            className={styles.body}
            style={{ height: virtualizer.getTotalSize() }}
            onPointerEnter={event => event.pointerType === 'mouse' && hold()}
            onPointerLeave={release}
          >
            {virtualizer.getVirtualItems().map(item => {
              const row = rows[item.index];
              const active =
                position?.row === row.key ? position.column : undefined;
              const shared = { grid, columns, active };
              return (
                <div
                  key={item.key}
                  role="row"
                  aria-rowindex={item.index + 3}
                  data-row={row.key}
                  data-open={row.type === 'system' ? row.open : undefined}
                  className={styles.row}
                  style={{
                    height: row.height,
                    gridTemplateColumns: template,
                    transform: `translateY(${item.start}px)`,
                  }}
                >
                  {row.type === 'service' && (
                    <ServiceRow {...shared} row={row} linkTo={linkTo} />
                  )}
                  {row.type === 'system' && (
                    <SystemRow
                      {...shared}
                      row={row}
                      stateOf={stateOf}
                      onToggle={() => toggle(row)}
                    />
                  )}
                  {row.type === 'rest' && (
                    <RestRow
                      {...shared}
                      columns={columns.length}
                      row={row}
                      onToggle={() => toggle(row)}
                    />
                  )}
                </div>
              );
            })}
          </div>
        </div>
      </div>
      {large && <Ruler rows={rows} columns={columns} stateOf={stateOf} />}
      {large && <GridFooter view={view} rows={rows} />}
      {popover.shown && (
        <CellPopover
          shown={popover.shown}
          onKeep={popover.keep}
          onClose={popover.close}
        />
      )}
    </div>
  );
}

function toggleRow(folding: Folding, row: MatrixRow): Folding {
  if (row.type === 'system') {
    const systems = new Map(folding.systems).set(row.system, !row.open);
    return { ...folding, systems };
  }
  if (row.type === 'rest') {
    const rest = new Set(folding.rest);
    if (!rest.delete(row.system)) {
      rest.add(row.system);
    }
    return { ...folding, rest };
  }
  return folding;
}
