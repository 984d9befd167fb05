import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { until } from '@koala-ops/kube-testing';
import { stringify } from 'yaml';
import { BenchCluster } from '../clusters/BenchCluster';
import { BenchService } from '../population/serviceNames';
import { BackendProcess } from './BackendProcess';
import { catalogEntities } from './catalogEntities';
import { Portal } from './Portal';
import { portalConfig, SubjectKey } from './portalConfig';

/** Starting a backend and processing its catalog; a slow machine takes longer than one would think. */
const START_BOUND_MS = 300_000;

/** The three backends, each with a catalog of all services. */
export interface Portals {
  portals: Record<SubjectKey, Portal>;
  stop(): Promise<void>;
}

/** Starts all three and resolves once each has its whole catalog. `dir` gets configurations and logs. */
export async function startPortals(options: {
  dir: string;
  clusters: readonly BenchCluster[];
  services: readonly BenchService[];
}): Promise<Portals> {
  const { dir, clusters, services } = options;
  const catalogFile = join(dir, 'catalog.yaml');
  const entities = catalogEntities({
    services,
    clusters: clusters.map(({ name }) => name),
  });
  await writeFile(
    catalogFile,
    entities.map(entity => stringify(entity)).join('---\n'),
  );

  const processes: BackendProcess[] = [];
  const stop = async () => {
    await Promise.all(processes.map(started => started.stop()));
  };
  const start = async (subject: SubjectKey): Promise<Portal> => {
    const port = await freePort();
    const serviceToken = randomBytes(24).toString('base64url');
    const configFile = join(dir, `${subject}.yaml`);
    await writeFile(
      configFile,
      stringify(
        portalConfig({ subject, port, clusters, catalogFile, serviceToken }),
      ),
      { mode: 0o600 },
    );
    const backend = BackendProcess.start({
      entry: subject === 'koala' ? 'koala' : 'upstream',
      configFile,
      logFile: join(dir, `${subject}.log`),
    });
    processes.push(backend);
    const portal = new Portal({
      baseUrl: `http://127.0.0.1:${port}`,
      serviceToken,
    });
    await backend.whileRunning(waitForCatalog({ portal, ...options }));
    return portal;
  };

  try {
    // One after the other: together they would fight for the processor and be no faster.
    const portals = {
      upstream: await start('upstream'),
      tuned: await start('tuned'),
      koala: await start('koala'),
    };
    return { portals, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function waitForCatalog(options: {
  portal: Portal;
  clusters: readonly BenchCluster[];
  services: readonly BenchService[];
}): Promise<void> {
  const { portal, clusters, services } = options;
  const dependsOn = `resource:default/${clusters[0].name}`;
  await until({
    what: `a ready backend at ${portal.baseUrl}`,
    boundMs: START_BOUND_MS,
    attempt: () => portal.isReady(),
  });
  await until({
    what: `a catalog of ${services.length} Components at ${portal.baseUrl}`,
    boundMs: START_BOUND_MS,
    everyMs: 500,
    attempt: async () =>
      (await portal.countComponents(dependsOn)) === services.length,
  });
}

/** Told to the backend before it listens, since its own address is part of its configuration. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
