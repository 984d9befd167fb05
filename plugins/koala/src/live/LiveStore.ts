import {
  applyMatrixChange,
  Cell,
  Matrix,
} from '@koala-ops/backstage-plugin-koala-common';
import type { RequestOptions, StreamOptions } from '../api/KoalaApi';
import { LiveConnection } from './LiveConnection';
import { LiveMatrix, LiveSnapshot } from './LiveMatrix';
import { backoffPause, LIVE_TIMING } from './liveTiming';
import { MatrixIndex } from './MatrixIndex';
import { PageVisibility } from './PageVisibility';
import { reconcileMatrix } from './reconcileMatrix';
import { Timers } from './Timers';

/** Where the live store reads from. */
export interface LiveSource {
  getMatrix(options?: RequestOptions): Promise<Matrix>;
  openStream(options: StreamOptions): Promise<void>;
}

/**
 * The matrix, kept current. It reads once, then follows one stream; when that breaks it tries again
 * with growing pauses, after ten seconds it asks by itself every ten, and says in each case which of
 * these it is. It works only while somebody subscribes and the tab is visible.
 */
export class LiveStore implements LiveMatrix {
  readonly #index = new MatrixIndex();
  readonly #listeners = new Set<() => void>();
  #snapshot: LiveSnapshot;
  #heardAt: number | undefined;
  #running = false;
  #attempt = 0;
  #lostSince: number | undefined;
  /** Aborts the request or stream that is under way; what a stale one still delivers is dropped. */
  #current: AbortController | undefined;

  static create(options: {
    source: LiveSource;
    timers?: Timers;
    visibility?: PageVisibility;
    random?: () => number;
  }): LiveStore {
    return new LiveStore(
      options.source,
      options.timers ?? Timers.create(),
      options.visibility ?? PageVisibility.ofDocument(),
      options.random ?? Math.random,
    );
  }

