import { useCallback, useMemo, useRef, useState } from 'react';
import { ServiceSummary } from '@koala-ops/backstage-plugin-koala-common';
import { Column } from './model/columns';
import { Folding, layoutRows, MatrixRow } from './model/rows';
import { StateLookup } from './model/severity';

/**
 * The rows, standing still under the pointer: while it is over them a change in a cluster shows in its
 * cell but moves no row. What the reader does (filter, fold, sort) moves rows at once.
 */
export function useHeldRows(options: {
  services: readonly ServiceSummary[];
  columns: readonly Column[];
  stateOf: StateLookup;
  problemsFirst: boolean;
  folding: Folding;
  filterKey: string;
}): { rows: MatrixRow[]; hold: () => void; release: () => void } {
  const { services, columns, stateOf, problemsFirst, folding, filterKey } =
    options;
  const [held, setHeld] = useState(false);
  const fresh = useMemo(
    () => layoutRows({ services, columns, stateOf, problemsFirst, folding }),
    [services, columns, stateOf, problemsFirst, folding],
  );
  const shown = useRef({ rows: fresh, filterKey, folding, problemsFirst });
  const asked =
    shown.current.filterKey !== filterKey ||
    shown.current.folding !== folding ||
    shown.current.problemsFirst !== problemsFirst;
  if (!held || asked) {
    shown.current = { rows: fresh, filterKey, folding, problemsFirst };
  }
  return {
    rows: shown.current.rows,
    hold: useCallback(() => setHeld(true), []),
    release: useCallback(() => setHeld(false), []),
  };
}
