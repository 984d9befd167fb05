import { MatrixRow } from './rows';

/** Where the keyboard is: a row and a column, 0 being the row's head. */
export interface GridPosition {
  row: string;
  column: number;
}

const PAGE = 10;

/**
 * Where a key leads. `undefined` for a key that moves nothing.
 *
 * Arrows, Home, End, PageUp and PageDown move as in any grid; `j` and `k` a row; `n` and `N` to the next
 * and the previous problem, round and round.
 */
export function moveInGrid(options: {
  rows: readonly MatrixRow[];
  columns: number;
  position: GridPosition | undefined;
  key: string;
  /** With Ctrl or Meta, Home and End go to the first and last row. */
  far?: boolean;
  /** Column, counted from 1, in which a row has its problem. */
  problemColumn?: (row: MatrixRow) => number;
}): GridPosition | undefined {
  const { rows, columns, position, key, far, problemColumn } = options;
  if (rows.length === 0) {
    return undefined;
  }
  const index = position ? rows.findIndex(row => row.key === position.row) : -1;
  const column = position?.column ?? 0;
  const at = (row: number, col: number): GridPosition => ({
    row: rows[clamp(row, rows.length - 1)].key,
    column: clamp(col, columns),
  });
  if (key === 'n' || key === 'N') {
    const step = key === 'n' ? 1 : -1;
    const start = index < 0 && step < 0 ? rows.length : index;
    for (let i = 1; i <= rows.length; i++) {
      const next = (start + step * i + rows.length * 2) % rows.length;
      const row = rows[next];
      if (row.type === 'service' && row.problem) {
        return at(next, problemColumn?.(row) ?? 0);
      }
    }
    return undefined;
  }
  const current = Math.max(0, index);
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return at(index < 0 ? 0 : index + 1, column);
    case 'ArrowUp':
    case 'k':
      return at(current - 1, column);
    case 'ArrowRight':
      return at(current, column + 1);
    case 'ArrowLeft':
      return at(current, column - 1);
    case 'Home':
      return at(far ? 0 : current, 0);
    case 'End':
      return at(far ? rows.length - 1 : current, columns);
    case 'PageDown':
      return at(current + PAGE, column);
    case 'PageUp':
      return at(current - PAGE, column);
    default:
      return undefined;
  }
}

function clamp(value: number, max: number): number {
  return Math.min(max, Math.max(0, value));
}
