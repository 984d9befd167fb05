import { WatchedKind } from '@koala-ops/backstage-plugin-koala-common';
import { createInterner } from '../reflector/Interner';
import { Reflector } from '../reflector/Reflector';
import { ReflectorStats } from '../reflector/ReflectorStats';
import {
  WATCHED_RESOURCES,
  WatchedResource,
} from '../reflector/WatchedResource';
import { ClusterTransport } from '../transport/ClusterTransport';
import { FleetResources } from './FleetResources';
import { KindState } from './InventoryReader';
import { KIND_GRACE_MS, kindErrorOf } from './kindErrorOf';

/**
 * The reflectors of one cluster: one per kind, and where the account may not read a kind in all namespaces at
 * once, one for each namespace that is asked for.
 */
export class ReflectorSet {
  readonly #options: ReflectorSetOptions;
  readonly #intern = createInterner();
  readonly #reflectors = new Map<string, Reflector>();

  static start(options: ReflectorSetOptions): ReflectorSet {
    const set = new ReflectorSet(options);
    WATCHED_RESOURCES.forEach(resource => set.#follow(resource));
    return set;
  }

  private constructor(options: ReflectorSetOptions) {
    this.#options = options;
  }

  stop(): void {
    this.#reflectors.forEach(reflector => reflector.stop());
  }

  /** The cluster answers again. */
  reachable(): void {
    this.#reflectors.forEach(reflector => reflector.reachable());
  }

  stats(): ReflectorStats[] {
    return [...this.#reflectors.values()].map(reflector => reflector.stats());
  }

  /** Every kind and namespace that a reflector follows. */
  scopes(): Array<{ kind: WatchedKind; namespace?: string }> {
    return [...this.#reflectors.values()].map(({ resource, namespace }) => ({
      kind: resource.kind,
      namespace,
    }));
  }

  /** How a kind stands, in one namespace or in all that are followed. */
  kindState(kind: WatchedKind, namespace?: string): KindState {
    const one = this.#reflectors.get(keyOf(kind, namespace));
    if (namespace !== undefined) {
      const reflector = one ?? this.#reflectors.get(keyOf(kind));
      return reflector ? this.#stateOf(reflector) : { synced: false };
    }
    const parts = this.#parts(kind);
    const states = (parts.length > 0 || !one ? parts : [one]).map(reflector =>
      this.#stateOf(reflector),
    );
    return {
      synced: states.length > 0 && states.every(({ synced }) => synced),
      error: states.find(({ error }) => error)?.error,
    };
  }

  /** When a fault that is not shown yet will have lasted long enough to be; ms since the epoch. */
  dueFaults(): number[] {
    return [...this.#reflectors.values()].flatMap(({ state }) =>
      state.failingSince === undefined
        ? []
        : [state.failingSince + KIND_GRACE_MS],
    );
  }

  /** Follows a kind by namespace where, and only as long as, it may not be read as a whole. */
  followNamespaces(namespaces: readonly string[]): void {
    for (const resource of WATCHED_RESOURCES) {
      const whole = this.#reflectors.get(keyOf(resource.kind));
      if (!resource.namespaced || !whole) {
        continue;
      }
      const { phase, failure } = whole.state;
      const followed = phase === 'watching' && failure === undefined;
      const wanted = new Set(followed ? [] : namespaces);
      for (const reflector of this.#parts(resource.kind)) {
        if (!wanted.delete(reflector.namespace!)) {
          reflector.stop();
          this.#reflectors.delete(keyOf(resource.kind, reflector.namespace));
        }
      }
      if (failure?.kind === 'forbidden') {
        wanted.forEach(namespace => this.#follow(resource, namespace));
      }
    }
  }

  #parts(kind: WatchedKind): Reflector[] {
    return [...this.#reflectors.values()].filter(
      ({ resource, namespace }) =>
        resource.kind === kind && namespace !== undefined,
    );
  }

  #stateOf(reflector: Reflector): KindState {
    return {
      synced: reflector.synced,
      error: kindErrorOf(reflector.state, this.#options.shared.clock.now()),
    };
  }

  #follow(resource: WatchedResource, namespace?: string): void {
    const { cluster, transport, shared, onChange } = this.#options;
    const { inventory, clock, random, semaphore, share, timing } = shared;
    const reflector = Reflector.create({
      cluster,
      resource,
      namespace,
      transport,
      writer: inventory.writer(cluster, resource.kind, namespace),
      semaphore,
      share,
      intern: this.#intern,
      clock,
      random,
      timing,
      onChange,
    });
    this.#reflectors.set(keyOf(resource.kind, namespace), reflector);
    reflector.start();
  }
}

interface ReflectorSetOptions {
  cluster: string;
  transport: ClusterTransport;
  shared: FleetResources;
  /** Called whenever a reflector changes its phase or completes a list. */
  onChange: () => void;
}

function keyOf(kind: WatchedKind, namespace?: string): string {
  return namespace === undefined ? kind : `${kind}/${namespace}`;
}
