import { Clock } from '../transport/Clock';
import {
  ClusterTransport,
  TransportResponse,
} from '../transport/ClusterTransport';
import { requireSuccess } from './requireSuccess';
import { resourcePath, WatchedResource } from './WatchedResource';

const PAGE_SIZE = 500;
/** API servers hold requests back for up to a minute under load. */
const HEAD_TIMEOUT_MS = 60_000;
/** How long a list may be silent. */
export const LIST_SILENCE_MS = 30_000;
/** A bookmark comes every minute, so a watch that is silent for longer may have been forgotten on the way. */
const WATCH_SILENCE_MS = 3 * 60_000;
const WATCH_MIN_S = 300;
const WATCH_SPREAD_S = 300;
/** How long after the time it was asked to end a watch is ended from this side. */
const WATCH_OVERTIME_MS = 30_000;

/** What requests are made of. */
export interface KindRequestsOptions {
  transport: ClusterTransport;
  resource: WatchedResource;
  /** Only this namespace. */
  namespace?: string;
  clock: Clock;
  random: () => number;
}

/** The requests of one reflector: pages of a list, and watches. */
export class KindRequests {
  readonly #options: KindRequestsOptions;

  static create(options: KindRequestsOptions): KindRequests {
    return new KindRequests(options);
  }

  private constructor(options: KindRequestsOptions) {
    this.#options = options;
  }

  /**
   * A page of a list.
   *
   * @throws TransportError, ApiError or ProtocolError
   */
  page(signal: AbortSignal, next?: string): Promise<TransportResponse> {
    return this.#get(signal, {
      query: {
        limit: String(PAGE_SIZE),
        ...(next !== undefined && { continue: next }),
      },
      idleTimeoutMs: LIST_SILENCE_MS,
    });
  }

  /**
   * A watch from a version on. It ends by itself after five to ten minutes, at random, so that watches that
   * began together do not end together.
   *
   * @throws TransportError, ApiError or ProtocolError
   */
  watch(
    signal: AbortSignal,
    resourceVersion: string,
  ): Promise<TransportResponse> {
    return this.#watch(signal, { resourceVersion });
  }

  /**
   * A watch that begins with the objects there are.
   *
   * @throws TransportError, ApiError or ProtocolError
   */
  streamingList(signal: AbortSignal): Promise<TransportResponse> {
    return this.#watch(signal, {
      sendInitialEvents: 'true',
      resourceVersionMatch: 'NotOlderThan',
      resourceVersion: '',
    });
  }

  async #watch(
    signal: AbortSignal,
    query: Record<string, string>,
  ): Promise<TransportResponse> {
    const { clock, random } = this.#options;
    const timeoutSeconds = Math.round(WATCH_MIN_S + random() * WATCH_SPREAD_S);
    const response = await this.#get(signal, {
      query: {
        watch: '1',
        allowWatchBookmarks: 'true',
        timeoutSeconds: String(timeoutSeconds),
        ...query,
      },
      idleTimeoutMs: WATCH_SILENCE_MS,
    });
    const cancel = clock.after(
      timeoutSeconds * 1000 + WATCH_OVERTIME_MS,
      response.discard,
    );
    signal.addEventListener('abort', cancel, { once: true });
    return response;
  }

  async #get(
    signal: AbortSignal,
    options: { query: Record<string, string>; idleTimeoutMs: number },
  ): Promise<TransportResponse> {
    const { transport, resource, namespace, clock } = this.#options;
    const response = await transport.request({
      path: resourcePath(resource, namespace),
      signal,
      headTimeoutMs: HEAD_TIMEOUT_MS,
      ...options,
    });
    await requireSuccess(response, {
      verb: 'watch' in options.query ? 'watch' : 'list',
      now: clock.now(),
    });
    return response;
  }
}
