import { Faults, Store } from '@koala-ops/kube-sandbox';
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ControllerChoice } from '../control-plane/controllers';
import { ClusterSet, clusterNamed } from '../cluster/ClusterSet';
import { ProcessCluster } from '../cluster/ProcessCluster';
import { TestCluster } from '../cluster/TestCluster';
import { writeIdentity } from '../cluster/writeIdentity';
import { createTokenUsers } from '../control-plane/tokens';
import { freePorts } from '../process/freePorts';
import { ManagedProcess } from '../process/ManagedProcess';
import { Reaper } from '../process/Reaper';
import { GiveUp, until } from '../process/until';
import { InProcessCluster } from './InProcessCluster';
import { SandboxSettings } from './SandboxSettings';
import { serveSandbox } from './serveSandbox';

/** What to start; the same words as for a real control plane. */
export interface SandboxOptions {
  /** Names of the clusters. Default: `sandbox`. */
  clusters?: string[];
  /** Starts the controllers and the scheduler of each cluster. Default: false. */
  controllers?: ControllerChoice;
  /** Simulated nodes per cluster. Default: 0. */
  nodes?: number;
  /** Pods get ready, crash and stop, and deadlines pass, this many times faster. Default: 1. */
  speed?: number;
  /**
   * `inside` (default): in this process. `each`: every cluster in a process of its own, that can be
   * frozen, killed and restarted with its objects.
   */
  process?: 'inside' | 'each';
  /** Users that may do nothing, besides the administrator. Default: `nobody`, `guest` and `member:team`, who is in group `team`. */
  users?: string[];
  /** How many changes are remembered; older ones answer 410. Default: 8192. */
  historyWindow?: number;
  /** How often a watch gets a bookmark. Default: 60,000 ms. */
  bookmarkIntervalMs?: number;
  /** Ways to be wrong on purpose; `respond` works inside this process only. */
  faults?: Faults;
  /** Where certificates, logs and objects are kept. Default: a temporary folder, removed at the end. */
  dir?: string;
}

/** Starts simulated clusters on free loopback ports and resolves once all are ready. */
export async function startSandbox(
  options: SandboxOptions = {},
): Promise<ClusterSet> {
  const { clusters: names = ['sandbox'], faults = {} } = options;
  const own = options.process === 'each';
  if (own && faults.respond) {
    throw new Error(
      "faults.respond is a function and cannot be sent to another process: leave out { process: 'each' }",
    );
  }
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'koala-sandbox-')));
  const reaper = Reaper.start(options.dir ? {} : { temporaryDir: dir });
  const clusters: TestCluster[] = [];
  const stops: Array<() => Promise<void>> = [];
  const stop = async () => {
    clusters.forEach(cluster => cluster.client.close());
    await Promise.allSettled(stops.map(stopOne => stopOne()));
    await reaper.close();
  };
  try {
    const ports = await freePorts(names.length);
    await Promise.all(
      names.map(async (name, index) => {
        const settings: SandboxSettings = {
          name,
          port: ports[index],
          dir: join(dir, name),
          users: createTokenUsers(options.users),
          controllers: options.controllers ?? false,
          nodes: options.nodes ?? 0,
          speed: options.speed ?? 1,
          historyWindow: options.historyWindow ?? 8192,
          bookmarkIntervalMs: options.bookmarkIntervalMs ?? 60_000,
          faults,
        };
        await mkdir(settings.dir, { recursive: true });
        if (own) {
          clusters[index] = await startProcess(settings, reaper);
          return;
        }
        const { cluster, stop: stopOne } = await startInside(settings, faults);
        clusters[index] = cluster;
        stops.push(stopOne);
      }),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { clusters, cluster: name => clusterNamed(clusters, name), stop };
}

async function startInside(settings: SandboxSettings, faults: Faults) {
  const { name, users, dir, historyWindow } = settings;
  const store = new Store({ historyWindow });
  const served = await serveSandbox({ settings, store, faults });
  const { url, caPem } = served.server;
  const identity = await writeIdentity({ name, url, caPem, users, dir });
  return {
    cluster: new InProcessCluster({ identity, served, store }),
    stop: () => served.stop(),
  };
}

async function startProcess(
  settings: SandboxSettings,
  reaper: Reaper,
): Promise<TestCluster> {
  const { name, users, dir, port } = settings;
  const server = ManagedProcess.start({
    command: process.execPath,
    args: [
      '--require',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
      require.resolve('./host'),
      JSON.stringify(settings),
    ],
    logFile: join(dir, 'sandbox.log'),
    reaper,
  });
  const caPem = await until({
    what: `the certificate of cluster ${name}`,
    attempt: async () => {
      if (!server.running) {
        throw new GiveUp(server.failure('ended before it was ready'));
      }
      const pem = await readFile(join(dir, 'ca.crt'), 'utf8');
      return pem.includes('END CERTIFICATE') && pem;
    },
  });
  const url = `https://127.0.0.1:${port}`;
  return ProcessCluster.ready({
    kind: 'sandbox',
    identity: await writeIdentity({ name, url, caPem, users, dir }),
    server,
    // The process remembers no history over a restart.
    compact: async () => {},
  });
}
