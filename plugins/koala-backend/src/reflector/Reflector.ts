import { projectObject } from '@koala-ops/backstage-plugin-koala-common';
import { KindReplacement, KindWriter } from '../inventory/KindWriter';
import { ApiError, ProtocolError } from '../transport/ApiError';
import { Clock } from '../transport/Clock';
import {
  ClusterTransport,
  TransportResponse,
} from '../transport/ClusterTransport';
import { TransportError } from '../transport/TransportError';
import { EventLoopShare } from './EventLoopShare';
import { failureOf, NoStreamingListError } from './Failure';
import { ListSemaphore } from './ListSemaphore';
import { readListPage } from './readList';
import { readWatch } from './readWatch';
import {
  IDLE,
  ReflectorEvent,
  ReflectorState,
  ReflectorTiming,
  REFLECTOR_TIMING,
} from './ReflectorState';
import { ReflectorStats } from './ReflectorStats';
import { requireSuccess } from './requireSuccess';
import { compareResourceVersions } from './resourceVersion';
import { transition } from './transition';
import { parseWatchEvent, WatchEvent } from './WatchEvent';
import { resourcePath, WatchedResource } from './WatchedResource';

const PAGE_SIZE = 500;
/** API servers hold requests back for up to a minute under load. */
const HEAD_TIMEOUT_MS = 60_000;
const PAGE_IDLE_TIMEOUT_MS = 30_000;
/** A list that takes longer has failed, however slowly it moves. */
const LIST_DEADLINE_MS = 5 * 60_000;
/** A bookmark comes every minute, so a watch that is silent for longer may have been forgotten on the way. */
const WATCH_SILENCE_MS = 3 * 60_000;
const WATCH_MIN_S = 300;
const WATCH_SPREAD_S = 300;
/** How long after the time it was asked to end a watch is ended from this side. */
const WATCH_OVERTIME_MS = 30_000;

/** What a reflector follows, and with what. */
export interface ReflectorOptions {
  cluster: string;
  resource: WatchedResource;
  /** Follows only this namespace. */
  namespace?: string;
  transport: ClusterTransport;
  writer: KindWriter;
  semaphore: ListSemaphore;
  share: EventLoopShare;
  /** Shares equal texts between objects. */
  intern: (text: string) => string;
  clock: Clock;
  random: () => number;
  timing?: Partial<ReflectorTiming>;
  /** Called after each change of phase, and when a list is complete. */
  onChange: () => void;
}

