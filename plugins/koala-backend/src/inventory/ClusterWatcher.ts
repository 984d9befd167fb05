import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ClusterState,
  WatchedKind,
} from '@koala-ops/backstage-plugin-koala-common';
import { ClusterConnection } from '../clusters/ClusterConnection';
import { EventLoopShare } from '../reflector/EventLoopShare';
import { createInterner } from '../reflector/Interner';
import { ListSemaphore } from '../reflector/ListSemaphore';
import { Reflector } from '../reflector/Reflector';
import { ReflectorStats } from '../reflector/ReflectorStats';
import { ReflectorTiming } from '../reflector/ReflectorState';
import {
  WATCHED_RESOURCES,
  WatchedResource,
} from '../reflector/WatchedResource';
import { Clock } from '../transport/Clock';
import {
  ClusterTransport,
  TransportStats,
} from '../transport/ClusterTransport';
import { Heartbeat, HeartbeatTimes } from '../transport/Heartbeat';
import { clusterCondition, isLost, LOSS_GRACE_MS } from './clusterCondition';
import { Inventory } from './Inventory';
import { KindState } from './InventoryReader';
import { KIND_GRACE_MS, kindErrorOf } from './kindErrorOf';

/** Figures of one cluster, for operators. Times in ms since the epoch. */
export interface ClusterStats extends TransportStats {
  state: ClusterState;
  reflectors: ReflectorStats[];
}

/** What all clusters of a process share. */
export interface FleetResources {
  inventory: Inventory;
  logger: LoggerService;
  clock: Clock;
  random: () => number;
  semaphore: ListSemaphore;
  share: EventLoopShare;
  timing?: Partial<ReflectorTiming>;
  heartbeat?: Partial<HeartbeatTimes>;
}

/** Follows one cluster: its connections, a reflector per kind, and the state that these add up to. */
export class ClusterWatcher {
  readonly #shared: FleetResources;
  readonly #intern = createInterner();
  readonly #reflectors = new Map<string, Reflector>();
  #connection: ClusterConnection;
  #namespaces: readonly string[];
  #transport: ClusterTransport | undefined;
  #heartbeat: Heartbeat | undefined;
  #state: ClusterState;
  #kindStates = '';
  #wasLost = false;
  #cancelRecheck = () => {};
  #scheduled = false;
  #stopped = false;

  static start(options: {
    connection: ClusterConnection;
    namespaces: readonly string[];
    shared: FleetResources;
  }): ClusterWatcher {
    const watcher = new ClusterWatcher(options);
    watcher.#start();
    return watcher;
  }

