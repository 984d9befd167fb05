import { KindReplacement, KindWriter } from '../inventory/KindWriter';
import { ApiError } from '../transport/ApiError';
import { Clock } from '../transport/Clock';
import {
  ClusterTransport,
  TransportResponse,
} from '../transport/ClusterTransport';
import { TransportError } from '../transport/TransportError';
import { EventIntake } from './EventIntake';
import { EventLoopShare } from './EventLoopShare';
import { failureOf, NoStreamingListError } from './Failure';
import { KindRequests, LIST_SILENCE_MS } from './KindRequests';
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
import { ReflectorCounters } from './ReflectorCounters';
import { ReflectorStats } from './ReflectorStats';
import { transition } from './transition';
import { parseWatchEvent, WatchEvent } from './WatchEvent';
import { WatchedResource } from './WatchedResource';

/** A list that takes longer has failed, however slowly it moves. */
const LIST_DEADLINE_MS = 5 * 60_000;

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
  readonly #requests: KindRequests;
  readonly #intake: EventIntake;
  readonly #counters = ReflectorCounters.create();
  #state: ReflectorState = IDLE;
  #since: number;
  #watchingSince: number | undefined;
  #wake = () => {};

  static create(options: ReflectorOptions): Reflector {
    return new Reflector(options);
  }

  private constructor(options: ReflectorOptions) {
    this.#options = options;
    this.#requests = KindRequests.create(options);
    this.#intake = EventIntake.create(options);
    this.#timing = { ...REFLECTOR_TIMING, ...options.timing };
    this.#since = options.clock.now();
  }

  get state(): ReflectorState {
    return this.#state;
  }

  /** A complete list has been seen. */
  get synced(): boolean {
    return this.#counters.lists > 0;
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
    const before = this.#state;
    this.#apply({ type: 'reachable' });
    if (this.#state !== before) {
      this.#wake();
    }
  }

  /** Others follow what this one may not: it begins with a list when it may again. */
  superseded(): void {
    this.#apply({ type: 'superseded' });
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
      ...this.#counters.snapshot(),
    };
  }

  async #run(): Promise<void> {
    for (;;) {
      switch (this.#state.phase) {
        case 'listing':
          await this.#attempt(attempt =>
            this.#state.listMode === 'stream'
              ? this.#streamList(attempt)
              : this.#listPages(attempt),
          );
          break;
        case 'watching':
          await this.#attempt(attempt => this.#watch(attempt));
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
  async #attempt(
    work: (attempt: AbortController) => Promise<void>,
  ): Promise<void> {
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
      this.#counters.failure(failure.message);
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
        cancelSilence = clock.after(LIST_SILENCE_MS, () =>
          attempt.abort(
            new NoStreamingListError('a streaming list sent nothing'),
          ),
        );
      }
    };
    const cancelDeadline = this.#limitList(attempt, () => !replacement);
    try {
      watchSilence();
      const response = await this.#requests
        .streamingList(attempt.signal)
        .catch(error => {
          throw error instanceof ApiError && [400, 422].includes(error.status)
            ? new NoStreamingListError(error.message)
            : error;
        });
      await this.#readEvents(response, watchSilence, event => {
        if (!replacement) {
          this.#take(event);
        } else if (event.type !== 'BOOKMARK') {
          this.#intake.collect(replacement, event);
        } else if (event.initialEventsEnd) {
          replacement.commit(event.resourceVersion);
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
      replacement?.abandon();
      release();
      cancelDeadline();
      cancelSilence();
    }
  }

  /** The list page by page, for servers that do not stream it; the watch follows. */
  async #listPages(attempt: AbortController): Promise<void> {
    const { semaphore, cluster, writer, share } = this.#options;
    const release = await semaphore.acquire(cluster, attempt.signal);
    const cancelDeadline = this.#limitList(attempt, () => false);
    const replacement = writer.replacement();
    try {
      let next: string | undefined;
      let resourceVersion: string;
      do {
        const response = await this.#requests.page(attempt.signal, next);
        const page = await readListPage({
          response,
          share,
          onObject: raw => replacement.put(this.#intake.project(raw)),
          onBytes: bytes => this.#counters.bytes(bytes),
        });
        ({ resourceVersion, next } = page);
      } while (next !== undefined);
      attempt.signal.throwIfAborted();
      replacement.commit(resourceVersion);
      this.#listed(resourceVersion);
    } finally {
      replacement.abandon();
      release();
      cancelDeadline();
    }
    await this.#watch(attempt);
  }

  async #watch(attempt: AbortController): Promise<void> {
    const { resourceVersion } = this.#state;
    const response = await this.#requests.watch(
      attempt.signal,
      resourceVersion ?? '',
    );
    this.#watchingSince = this.#options.clock.now();
    this.#apply({ type: 'opened' });
    await this.#readEvents(
      response,
      () => {},
      event => this.#take(event),
    );
  }

  #readEvents(
    response: TransportResponse,
    onChunk: () => void,
    onEvent: (event: WatchEvent) => void,
  ): Promise<void> {
    this.#counters.watch();
    return readWatch({
      response,
      share: this.#options.share,
      onLine: line => {
        // Lines that were read before the end are none of this reflector's business after it.
        this.#stopped.signal.throwIfAborted();
        onEvent(parseWatchEvent(line));
      },
      onBytes: bytes => {
        this.#counters.bytes(bytes);
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

  /** Takes over one event of a watch whose list is complete. */
  #take(event: WatchEvent): void {
    const resourceVersion = this.#intake.take(
      event,
      this.#state.resourceVersion ?? '',
    );
    if (event.type === 'BOOKMARK') {
      this.#counters.bookmark();
    } else {
      this.#counters.event(this.#options.clock.now());
    }
    this.#apply({ type: 'advanced', resourceVersion });
  }

  #listed(resourceVersion: string): void {
    const now = this.#options.clock.now();
    this.#counters.list(now);
    this.#watchingSince = now;
    this.#apply({ type: 'listed', resourceVersion });
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
