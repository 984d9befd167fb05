import { LoggerService } from '@backstage/backend-plugin-api';
import { ClusterConnection } from '../clusters/ClusterConnection';
import { ClusterDirectory } from '../clusters/ClusterDirectory';
import { ClusterSource } from '../clusters/ClusterSource';
import { EventLoopShare } from '../reflector/EventLoopShare';
import { ListSemaphore } from '../reflector/ListSemaphore';
import { ReflectorTiming } from '../reflector/ReflectorState';
import { Clock, systemClock } from '../transport/Clock';
import { HeartbeatTimes } from '../transport/Heartbeat';
import { ClusterStats, ClusterWatcher } from './ClusterWatcher';
import { FleetResources } from './FleetResources';
import { Inventory } from './Inventory';
import { InventoryReader } from './InventoryReader';
import { NamespaceDemand, NO_DEMAND } from './NamespaceDemand';
import { summaryOf } from './summaryOf';

const SOURCE_INTERVAL_MS = 10_000;
const SUMMARY_INTERVAL_MS = 10 * 60_000;

/** Every cluster of the portal and the read model of all of them. */
export interface Fleet {
  inventory: InventoryReader;
  stats(): ClusterStats[];
  /** What is wanted of the clusters is another: asks again, once for all that happens in one turn. */
  demandChanged(): void;
  /** Begins to follow the clusters; returns at once and never throws. */
  start(): void;
  /** Ends every connection; returns at once and never throws. */
  stop(): void;
}

/** What a fleet is made of. */
export interface FleetOptions {
  sources: readonly ClusterSource[];
  logger: LoggerService;
  /** What is wanted of a cluster whose account may not read the whole of it. */
  demandOn?: (cluster: string) => NamespaceDemand;
  clock?: Clock;
  /** At least 0, less than 1; spreads waits. */
  random?: () => number;
  /** Between two looks at the sources. */
  sourceIntervalMs?: number;
  timing?: Partial<ReflectorTiming>;
  heartbeat?: Partial<HeartbeatTimes>;
}

/** Follows every cluster that the sources name, for as long as they name it. */
export function createFleet(options: FleetOptions): Fleet {
  const { sources, logger, clock = systemClock, demandOn } = options;
  const inventory = Inventory.create({
    onListenerError: error =>
      logger.error('A listener of the read model failed', error as Error),
  });
  const shared: FleetResources = {
    inventory,
    logger,
    clock,
    random: options.random ?? Math.random,
    semaphore: ListSemaphore.create({ clock }),
    share: EventLoopShare.create(),
    timing: options.timing,
    heartbeat: options.heartbeat,
  };
  const watchers = new Map<string, ClusterWatcher>();
  let cancelSummary = () => {};
  let stopped = false;
  let told = false;

  const demandFor = ({ name, namespaces = [] }: ClusterConnection) => {
    const demand = demandOn?.(name) ?? NO_DEMAND;
    return {
      ...demand,
      names: [...new Set([...namespaces, ...demand.names])].sort(),
    };
  };
  const onClusters = (connections: readonly ClusterConnection[]) => {
    const named = new Map(connections.map(one => [one.name, one]));
    for (const [name, watcher] of watchers) {
      if (named.get(name)?.fingerprint !== watcher.connection.fingerprint) {
        watcher.stop();
        watchers.delete(name);
        inventory.removeCluster(name);
      }
    }
    for (const connection of connections) {
      const demand = demandFor(connection);
      const watcher = watchers.get(connection.name);
      if (watcher) {
        watcher.update(connection);
        watcher.follow(demand);
      } else {
        watchers.set(
          connection.name,
          ClusterWatcher.start({ connection, demand, shared }),
        );
      }
    }
    inventory.markListed();
  };
  const directory = ClusterDirectory.create({
    sources,
    logger,
    clock,
    intervalMs: options.sourceIntervalMs ?? SOURCE_INTERVAL_MS,
    onClusters,
  });
  const stats = () => [...watchers.values()].map(watcher => watcher.stats());
  const summarise = () => {
    cancelSummary = clock.after(SUMMARY_INTERVAL_MS, () => {
      stats().forEach(cluster => logger.info(summaryOf(cluster)));
      summarise();
    });
  };

  return {
    inventory,
    stats,
    demandChanged() {
      if (!told) {
        told = true;
        setImmediate(() => {
          told = false;
          watchers.forEach(watcher =>
            watcher.follow(demandFor(watcher.connection)),
          );
        });
      }
    },
    start() {
      if (!stopped) {
        directory.start();
        summarise();
      }
    },
    stop() {
      stopped = true;
      cancelSummary();
      directory.stop();
      watchers.forEach(watcher => watcher.stop());
    },
  };
}
