import { useCallback, useSyncExternalStore } from 'react';
import { ticker } from './Ticker';

/**
 * A value that depends on the time. The component renders again only when the value changes, so it has
 * to be a primitive.
 */
export function useTicking<T extends string | number | boolean | undefined>(
  valueAt: (now: number) => T,
): T {
  const read = useCallback(() => valueAt(ticker.now()), [valueAt]);
  return useSyncExternalStore(ticker.subscribe, read);
}
