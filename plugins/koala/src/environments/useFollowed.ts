import { useCallback, useEffect, useRef, useState } from 'react';
import { RequestOptions } from '../api/KoalaApi';
import { Follower } from '../live/Follower';
import { useLive } from '../live/useLive';

/** Namespaces and unclaimed workloads change without any change of the matrix. */
const REFRESH_MS = 30_000;

/** What was read last, and why it could not be read since. */
export interface Followed<T> {
  data?: T;
  error?: Error;
  retry: () => void;
}

/**
 * Reads something again whenever the live matrix changes. `read` has to stay the same from render to
 * render; another one starts anew.
 */
export function useFollowed<T extends { revision: string }>(
  read: (options: RequestOptions) => Promise<T>,
): Followed<T> {
  const revision = useLive().matrix?.revision;
  const [state, setState] = useState<{ data?: T; error?: Error }>({});
  const follower = useRef<Follower<T>>();
  const answered = useRef<string>();

  useEffect(() => {
    const started = Follower.start({
      read,
      onAnswer: data => {
        answered.current = data.revision;
        setState(before => keepIfSame(before, data));
      },
      onError: error => setState(before => ({ data: before.data, error })),
    });
    follower.current = started;
    const timer = setInterval(
      () => !document.hidden && started.refresh(),
      REFRESH_MS,
    );
    return () => {
      clearInterval(timer);
      started.stop();
    };
  }, [read]);

  useEffect(() => {
    if (revision !== undefined && revision !== answered.current) {
      follower.current?.refresh();
    }
  }, [revision]);

  const retry = useCallback(() => follower.current?.retry(), []);
  return { ...state, retry };
}

/** An answer that says the same renders nothing. */
function keepIfSame<T extends { revision: string }>(
  before: { data?: T; error?: Error },
  data: T,
): { data?: T; error?: Error } {
  return !before.error &&
    before.data &&
    JSON.stringify({ ...before.data, revision: '' }) ===
      JSON.stringify({ ...data, revision: '' })
    ? before
    : { data };
}
