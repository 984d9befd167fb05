import { Cluster } from '../apiserver/Cluster';
import { KubeObject } from '../objects/KubeObject';
import { ResourceType } from '../registry/Registry';
import { expired, tooLargeResourceVersion } from '../status/errors';
import { Status } from '../status/StatusError';
import { StoreEvent } from '../storage/Collection';
import { ListOptions } from './listOptions';
import { Selection } from './Selection';

/** One frame of a watch, before it is encoded. */
export type WatchFrame =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: KubeObject }
  | { type: 'BOOKMARK'; resourceVersion: string; initialEventsEnd: boolean }
  | { type: 'ERROR'; status: Status };

/** A change as somebody sees it who watches a selection: an object that leaves it is deleted for them. */
export function frameFor(
  event: StoreEvent,
  selection: Selection,
): WatchFrame | undefined {
  const before =
    event.previous !== undefined && selection.matches(event.previous);
  const after = event.type !== 'DELETED' && selection.matches(event.object);
  if (after) {
    return { type: before ? 'MODIFIED' : 'ADDED', object: event.object };
  }
  if (!before) {
    return undefined;
  }
  if (event.type === 'DELETED') {
    return { type: 'DELETED', object: event.object };
  }
  // As on the real server: the last state that was selected, at the revision at which it left.
  return {
    type: 'DELETED',
    object: {
      ...event.previous!,
      metadata: {
        ...event.previous!.metadata,
        resourceVersion: String(event.revision),
      },
    },
  };
}

/** How long before its end a watch gets a last bookmark, as on the real server. */
const LAST_BOOKMARK_MS = 2000;

/** Bookmarks come at intervals, and once more before the watch ends, so that the next one can go on from there. */
function scheduleBookmarks(options: {
  intervalMs: number;
  lifetimeMs: number;
  send: () => void;
}): () => void {
  const { intervalMs, lifetimeMs, send } = options;
  const regular = setInterval(send, intervalMs);
  const last =
    lifetimeMs > LAST_BOOKMARK_MS
      ? setTimeout(send, lifetimeMs - LAST_BOOKMARK_MS)
      : undefined;
  return () => {
    clearInterval(regular);
    clearTimeout(last);
  };
}

/** A running watch. */
export interface Watch {
  stop(): void;
}

/**
 * Starts a watch and hands every frame to `send`, the first ones before it returns. The caller stops it when the client
 * or the time is gone; after an ERROR frame `end` is called.
 */
export function startWatch(request: {
  cluster: Cluster;
  type: ResourceType;
  selection: Selection;
  options: ListOptions;
  /** When the caller is going to stop it. */
  lifetimeMs: number;
  send: (frame: WatchFrame) => void;
  end: () => void;
}): Watch {
  const { cluster, type, selection, options, send, end } = request;
  const { store, faults } = cluster;
  const collection = store.collection(type.storedIn);
  const { resourceVersion, sendInitialEvents } = options;
  const startsAnew = sendInitialEvents ?? !resourceVersion;
  const from = resourceVersion ?? 0;
  const fail = (status: Status): Watch => {
    send({ type: 'ERROR', status });
    end();
    return { stop: () => {} };
  };

  if (startsAnew && from > store.revision) {
    return fail(tooLargeResourceVersion(from, store.revision).status);
  }
  if (
    !startsAnew &&
    from > 0 &&
    from < store.compactedRevision &&
    !faults.neverGone
  ) {
    return fail(
      expired(`too old resource version: ${from} (${store.compactedRevision})`)
        .status,
    );
  }

  const deliver = (event: StoreEvent) => {
    const frame = frameFor(event, selection);
    if (frame && !(frame.type === 'DELETED' && faults.swallowDelete)) {
      send(frame);
    }
  };
  // A revision that is still to come is waited for in silence.
  let after = from;
  if (startsAnew) {
    after = store.revision;
    for (const object of collection.list()) {
      if (selection.matches(object)) {
        send({ type: 'ADDED', object });
      }
    }
    if (sendInitialEvents && options.allowWatchBookmarks) {
      send({
        type: 'BOOKMARK',
        resourceVersion: String(store.revision),
        initialEventsEnd: true,
      });
    }
  } else if (from > 0) {
    collection.eventsAfter(from).forEach(deliver);
  } else {
    after = store.revision;
  }
  const unsubscribe = collection.subscribe(event => {
    if (event.revision > after) {
      deliver(event);
    }
  });
  const stopBookmarks = options.allowWatchBookmarks
    ? scheduleBookmarks({
        intervalMs: cluster.bookmarkIntervalMs,
        lifetimeMs: request.lifetimeMs,
        send() {
          if (store.revision >= after) {
            send({
              type: 'BOOKMARK',
              resourceVersion: String(store.revision),
              initialEventsEnd: false,
            });
          }
        },
      })
    : () => {};
  return {
    stop() {
      unsubscribe();
      stopBookmarks();
    },
  };
}