  private constructor(options: {
    connection: ClusterConnection;
    namespaces: readonly string[];
    shared: FleetResources;
  }) {
    this.#shared = options.shared;
    this.#connection = options.connection;
    this.#namespaces = options.namespaces;
    this.#state = {
      name: options.connection.name,
      ...(options.connection.title && { title: options.connection.title }),
      condition: 'syncing',
      since: this.#shared.clock.now(),
    };
  }

  get fingerprint(): string {
    return this.#connection.fingerprint;
  }

  /** Takes over a newer description of the same connection, with its way to get a credential. */
  update(connection: ClusterConnection, namespaces: readonly string[]): void {
    this.#connection = connection;
    if (namespaces.join() !== this.#namespaces.join()) {
      this.#namespaces = namespaces;
      this.#changed();
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelRecheck();
    this.#heartbeat?.stop();
    for (const reflector of this.#reflectors.values()) {
      reflector.stop();
    }
    this.#transport?.close();
  }

  stats(): ClusterStats {
    return {
      connections: 0,
      requests: 0,
      bytes: 0,
      ...this.#transport?.stats(),
      state: this.#state,
      reflectors: [...this.#reflectors.values()].map(reflector =>
        reflector.stats(),
      ),
    };
  }

  #start(): void {
    const { inventory, clock, heartbeat } = this.#shared;
    const { unwatchable, url, ca, skipTlsVerify, tlsServerName } =
      this.#connection;
    inventory.addCluster(this.#state, (kind, namespace) =>
      this.#kindState(kind, namespace),
    );
    if (unwatchable === undefined) {
      this.#transport = ClusterTransport.create({
        endpoint: { url, ca, skipTlsVerify, tlsServerName },
        credential: () => this.#connection.credential(),
        clock,
        onReachability: () => this.#changed(),
      });
      this.#heartbeat = Heartbeat.start({
        transport: this.#transport,
        clock,
        times: heartbeat,
      });
      for (const resource of WATCHED_RESOURCES) {
        this.#follow(resource);
      }
    }
    this.#changed();
  }

  #follow(resource: WatchedResource, namespace?: string): void {
    const { inventory, clock, random, semaphore, share, timing } = this.#shared;
    const cluster = this.#connection.name;
    const reflector = Reflector.create({
      cluster,
      resource,
      namespace,
      transport: this.#transport!,
      writer: inventory.writer(cluster, resource.kind, namespace),
      semaphore,
      share,
      intern: this.#intern,
      clock,
      random,
      timing,
      onChange: () => this.#changed(),
    });
    this.#reflectors.set(keyOf(resource.kind, namespace), reflector);
    reflector.start();
  }

  /** Works out the state once, however much happens in this turn of the event loop. */
  #changed(): void {
    if (!this.#scheduled && !this.#stopped) {
      this.#scheduled = true;
      setImmediate(() => {
        this.#scheduled = false;
        if (!this.#stopped) {
          this.#followNamespaces();
          this.#derive();
        }
      });
    }
  }

  /** Where an account may not read a kind in all namespaces at once, those that are asked for are read by themselves. */
  #followNamespaces(): void {
    for (const resource of WATCHED_RESOURCES) {
      const whole = this.#reflectors.get(keyOf(resource.kind));
      if (!resource.namespaced || !whole) {
        continue;
      }
      const refused = whole.state.failure?.kind === 'forbidden';
      const followed =
        whole.state.phase === 'watching' && whole.state.failure === undefined;
      const wanted = new Set(followed ? [] : this.#namespaces);
      for (const [key, reflector] of this.#reflectors) {
        const { namespace } = reflector;
        if (
          reflector.resource === resource &&
          namespace !== undefined &&
          !wanted.delete(namespace)
        ) {
          reflector.stop();
          this.#reflectors.delete(key);
        }
      }
      if (refused) {
        for (const namespace of wanted) {
          this.#follow(resource, namespace);
        }
      }
    }
  }

  #kindState(kind: WatchedKind, namespace?: string): KindState {
    const now = this.#shared.clock.now();
    const loss = this.#transport?.loss;
    const state = this.#ownKindState(kind, namespace, now);
    return isLost(loss, now)
      ? {
          synced: state.synced,
          error: { code: 'unreachable', message: loss.error.message },
        }
      : state;
  }

  #ownKindState(
    kind: WatchedKind,
    namespace: string | undefined,
    now: number,
  ): KindState {
    const stateOf = (reflector: Reflector): KindState => ({
      synced: reflector.synced,
      error: kindErrorOf(reflector.state, now),
    });
    const one =
      namespace === undefined
        ? undefined
        : this.#reflectors.get(keyOf(kind, namespace));
    if (one) {
      return stateOf(one);
    }
    const parts =
      namespace === undefined
        ? [...this.#reflectors.values()].filter(
            reflector =>
              reflector.resource.kind === kind &&
              reflector.namespace !== undefined,
          )
        : [];
    if (parts.length > 0) {
      const states = parts.map(stateOf);
      return {
        synced: states.every(({ synced }) => synced),
        error: states.find(({ error }) => error)?.error,
      };
    }
    const whole = this.#reflectors.get(keyOf(kind));
    return whole ? stateOf(whole) : { synced: false };
  }

  #derive(): void {
    const { clock, inventory, logger } = this.#shared;
    const now = clock.now();
    const loss = this.#transport?.loss;
    const kinds = WATCHED_RESOURCES.map(({ kind }) => ({
      kind,
      state: this.#ownKindState(kind, undefined, now),
    }));
    const { since, ...verdict } = clusterCondition({
      unwatchable: this.#connection.unwatchable,
      loss,
      kinds,
      now,
    });
    const { condition, message, nextStep, kinds: errors } = this.#state;
    if (!same(verdict, { condition, message, nextStep, kinds: errors })) {
      const { name, title } = this.#state;
      const lastByteAt =
        verdict.condition === 'live' ? undefined : this.#transport?.lastByteAt;
      this.#state = JSON.parse(
        JSON.stringify({
          name,
          title,
          since:
            condition === verdict.condition ? this.#state.since : since ?? now,
          ...verdict,
          lastByteAt,
        }),
      );
      inventory.setClusterState(this.#state);
      if (condition !== verdict.condition) {
        logger[verdict.condition === 'live' ? 'info' : 'warn'](
          `Cluster ${name} is ${verdict.condition}${
            verdict.message ? `: ${verdict.message}` : ''
          }`,
        );
      }
    }
    this.#tellKinds();
    this.#nudge(loss !== undefined);
    this.#recheck(now);
  }

  /** Resolution asks for the state of kinds, so it must hear of changes that leave the cluster's state alone. */
  #tellKinds(): void {
    const kindStates = JSON.stringify(
      [...this.#reflectors.values()].map(({ resource, namespace }) =>
        this.#kindState(resource.kind, namespace),
      ),
    );
    if (kindStates !== this.#kindStates) {
      this.#kindStates = kindStates;
      this.#shared.inventory.kindStateChanged(this.#state.name);
    }
  }

  /** A cluster that is back is worth trying at once. */
  #nudge(lost: boolean): void {
    if (this.#wasLost && !lost) {
      for (const reflector of this.#reflectors.values()) {
        reflector.reachable();
      }
    }
    this.#wasLost = lost;
  }

  /** Looks again when a fault that is not shown yet will have lasted long enough. */
  #recheck(now: number): void {
    this.#cancelRecheck();
    const moments = [...this.#reflectors.values()].flatMap(({ state }) =>
      state.failingSince === undefined
        ? []
        : [state.failingSince + KIND_GRACE_MS],
    );
    const loss = this.#transport?.loss;
    if (loss) {
      moments.push(loss.since + LOSS_GRACE_MS);
    }
    const next = Math.min(...moments.filter(moment => moment > now));
    this.#cancelRecheck = Number.isFinite(next)
      ? this.#shared.clock.after(next - now, () => this.#changed())
      : () => {};
  }
}

function keyOf(kind: WatchedKind, namespace?: string): string {
  return namespace === undefined ? kind : `${kind}/${namespace}`;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
