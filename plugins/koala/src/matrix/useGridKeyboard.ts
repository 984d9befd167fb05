import {
  KeyboardEvent as ReactKeyboardEvent,
  RefObject,
  useCallback,
  useEffect,
  useState,
} from 'react';
import { Column } from './model/columns';
import { GridPosition, moveInGrid } from './model/navigation';
import { MatrixRow } from './model/rows';
import { isProblem, StateLookup } from './model/severity';

/** Keys that work wherever the focus is on the page, as long as nothing is being typed. */
const PAGE_KEYS = ['n', 'N', 'j', 'k'];

/**
 * The keyboard in the grid. The grid is one tab stop; where the keyboard is inside it is state and not
 * focus, because the row it is in may be scrolled away.
 */
export function useGridKeyboard(options: {
  grid: RefObject<HTMLElement>;
  rows: readonly MatrixRow[];
  columns: readonly Column[];
  stateOf: StateLookup;
  onOpen: (row: MatrixRow, column: number) => void;
  onMove: (rowIndex: number) => void;
}) {
  const { grid, rows, columns, stateOf, onOpen, onMove } = options;
  const [position, setPosition] = useState<GridPosition>();
  const [focused, setFocused] = useState(false);

  const move = useCallback(
    (event: { key: string; ctrlKey: boolean; metaKey: boolean }): boolean => {
      const next = moveInGrid({
        rows,
        columns: columns.length,
        position,
        key: event.key,
        far: event.ctrlKey || event.metaKey,
        problemColumn: row =>
          row.type === 'service'
            ? columns.findIndex(column =>
                isProblem(stateOf(row.service.ref, column), column),
              ) + 1
            : 0,
      });
      if (next) {
        setPosition(next);
        onMove(rows.findIndex(row => row.key === next.row));
      }
      return Boolean(next);
    },
    [rows, columns, position, stateOf, onMove],
  );

  const onKeyDown = (event: ReactKeyboardEvent) => {
    if (event.altKey || event.defaultPrevented) {
      return;
    }
    const row = rows.find(r => r.key === position?.row);
    if (event.key === 'Enter' && row && event.target === grid.current) {
      event.preventDefault();
      onOpen(row, position?.column ?? 0);
    } else if (move(event)) {
      event.preventDefault();
    }
  };

  useEffect(() => {
    const onPageKey = (event: KeyboardEvent) => {
      if (
        PAGE_KEYS.includes(event.key) &&
        !event.defaultPrevented &&
        !event.ctrlKey &&
        !event.metaKey &&
        !event.altKey &&
        !isTyping(event.target) &&
        move(event)
      ) {
        event.preventDefault();
        grid.current?.focus({ preventScroll: true });
      }
    };
    document.addEventListener('keydown', onPageKey);
    return () => document.removeEventListener('keydown', onPageKey);
  }, [move, grid]);

  return {
    position: focused ? position : undefined,
    onKeyDown,
    onFocus: (event: React.FocusEvent) => {
      if (event.target === grid.current) {
        setFocused(true);
        setPosition(
          current => current ?? (rows[0] && { row: rows[0].key, column: 0 }),
        );
      }
    },
    onBlur: () => setFocused(false),
  };
}

/** Whether a key belongs to a field, a menu or a dialog. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest(
        'input, textarea, select, [role="listbox"], [role="menu"], [role="dialog"]',
      ) !== null)
  );
}
