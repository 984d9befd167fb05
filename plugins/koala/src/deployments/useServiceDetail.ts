import {
  CompoundEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { ServiceDetail } from '@koala-ops/backstage-plugin-koala-common';
import { koalaApiRef } from '../api/KoalaApi';

/** Several changes of one rollout cost one request. */
const DEBOUNCE_MS = 250;
/** Pods change (a restart, a node) without any change of the cell. */
const REFRESH_MS = 30_000;

/** One service in detail: read again whenever the live matrix says that it changed. */
export function useServiceDetail(ref: CompoundEntityRef): {
  detail?: ServiceDetail;
  error?: Error;
} {
  const { kind, namespace, name } = ref;
  const api = useApi(koalaApiRef);
  const service = stringifyEntityRef({ kind, namespace, name });
  const revision = useSyncExternalStore(api.live.subscribe, () =>
    api.live.getServiceRevision(service),
  );
  const [state, setState] = useState<{
    service: string;
    detail?: ServiceDetail;
    error?: Error;
  }>({ service });
  const [beat, setBeat] = useState(0);
  const loaded = useRef<string>();

  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) {
        setBeat(current => current + 1);
      }
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, []);

  useEffect(() => {
    const controller = new AbortController();
    const load = async () => {
      try {
        const detail = await api.getService(
          { kind, namespace, name },
          { signal: controller.signal },
        );
        if (!controller.signal.aborted) {
          loaded.current = service;
          setState(before => keepIfSame(before, { service, detail }));
        }
      } catch (error) {
        if (!controller.signal.aborted) {
          setState(before => ({
            service,
            detail: before.service === service ? before.detail : undefined,
            error: error as Error,
          }));
        }
      }
    };
    // The first one at once, those that follow a change together.
    const timer = setTimeout(
      load,
      loaded.current === service ? DEBOUNCE_MS : 0,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [api, service, kind, namespace, name, revision, beat]);

  return state.service === service ? state : {};
}

interface Loaded {
  service: string;
  detail?: ServiceDetail;
  error?: Error;
}

/** An answer that says the same renders nothing. */
function keepIfSame(before: Loaded, after: Loaded): Loaded {
  return !before.error &&
    before.service === after.service &&
    JSON.stringify({ ...before.detail, revision: '' }) ===
      JSON.stringify({ ...after.detail, revision: '' })
    ? before
    : after;
}
