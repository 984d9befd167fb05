import { ApiClient } from './ApiClient';
import { ApiError } from './ApiError';
import { Backoff } from './Backoff';
import { Clock } from './Clock';
import { Logger } from './Logger';
import { KubeObject } from './objects';
import { ObjectStore } from './ObjectStore';
import { Resource } from './resources';
import { Query } from './resourcePath';

/**
 * What an informer tells. A relist tells only differences; an object of the same name and another uid is
 * told as deleted, then added.
 *
 * @public
 */
export interface InformerHandler<T> {
  added?(object: T): void;
  updated?(object: T, old: T): void;
  deleted?(object: T): void;
}

/** @public */
export interface InformerOptions<T extends KubeObject> {
  client: ApiClient;
  resource: Resource<T>;
  clock: Clock;
  logger: Logger;
  /** Label or field selector, where not every object matters. */
  query?: Query;
}

/** A server that froze keeps the connection open: no watch is trusted for longer than this. */
const WATCH_SECONDS = 300;
const GUARD_MS = (WATCH_SECONDS + 30) * 1000;

/** Who owns which field is half of an object, and nothing that a controller asks; a write without it changes no owner. */
function forgetOwners({ metadata }: KubeObject): void {
  delete (metadata as { managedFields?: unknown }).managedFields;
}

/**
 * A local copy of one resource that follows the server: list, then watch, then watch again. A stream that
 * breaks, an expired resourceVersion or a restarted server leads to a new list, and the differences are
 * told as if they had been watched.
 *
 * @public
 */
export class Informer<T extends KubeObject> {
  private readonly store = new ObjectStore<T>();
  private readonly handlers: InformerHandler<T>[] = [];
  private readonly abort = new AbortController();
  private readonly backoff = new Backoff({ initialMs: 200, maxMs: 5_000 });
  private readonly synced: Promise<void>;
  private resolveSynced: () => void = () => {};
  private isSynced = false;
  private lastProblem = '';

  private constructor(private readonly options: InformerOptions<T>) {
    this.synced = new Promise(resolve => {
      this.resolveSynced = resolve;
    });
  }

  static start<T extends KubeObject>(options: InformerOptions<T>): Informer<T> {
    const informer = new Informer(options);
    void informer.run();
    return informer;
  }

  /** Handlers added late are told of everything that is there already. */
  addHandler(handler: InformerHandler<T>): void {
    this.handlers.push(handler);
    for (const object of this.store.list()) {
      handler.added?.(object);
    }
  }

  get(namespace: string | undefined, name: string): T | undefined {
    return this.store.get(namespace, name);
  }

  list(namespace?: string): T[] {
    return this.store.list(namespace);
  }

  get hasSynced(): boolean {
    return this.isSynced;
  }

  /** Resolves once the first list has arrived, or the informer was stopped. */
  whenSynced(): Promise<void> {
    return this.synced;
  }

  stop(): void {
    this.abort.abort();
    this.resolveSynced();
  }

  private async run(): Promise<void> {
    let resourceVersion: string | undefined;
    while (!this.abort.signal.aborted) {
      try {
        resourceVersion ??= await this.relist();
        resourceVersion = await this.follow(resourceVersion);
      } catch (error) {
        if (this.abort.signal.aborted) {
          return;
        }
        resourceVersion = undefined;
        this.report(error);
        await this.pause(this.backoff.next());
      }
    }
  }

  private async relist(): Promise<string> {
    const { client, resource, query } = this.options;
    const list = await client.list(resource, { query });
    list.items.forEach(forgetOwners);
    const { added, updated, deleted } = this.store.replace(list.items);
    deleted.forEach(object => this.tell('deleted', object));
    added.forEach(object => this.tell('added', object));
    updated.forEach(([object, old]) => this.tell('updated', object, old));
    if (this.lastProblem) {
      this.options.logger.info(`Following ${resource.plural} again.`);
      this.lastProblem = '';
    }
    this.isSynced = true;
    this.resolveSynced();
    return list.metadata?.resourceVersion ?? '';
  }

  /** Ends with the last resourceVersion where the server closed the stream in order, else throws. */
  private async follow(from: string): Promise<string> {
    const { client, resource, query, clock } = this.options;
    const abort = new AbortController();
    const stop = () => abort.abort();
    this.abort.signal.addEventListener('abort', stop, { once: true });
    const guard = clock.setTimeout(stop, GUARD_MS);
    let resourceVersion = from;
    try {
      const lines = client.watch(resource, {
        signal: abort.signal,
        query: {
          ...query,
          resourceVersion,
          allowWatchBookmarks: 'true',
          timeoutSeconds: WATCH_SECONDS,
        },
      });
      for await (const { type, object } of lines) {
        if (type === 'ERROR') {
          throw ApiError.fromResponse({
            code: (object as { code?: number }).code ?? 500,
            text: JSON.stringify(object),
            request: `watch of ${resource.plural}`,
          });
        }
        resourceVersion = object.metadata.resourceVersion ?? resourceVersion;
        if (type !== 'BOOKMARK') {
          forgetOwners(object);
          this.apply(type, object);
        }
        this.backoff.reset();
      }
      return resourceVersion;
    } finally {
      clock.clearTimeout(guard);
      this.abort.signal.removeEventListener('abort', stop);
      abort.abort();
    }
  }

  private apply(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: T): void {
    if (type === 'DELETED') {
      this.store.delete(object);
      this.tell('deleted', object);
      return;
    }
    const old = this.store.put(object);
    if (old) {
      this.tell('updated', object, old);
    } else {
      this.tell('added', object);
    }
  }

  private tell(kind: keyof InformerHandler<T>, object: T, old?: T): void {
    for (const handler of this.handlers) {
      handler[kind]?.(object, old as T);
    }
  }

  /** An expired version is daily business; anything else is said once until it is over. */
  private report(error: unknown): void {
    const { logger, resource } = this.options;
    const message = error instanceof Error ? error.message : String(error);
    if (!ApiError.is(error, 410) && message !== this.lastProblem) {
      logger.warn(`Lost ${resource.plural}, trying again: ${message}`);
      this.lastProblem = message;
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = this.options.clock.setTimeout(resolve, ms);
      this.abort.signal.addEventListener(
        'abort',
        () => {
          this.options.clock.clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    });
  }
}