  private constructor(
    private readonly source: LiveSource,
    private readonly timers: Timers,
    private readonly visibility: PageVisibility,
    private readonly random: () => number,
  ) {
    this.#snapshot = {
      connection: { state: 'connecting', since: timers.now() },
    };
  }

  readonly getSnapshot = (): LiveSnapshot => this.#snapshot;

  /** When the backend was heard last, heartbeats included; ms since the epoch. */
  readonly getHeardAt = (): number | undefined => this.#heardAt;

  /** The first subscriber opens the connection, the last one to leave closes it a little later. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.timers.cancel('linger');
    this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        this.timers.set('linger', LIVE_TIMING.linger, () => this.#stop());
      }
    };
  };

  getCell(service: string, environment: string): Cell | undefined {
    return this.#index.getCell(service, environment);
  }

  /** Hears of one cell only. Does not open the connection. */
  subscribeCell(
    service: string,
    environment: string,
    listener: () => void,
  ): () => void {
    return this.#index.subscribeCell(service, environment, listener);
  }

  /** Changes whenever anything about this service changed; undefined before it was seen. */
  getServiceRevision(service: string): string | undefined {
    return this.#index.getServiceRevision(service);
  }

  /** Tries at once, whatever pause is running. */
  retry(): void {
    if (this.#running) {
      this.#attempt = 0;
      this.#connect();
    }
  }

  #start(): void {
    if (this.#running) {
      return;
    }
    this.#running = true;
    this.visibility.onChange = hidden => this.#onVisibility(hidden);
    this.#connect();
  }

  #stop(): void {
    this.#running = false;
    this.visibility.onChange = undefined;
    this.#disconnect();
  }

  #disconnect(): void {
    this.#current?.abort();
    this.#current = undefined;
    this.#lostSince = undefined;
    this.#attempt = 0;
    this.timers.cancelAll();
  }

  #onVisibility(hidden: boolean): void {
    if (hidden) {
      this.timers.set('hidden', LIVE_TIMING.hidden, () => {
        if (this.#listeners.size === 0) {
          this.#stop();
        } else {
          this.#disconnect();
        }
      });
    } else {
      this.timers.cancel('hidden');
      if (!this.#current && this.#lostSince === undefined) {
        this.#connect();
      }
    }
  }

  async #connect(): Promise<void> {
    this.#current?.abort();
    const controller = new AbortController();
    this.#current = controller;
    const isCurrent = () => this.#current === controller;
    this.timers.cancel('reconnect');
    this.#expectAnswer(controller);
    let openedAt: number | undefined;
    try {
      if (!this.#snapshot.matrix) {
        // Read first: an answer is compressed, a stream cannot be.
        const matrix = await this.source.getMatrix({
          signal: controller.signal,
        });
        if (!isCurrent()) {
          return;
        }
        this.#take(matrix);
        this.#expectAnswer(controller);
      }
      await this.source.openStream({
        revision: this.#snapshot.matrix?.revision,
        signal: controller.signal,
        onOpen: () => {
          if (isCurrent()) {
            openedAt = this.timers.now();
            this.#onOpen();
          }
        },
        onBytes: () => isCurrent() && this.#onBytes(),
        onSnapshot: matrix => isCurrent() && this.#take(matrix),
        onChange: change => {
          if (isCurrent() && this.#snapshot.matrix) {
            this.#show(applyMatrixChange(this.#snapshot.matrix, change));
          }
        },
      });
      if (!isCurrent()) {
        return;
      }
      if (
        openedAt !== undefined &&
        this.timers.now() - openedAt >= LIVE_TIMING.stable
      ) {
        // The server ends a stream when its token expires: nothing is wrong, go on at once.
        this.#connect();
        return;
      }
      this.#lost(undefined, controller);
    } catch (error) {
      this.#lost(error as Error, controller);
    }
  }

  /** A request that hangs is as lost as one that fails. */
  #expectAnswer(controller: AbortController): void {
    this.timers.set('answer', LIVE_TIMING.answer, () => {
      this.#lost(new Error('The backend does not answer'), controller);
      controller.abort();
    });
  }

  #onOpen(): void {
    this.#lostSince = undefined;
    this.timers.cancel('answer');
    this.timers.cancel('poll');
    this.#onBytes();
    this.timers.set('stable', LIVE_TIMING.stable, () => {
      this.#attempt = 0;
    });
    this.#connection('live');
  }

  #onBytes(): void {
    this.#heardAt = this.timers.now();
    const controller = this.#current;
    this.timers.set('silence', LIVE_TIMING.silence, () => {
      if (controller && controller === this.#current) {
        this.#lost(new Error('The stream fell silent'), controller);
        controller.abort();
      }
    });
  }

  #lost(error: Error | undefined, controller: AbortController): void {
    if (this.#current !== controller) {
      return;
    }
    this.#current = undefined;
    this.timers.cancel('answer');
    this.timers.cancel('silence');
    this.timers.cancel('stable');
    if (this.#lostSince === undefined) {
      this.#lostSince = this.timers.now();
      this.timers.set('poll', LIVE_TIMING.pollAfter, () => this.#poll());
    }
    if (!this.#snapshot.matrix) {
      this.#update({ error: error ?? this.#snapshot.error });
    } else if (
      ['live', 'connecting'].includes(this.#snapshot.connection.state)
    ) {
      this.#connection('reconnecting');
    }
    const pause = backoffPause({
      attempt: this.#attempt,
      random: this.random(),
    });
    this.#attempt += 1;
    this.timers.set('reconnect', pause, () => this.#connect());
  }

  async #poll(): Promise<void> {
    this.timers.set('poll', LIVE_TIMING.pollEvery, () => this.#poll());
    const lostSince = this.#lostSince;
    const isCurrent = () =>
      this.#running && lostSince !== undefined && this.#lostSince === lostSince;
    try {
      const matrix = await this.source.getMatrix();
      if (isCurrent()) {
        this.#take(matrix);
        this.#connection('polling');
      }
    } catch (error) {
      if (isCurrent()) {
        this.#connection('offline', this.#heardAt ?? lostSince);
        this.#update({ error: error as Error });
      }
    }
  }

  #take(matrix: Matrix): void {
    this.#heardAt = this.timers.now();
    this.#show(reconcileMatrix(this.#snapshot.matrix, matrix));
  }

  #show(matrix: Matrix): void {
    this.#index.replace(matrix);
    this.#update({ matrix, error: undefined });
  }

  #connection(
    state: LiveConnection['state'],
    since: number = this.timers.now(),
  ): void {
    if (this.#snapshot.connection.state !== state) {
      this.#update({ connection: { state, since } });
    }
  }

  #update(part: Partial<LiveSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...part };
    this.#listeners.forEach(listener => listener());
  }
}
