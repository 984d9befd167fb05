import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import {
  EnvironmentDetail,
  EnvironmentList,
  ServiceDetail,
} from '@koala-ops/backstage-plugin-koala-common';
import { ClusterStats } from '../inventory/ClusterWatcher';
import { InventoryReader } from '../inventory/InventoryReader';
import { VisibilityAuthority } from '../permissions/VisibilityAuthority';
import { ReadModel } from '../resolution/ReadModel';
import { ResolvedChange } from '../resolution/ResolvedChange';
import { describeEnvironment } from './describeEnvironment';
import { describeService } from './describeService';
import { describeUnclaimed } from './describeUnclaimed';
import { EnvironmentContext } from './EnvironmentView';
import {
  KoalaService,
  KoalaServiceRequest,
  SerialisedMatrix,
  StreamEvent,
  StreamSink,
} from './KoalaService';
import { SnapshotCache } from './SnapshotCache';
import { View } from './View';

/** How often an open stream asks again what its reader may see, in milliseconds. */
const REVIEW_MS = 3_000;

export interface AuthorizedKoalaServiceOptions {
  model: ReadModel;
  inventory: InventoryReader;
  authority: VisibilityAuthority;
  /** How each cluster is followed. */
  reports: () => ClusterStats[];
  now: () => number;
}

interface Reader {
  key: string;
  view: View;
}

/** Answers from the read model, each reader with what that reader may see. */
export class AuthorizedKoalaService implements KoalaService {
  static create(options: AuthorizedKoalaServiceOptions): KoalaService {
    return new AuthorizedKoalaService(options);
  }

  readonly #snapshots = new SnapshotCache();
  readonly #changes = new WeakMap<
    ResolvedChange,
    Map<string, StreamEvent | undefined>
  >();

  private constructor(
    private readonly options: AuthorizedKoalaServiceOptions,
  ) {}

  async matrix(request: KoalaServiceRequest): Promise<SerialisedMatrix> {
    const { key, view } = await this.#reader(request);
    this.#requireReady();
    return this.#snapshots.get({
      key,
      revision: view.revision(this.options.model.number),
      make: () => view.matrix(),
    });
  }

  async environments(request: KoalaServiceRequest): Promise<EnvironmentList> {
    const { view } = await this.#reader(request);
    return {
      revision: view.revision(this.options.model.number),
      environments: this.#environmentsOf(view).map(describeEnvironment),
      clusters: view.clusters(),
      problems: view.problems(),
    };
  }

  async environment(
    request: KoalaServiceRequest & { name: string },
  ): Promise<EnvironmentDetail> {
    const { view } = await this.#reader(request);
    this.#requireReady();
    const context = this.#environmentsOf(view).find(
      ({ environment }) => environment.name === request.name,
    );
    if (!context) {
      throw new NotFoundError(
        `There is no environment ${request.name}, or you may not see it.`,
      );
    }
    const names = new Set(
      context.environment.targets.map(({ cluster }) => cluster),
    );
    return {
      revision: view.revision(this.options.model.number),
      environment: describeEnvironment(context),
      unclaimed: describeUnclaimed(context),
      clusters: view.clusters().filter(({ name }) => names.has(name)),
    };
  }

  async clusters(request: KoalaServiceRequest) {
    const { view } = await this.#reader(request);
    return {
      clusters: this.options
        .reports()
        .filter(({ state }) => view.seesCluster(state.name))
        .map(report => ({
          ...report,
          reflectors: report.reflectors.filter(
            ({ namespace }) =>
              namespace === undefined ||
              view.seesNamespaceOn(report.state.name, namespace),
          ),
        })),
    };
  }

  async service(
    request: KoalaServiceRequest & { ref: string },
  ): Promise<ServiceDetail> {
    const { view } = await this.#reader(request);
    this.#requireReady();
    if (!view.seesService(request.ref)) {
      throw new NotFoundError(
        `There is no service ${request.ref}, or you may not see it.`,
      );
    }
    const { model, inventory, now } = this.options;
    return describeService({
      ref: request.ref,
      view,
      model,
      inventory,
      now: now(),
    });
  }

  async stream(
    request: KoalaServiceRequest & { revision?: string; signal: AbortSignal },
    sink: StreamSink,
  ): Promise<void> {
    const { model } = this.options;
    const { revision, signal } = request;
    let reader = await this.#reader(request);
    this.#requireReady();
    sink.open();

    const missed = this.#missedSince(revision);
    if (missed) this.#sendChange(missed, reader, sink);
    else sink.send(snapshotFor(reader));

    const unsubscribe = model.subscribe(change =>
      this.#sendChange(change, reader, sink),
    );
    try {
      while (await pause(REVIEW_MS, signal)) {
        const reviewed = await this.#reader(request);
        // What may be seen has changed: only a snapshot takes away what is no longer allowed.
        if (reviewed.key !== reader.key) sink.send(snapshotFor(reviewed));
        reader = reviewed;
      }
    } finally {
      unsubscribe();
    }
  }

  #environmentsOf(view: View): EnvironmentContext[] {
    const { model, inventory, now } = this.options;
    const shared = { view, model, inventory, now: now() };
    return view
      .seenEnvironments()
      .map(environment => ({ environment, ...shared }));
  }

  async #reader({ credentials }: KoalaServiceRequest): Promise<Reader> {
    const visibility = await this.options.authority.visibilityFor(credentials);
    return {
      key: visibility.key,
      view: new View(this.options.model, visibility),
    };
  }

  /** An answer before the catalog was read would say that there are no services. */
  #requireReady(): void {
    if (!this.options.model.ready) {
      throw new ServiceUnavailableError(
        'Koala is starting: the catalog has not been read yet. Try again in a moment.',
      );
    }
  }

  #missedSince(revision?: string): ResolvedChange | undefined {
    const { model } = this.options;
    const [instance, number] = revision?.split('.') ?? [];
    if (instance !== model.instance || !/^\d{1,15}$/.test(number ?? '')) {
      return undefined;
    }
    return model.since(Number(number));
  }

  /** Made once for all readers who see the same. */
  #sendChange(
    change: ResolvedChange,
    { key, view }: Reader,
    sink: StreamSink,
  ): void {
    let events = this.#changes.get(change);
    if (!events) {
      events = new Map();
      this.#changes.set(change, events);
    }
    if (!events.has(key)) {
      const data = view.change(change);
      events.set(
        key,
        data && { type: 'change', revision: data.revision, data },
      );
    }
    const event = events.get(key);
    if (event) sink.send(event);
  }
}

function snapshotFor({ view }: Reader): StreamEvent {
  const data = view.matrix();
  return { type: 'snapshot', revision: data.revision, data };
}

/** Resolves with false once the signal has aborted. */
function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise(resolve => {
    if (signal.aborted) {
      resolve(false);
      return;
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve(true);
    }, ms);
    timer.unref?.();
    function onAbort() {
      clearTimeout(timer);
      resolve(false);
    }
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
