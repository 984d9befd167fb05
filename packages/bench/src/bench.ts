import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startClusters } from './clusters/startClusters';
import { measureBytes } from './measure/measureBytes';
import { measureFrozen } from './measure/measureFrozen';
import { measureRested } from './measure/measureRested';
import {
  measureAsService,
  measureMatrix,
  measureSteady,
} from './measure/measureSteady';
import { pageBytes } from './measure/pageBytes';
import { RequestCounter } from './measure/RequestCounter';
import { outcomeOf, Results } from './measure/Results';
import { Stage, withViewers } from './measure/Stage';
import { createSubjects, PageRequest } from './measure/Subject';
import { verifyPage } from './measure/verifyPage';
import { waitForKoala } from './measure/waitForKoala';
import { BenchOptions } from './options';
import { populate } from './population/populate';
import { benchServices } from './population/serviceNames';
import { startPortals } from './portal/startPortals';

const MATRIX: PageRequest = { method: 'GET', path: '/api/koala/matrix' };

/** What a run measured, and where. */
export interface BenchReport {
  setting: string;
  populationSeconds: number;
  results: Results;
}

/**
 * Starts clusters and backends, measures, and ends them again. Rejects where they cannot be started or do
 * not show what is in the clusters; a measurement that fails is an outcome of its own.
 */
export async function bench(
  options: BenchOptions,
  log: (line: string) => void,
): Promise<BenchReport> {
  const services = benchServices(options.services);
  const names = services.map(({ name }) => name);
  const dir = await mkdtemp(join(tmpdir(), 'koala-bench-'));
  // It holds credentials; gone with this process, and so after a Ctrl-C too.
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  const closers: (() => Promise<void>)[] = [];
  try {
    log('Starting the clusters');
    const { clusters, description, stop } = await startClusters({
      target: options.target,
      dir,
      log,
    });
    closers.unshift(stop);
    const setting = `${description}, each with ${services.length} services`;
    log(`Populating ${setting}`);
    const begun = performance.now();
    await populate({ clusters, services });
    const populationSeconds = (performance.now() - begun) / 1_000;
    log(`Populated in ${populationSeconds.toFixed(1)} s`);

    log('Starting three backends: upstream, upstream tuned, Koala');
    const { portals, stop: stopPortals } = await startPortals({
      dir,
      clusters,
      services,
    });
    closers.unshift(stopPortals);
    await waitForKoala({
      portal: portals.koala,
      services: services.length,
      clusters: clusters.length,
    });

    const counter = RequestCounter.open(clusters);
    closers.unshift(() => counter.close());
    const stage: Stage = {
      ...options,
      subjects: await createSubjects({ portals, services: names }),
      services: names,
      clusters,
      counter,
      log,
    };
    await verify(stage);
    return { setting, populationSeconds, results: await measure(stage) };
  } finally {
    for (const close of closers) {
      await close();
    }
  }
}

async function verify(stage: Stage): Promise<void> {
  for (const subject of stage.subjects) {
    await withViewers(stage, { subject }, ({ viewer }) =>
      verifyPage({
        subject,
        viewer,
        service: stage.services[0],
        clusters: stage.clusters.map(({ name }) => name),
      }),
    );
  }
}

async function measure(stage: Stage): Promise<Results> {
  const koala = stage.subjects.find(({ key }) => key === 'koala')!;
  return {
    steady: await outcomeOf(() => measureSteady(stage)),
    asService: await outcomeOf(() => measureAsService(stage)),
    rested: await outcomeOf(() => measureRested(stage)),
    bytes: await outcomeOf(() => measureBytes(stage)),
    matrix: await outcomeOf(async () => ({
      steady: await measureMatrix(stage, { subject: koala, page: MATRIX }),
      bytes: await withViewers(stage, { subject: koala }, ({ viewer }) =>
        pageBytes({ viewer, pages: [MATRIX] }),
      ),
    })),
    frozen: await outcomeOf(() => measureFrozen(stage)),
  };
}