/** Keeps the objects of one kind equal to those of the cluster, by a list and a watch, through every fault. */
export class Reflector {
  readonly #options: ReflectorOptions;
  readonly #timing: ReflectorTiming;
  readonly #stopped = new AbortController();
  readonly #counts = {
    lists: 0,
    watches: 0,
    events: 0,
    bookmarks: 0,
    failures: 0,
    bytes: 0,
  };
  #state: ReflectorState = IDLE;
  #since: number;
  #lastListAt: number | undefined;
  #lastEventAt: number | undefined;
  #lastFailure: string | undefined;
  #watchingSince: number | undefined;
  #wake = () => {};

  static create(options: ReflectorOptions): Reflector {
    return new Reflector(options);
  }

  private constructor(options: ReflectorOptions) {
    this.#options = options;
    this.#timing = { ...REFLECTOR_TIMING, ...options.timing };
    this.#since = options.clock.now();
  }

  get state(): ReflectorState {
    return this.#state;
  }

  /** A complete list has been seen. */
  get synced(): boolean {
    return this.#counts.lists > 0;
  }

  get resource(): WatchedResource {
    return this.#options.resource;
  }

  get namespace(): string | undefined {
    return this.#options.namespace;
  }

  start(): void {
    if (this.#state.phase === 'idle') {
      this.#apply({ type: 'start' });
      void this.#run();
    }
  }

  stop(): void {
    this.#apply({ type: 'stop' });
    this.#stopped.abort();
    this.#wake();
  }

  /** The cluster answers again: no reason to wait longer. */
  reachable(): void {
    this.#apply({ type: 'reachable' });
    this.#wake();
  }

  stats(): ReflectorStats {
    return {
      kind: this.resource.kind,
      namespace: this.namespace,
      phase: this.#state.phase,
      since: this.#since,
      listMode: this.#state.listMode,
      synced: this.synced,
      objects: this.#options.writer.size,
      ...this.#counts,
      lastListAt: this.#lastListAt,
      lastEventAt: this.#lastEventAt,
      lastFailure: this.#lastFailure,
    };
  }

  async #run(): Promise<void> {
    for (;;) {
      switch (this.#state.phase) {
        case 'listing':
          await this.#attempt(signal =>
            this.#state.listMode === 'stream'
              ? this.#streamList(signal)
              : this.#listPages(signal),
          );
          break;
        case 'watching':
          await this.#attempt(signal => this.#watch(signal));
          break;
        case 'backoff':
        case 'parked':
          await this.#wait();
          break;
        default:
          return;
      }
    }
  }

  /** Runs a list or a watch; whatever goes wrong becomes an event of the state machine. */
  async #attempt(work: (attempt: AbortController) => Promise<void>) {
    const attempt = new AbortController();
    const stop = () => attempt.abort();
    this.#stopped.signal.addEventListener('abort', stop, { once: true });
    this.#watchingSince = undefined;
    try {
      await work(attempt);
      this.#apply({ type: 'ended', watchedMs: this.#watchedMs() });
    } catch (error) {
      if (this.#state.phase === 'stopped') {
        return;
      }
      // An attempt that ends itself says why.
      const failure = failureOf(
        attempt.signal.aborted && attempt.signal.reason instanceof Error
          ? attempt.signal.reason
          : error,
      );
      this.#counts.failures += 1;
      this.#lastFailure = failure.message;
      this.#apply({ type: 'failed', failure, watchedMs: this.#watchedMs() });
    } finally {
      this.#stopped.signal.removeEventListener('abort', stop);
      attempt.abort();
    }
  }

  async #wait(): Promise<void> {
    const { delayMs } = this.#state;
    let cancel = () => {};
    const due = await new Promise<boolean>(resolve => {
      this.#wake = () => resolve(false);
      cancel = this.#options.clock.after(delayMs ?? 0, () => resolve(true));
    });
    cancel();
    this.#wake = () => {};
    if (due) {
      this.#apply({ type: 'due' });
    }
  }

  /** One watch that begins with the whole state: list and watch without a gap, and object by object. */
  async #streamList(attempt: AbortController): Promise<void> {
    const { semaphore, cluster, writer, clock } = this.#options;
    const release = await semaphore.acquire(cluster, attempt.signal);
    let replacement: KindReplacement | undefined = writer.replacement();
    let cancelSilence = () => {};
    const watchSilence = () => {
      cancelSilence();
      if (replacement) {
        cancelSilence = clock.after(PAGE_IDLE_TIMEOUT_MS, () =>
          attempt.abort(
            new NoStreamingListError('a streaming list sent nothing'),
          ),
        );
      }
    };
    const cancelDeadline = this.#limitList(attempt, () => !replacement);
    try {
      watchSilence();
      const response = await this.#open(attempt.signal, {
        sendInitialEvents: 'true',
        resourceVersionMatch: 'NotOlderThan',
        resourceVersion: '',
      }).catch(error => {
        throw error instanceof ApiError && [400, 422].includes(error.status)
          ? new NoStreamingListError(error.message)
          : error;
      });
      await this.#readEvents(response, watchSilence, event => {
        if (!replacement) {
          this.#take(event);
        } else if (event.type !== 'BOOKMARK') {
          // The initial events come in no order, so their versions prove nothing.
          this.#collect(replacement, event);
        } else if (event.initialEventsEnd) {
          replacement.commit();
          replacement = undefined;
          release();
          cancelDeadline();
          cancelSilence();
          this.#listed(event.resourceVersion);
        } else {
          throw new NoStreamingListError(
            'the server sent a bookmark in place of the end of a streaming list',
          );
        }
      });
      if (replacement) {
        throw new TransportError({
          code: 'lost',
          message: 'A streaming list ended before it was complete',
        });
      }
    } finally {
      release();
      cancelDeadline();
      cancelSilence();
    }
  }

  /** The list page by page, for servers that do not stream it; the watch follows. */
  async #listPages(attempt: AbortController): Promise<void> {
    const { semaphore, cluster, writer, clock, share } = this.#options;
    const release = await semaphore.acquire(cluster, attempt.signal);
    const cancelDeadline = this.#limitList(attempt, () => false);
    try {
      const replacement = writer.replacement();
      let next: string | undefined;
      let resourceVersion: string;
      do {
        const response = await this.#request(attempt.signal, {
          query: {
            limit: String(PAGE_SIZE),
            ...(next !== undefined && { continue: next }),
          },
          idleTimeoutMs: PAGE_IDLE_TIMEOUT_MS,
        });
        await requireSuccess(response, clock.now());
        const page = await readListPage({
          response,
          share,
          onObject: raw => replacement.put(this.#project(raw)),
          onBytes: bytes => this.#countBytes(bytes),
        });
        ({ resourceVersion, next } = page);
      } while (next !== undefined);
      replacement.commit();
      this.#listed(resourceVersion);
    } finally {
      release();
      cancelDeadline();
    }
    await this.#watch(attempt);
  }

  async #watch(attempt: AbortController): Promise<void> {
    const { resourceVersion } = this.#state;
    const response = await this.#open(attempt.signal, {
      resourceVersion: resourceVersion ?? '',
    });
    this.#watchingSince = this.#options.clock.now();
    this.#apply({ type: 'opened' });
    await this.#readEvents(
      response,
      () => {},
      event => this.#take(event),
    );
  }

  /** Starts a watch and makes sure that it ends. */
  async #open(
    signal: AbortSignal,
    query: Record<string, string>,
  ): Promise<TransportResponse> {
    const { clock, random } = this.#options;
    const timeoutSeconds = Math.round(WATCH_MIN_S + random() * WATCH_SPREAD_S);
    const response = await this.#request(signal, {
      query: {
        watch: '1',
        allowWatchBookmarks: 'true',
        timeoutSeconds: String(timeoutSeconds),
        ...query,
      },
      idleTimeoutMs: WATCH_SILENCE_MS,
    });
    await requireSuccess(response, clock.now());
    this.#counts.watches += 1;
    const cancel = clock.after(
      timeoutSeconds * 1000 + WATCH_OVERTIME_MS,
      response.discard,
    );
    signal.addEventListener('abort', cancel, { once: true });
    return response;
  }

  #request(
    signal: AbortSignal,
    options: { query: Record<string, string>; idleTimeoutMs: number },
  ): Promise<TransportResponse> {
    const { transport, resource, namespace } = this.#options;
    return transport.request({
      path: resourcePath(resource, namespace),
      signal,
      headTimeoutMs: HEAD_TIMEOUT_MS,
      ...options,
    });
  }

  #readEvents(
    response: TransportResponse,
    onChunk: () => void,
    onEvent: (event: WatchEvent) => void,
  ): Promise<void> {
    return readWatch({
      response,
      share: this.#options.share,
      onLine: line => onEvent(parseWatchEvent(line)),
      onBytes: bytes => {
        this.#countBytes(bytes);
        onChunk();
      },
    });
  }

  #limitList(attempt: AbortController, done: () => boolean): () => void {
    return this.#options.clock.after(LIST_DEADLINE_MS, () => {
      if (!done()) {
        attempt.abort(
          new TransportError({
            code: 'timeout',
            message: `A list was not complete after ${
              LIST_DEADLINE_MS / 60_000
            } min`,
            nextStep: 'Check the load of the API server and the network.',
          }),
        );
      }
    });
  }

  #collect(replacement: KindReplacement, event: WatchEvent): void {
    switch (event.type) {
      case 'ERROR':
        throw event.error;
      case 'DELETED':
        replacement.remove(this.#project(event.object));
        break;
      case 'ADDED':
      case 'MODIFIED':
        replacement.put(this.#project(event.object));
        break;
      default:
    }
  }

  /** Takes over one event of a watch whose list is complete. */
  #take(event: WatchEvent): void {
    if (event.type === 'ERROR') {
      throw event.error;
    }
    const { resourceVersion } = this.#state;
    const order = compareResourceVersions(
      event.resourceVersion,
      resourceVersion ?? '',
    );
    if (order !== undefined && order < 0) {
      throw new ProtocolError(
        `a watch went back from resourceVersion ${resourceVersion} to ${event.resourceVersion}`,
      );
    }
    switch (event.type) {
      case 'BOOKMARK':
        this.#counts.bookmarks += 1;
        break;
      case 'DELETED':
        this.#options.writer.remove(this.#project(event.object));
        this.#countEvent();
        break;
      default:
        this.#options.writer.put(this.#project(event.object));
        this.#countEvent();
    }
    this.#apply({
      type: 'advanced',
      resourceVersion: event.resourceVersion,
    });
  }

  #project(raw: unknown) {
    const { intern, resource } = this.#options;
    return projectObject(resource.kind, raw, { intern });
  }

  #listed(resourceVersion: string): void {
    this.#counts.lists += 1;
    this.#lastListAt = this.#options.clock.now();
    this.#watchingSince = this.#lastListAt;
    this.#apply({ type: 'listed', resourceVersion });
  }

  #countEvent(): void {
    this.#counts.events += 1;
    this.#lastEventAt = this.#options.clock.now();
  }

  #countBytes(bytes: number): void {
    this.#counts.bytes += bytes;
  }

  #watchedMs(): number {
    return this.#watchingSince === undefined
      ? 0
      : this.#options.clock.now() - this.#watchingSince;
  }

  #apply(event: ReflectorEvent): void {
    const { clock, random, onChange } = this.#options;
    const before = this.#state;
    this.#state = transition(before, event, {
      now: clock.now(),
      random,
      timing: this.#timing,
    });
    if (before.phase !== this.#state.phase) {
      this.#since = clock.now();
    }
    if (
      before.phase !== this.#state.phase ||
      before.failure !== this.#state.failure ||
      event.type === 'listed'
    ) {
      onChange();
    }
  }
}
