import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { MatrixFilters, parseFilters, writeFilters } from './model/filters';

/** The filters, kept in the query of the URL; typing does not fill the history. */
export function useFilters(): [MatrixFilters, (next: MatrixFilters) => void] {
  const [query, setQuery] = useSearchParams();
  const filters = useMemo(() => parseFilters(query), [query]);
  const setFilters = useCallback(
    (next: MatrixFilters) =>
      setQuery(current => writeFilters(current, next), { replace: true }),
    [setQuery],
  );
  return [filters, setFilters];
}
