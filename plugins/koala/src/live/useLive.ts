import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useSyncExternalStore } from 'react';
import { Cell, TargetState } from '@koala-ops/backstage-plugin-koala-common';
import { koalaApiRef } from '../api/KoalaApi';
import { LiveMatrix, LiveSnapshot } from './LiveMatrix';

/** The store itself, for components that read their own slice. */
export function useLiveStore(): LiveMatrix {
  return useApi(koalaApiRef).live;
}

/** Everything, live. Renders on each change: for pages, not for cells. */
export function useLive(): LiveSnapshot {
  const store = useLiveStore();
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}

/** One cell, live. */
export function useCell(
  service: string,
  environment: string,
): Cell | undefined {
  const store = useLiveStore();
  return useSyncExternalStore(
    useCallback(
      listener => store.subscribeCell(service, environment, listener),
      [store, service, environment],
    ),
    useCallback(
      () => store.getCell(service, environment),
      [store, service, environment],
    ),
  );
}

/** One target of one cell, live: renders again only when this very target changed. */
export function useTargetState(options: {
  service: string;
  environment: string;
  target: string;
}): TargetState | undefined {
  const { service, environment, target } = options;
  const store = useLiveStore();
  return useSyncExternalStore(
    useCallback(
      listener => store.subscribeCell(service, environment, listener),
      [store, service, environment],
    ),
    useCallback(
      () =>
        store
          .getCell(service, environment)
          ?.targets.find(state => state.target === target),
      [store, service, environment, target],
    ),
  );
}
