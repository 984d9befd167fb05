import {
  ClusterState,
  WatchedKind,
} from '@koala-ops/backstage-plugin-koala-common';
import { ClusterConnection } from '../clusters/ClusterConnection';
import { ReflectorStats } from '../reflector/ReflectorStats';
import {
  ClusterTransport,
  TransportStats,
} from '../transport/ClusterTransport';
import { Heartbeat } from '../transport/Heartbeat';
import { clusterCondition, isLost, LOSS_GRACE_MS } from './clusterCondition';
import { FleetResources } from './FleetResources';
import { KindState } from './InventoryReader';
import { NamespaceDemand } from './NamespaceDemand';
import { ReflectorSet } from './ReflectorSet';

/** Figures of one cluster, for operators. Times in ms since the epoch. */
export interface ClusterStats extends TransportStats {
  state: ClusterState;
  reflectors: ReflectorStats[];
}

interface ClusterWatcherOptions {
  connection: ClusterConnection;
  demand: NamespaceDemand;
  shared: FleetResources;
}

/** Follows one cluster: its connections, its reflectors, and the state that these add up to. */
export class ClusterWatcher {
  readonly #shared: FleetResources;
  #connection: ClusterConnection;
  #demand: NamespaceDemand;
  #transport: ClusterTransport | undefined;
  #heartbeat: Heartbeat | undefined;
  #reflectors: ReflectorSet | undefined;
  #state: ClusterState;
  #kindStates = '';
  #wasLost = false;
  #cancelRecheck = () => {};
  #scheduled = false;
  #stopped = false;

  /** Begins to follow the cluster. Never throws: what is wrong with a connection becomes its state. */
  static start(options: ClusterWatcherOptions): ClusterWatcher {
    const watcher = new ClusterWatcher(options);
    watcher.#start();
    return watcher;
  }

  private constructor(options: ClusterWatcherOptions) {
    const { connection } = options;
    this.#shared = options.shared;
    this.#connection = connection;
    this.#demand = options.demand;
    this.#state = {
      name: connection.name,
      ...(connection.title && { title: connection.title }),
      condition: 'syncing',
      since: this.#shared.clock.now(),
    };
  }

  get connection(): ClusterConnection {
    return this.#connection;
  }

  /** Takes over a newer description of the same connection, with its way to get a credential. */
  update(connection: ClusterConnection): void {
    this.#connection = connection;
  }

  /** Says what is wanted of the cluster where its account may not read the whole of it. */
  follow(demand: NamespaceDemand): void {
    if (!same(demand, this.#demand)) {
      this.#demand = demand;
      this.#reflectors?.followNamespaces(demand.names);
      this.#changed();
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelRecheck();
    this.#heartbeat?.stop();
    this.#reflectors?.stop();
    this.#transport?.close();
  }

  stats(): ClusterStats {
    return {
      connections: 0,
      requests: 0,
      bytes: 0,
      ...this.#transport?.stats(),
      state: this.#state,
      reflectors: this.#reflectors?.stats() ?? [],
    };
  }

  #start(): void {
    const { inventory, clock, heartbeat } = this.#shared;
    const { name, url, ca, skipTlsVerify, tlsServerName } = this.#connection;
    inventory.addCluster(this.#state, (kind, namespace) =>
      this.#kindState(kind, namespace),
    );
    if (this.#unwatchable === undefined) {
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
      this.#reflectors = ReflectorSet.start({
        cluster: name,
        transport: this.#transport,
        shared: this.#shared,
        onChange: () => this.#changed(),
      });
      this.#reflectors.followNamespaces(this.#demand.names);
    }
    this.#changed();
  }

  get #unwatchable(): string | undefined {
    const { unwatchable, url } = this.#connection;
    return (
      unwatchable ??
      (URL.canParse(url) ? undefined : `Its URL "${url}" cannot be read`)
    );
  }

  /** Works out the state once, however much happens in this turn of the event loop. */
  #changed(): void {
    if (!this.#scheduled && !this.#stopped) {
      this.#scheduled = true;
      setImmediate(() => {
        this.#scheduled = false;
        if (!this.#stopped) {
          this.#nudge();
          this.#derive();
          this.#tellKinds();
          this.#recheck();
        }
      });
    }
  }

  #kindState(kind: WatchedKind, namespace?: string): KindState {
    const state = this.#reflectors?.kindState(kind, namespace) ?? {
      synced: false,
    };
    const loss = this.#transport?.loss;
    return isLost(loss, this.#shared.clock.now())
      ? {
          synced: state.synced,
          error: { code: 'unreachable', message: loss.error.message },
        }
      : state;
  }

  #derive(): void {
    const { clock, inventory, logger } = this.#shared;
    const now = clock.now();
    const { since, ...verdict } = clusterCondition({
      unwatchable: this.#unwatchable,
      loss: this.#transport?.loss,
      scopes: this.#reflectors?.scopes() ?? [],
      byLabel: this.#demand.byLabel,
      now,
    });
    const { name, title, condition, message, nextStep, kinds } = this.#state;
    if (same(verdict, { condition, message, nextStep, kinds })) {
      return;
    }
    const continues = condition === verdict.condition;
    this.#state = withoutAbsent({
      name,
      title,
      ...verdict,
      since: continues ? this.#state.since : since ?? now,
      // Nothing in the state of a live cluster moves with time.
      lastByteAt:
        verdict.condition === 'live' ? undefined : this.#transport?.lastByteAt,
    });
    inventory.setClusterState(this.#state);
    if (!continues) {
      const reason = verdict.message ? `: ${verdict.message}` : '';
      logger[verdict.condition === 'live' ? 'info' : 'warn'](
        `Cluster ${name} is ${verdict.condition}${reason}`,
      );
    }
  }

  /** Resolution asks for the state of kinds, so it must hear of changes that leave the cluster's state alone. */
  #tellKinds(): void {
    const kindStates = JSON.stringify(
      this.#reflectors
        ?.scopes()
        .map(({ kind, namespace }) => this.#kindState(kind, namespace)) ?? [],
    );
    if (kindStates !== this.#kindStates) {
      this.#kindStates = kindStates;
      this.#shared.inventory.kindStateChanged(this.#state.name);
    }
  }

  /** A cluster that is back is worth trying at once. */
  #nudge(): void {
    const lost = this.#transport?.loss !== undefined;
    if (this.#wasLost && !lost) {
      this.#reflectors?.reachable();
    }
    this.#wasLost = lost;
  }

  /** Looks again when a fault that is not shown yet will have lasted long enough. */
  #recheck(): void {
    const { clock } = this.#shared;
    const now = clock.now();
    const loss = this.#transport?.loss;
    const next = Math.min(
      ...[
        ...(this.#reflectors?.dueFaults() ?? []),
        ...(loss ? [loss.since + LOSS_GRACE_MS] : []),
      ].filter(moment => moment > now),
    );
    this.#cancelRecheck();
    this.#cancelRecheck = Number.isFinite(next)
      ? clock.after(next - now, () => this.#changed())
      : () => {};
  }
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Without the fields that are undefined, so that equal states are equal as JSON and as objects. */
function withoutAbsent(state: ClusterState): ClusterState {
  return Object.fromEntries(
    Object.entries(state).filter(([, value]) => value !== undefined),
  ) as unknown as ClusterState;
}
