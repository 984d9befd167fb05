import { setTimeout as sleep } from 'node:timers/promises';
import { DemoClusters } from './demoClusters';
import { processTree } from './processUsage';

/** What one program used, all its processes together. */
export interface Footprint {
  program: string;
  processes: number;
  /** Bytes at the end, and the most that was seen. */
  rss: number;
  peakRss: number;
  /** Share of one core: 0.05 is five percent. */
  core: number;
}

const EVERY_MS = 2_000;

/** Watches the processes of running clusters for so long. */
export async function measureFootprint(options: {
  clusters: DemoClusters;
  minutes: number;
}): Promise<Footprint[]> {
  const { clusters, minutes } = options;
  const look = () => {
    const programs = new Map<
      string,
      { processes: number; rss: number; cpuSeconds: number }
    >();
    for (const { pid, name, rss, cpuSeconds } of processTree(clusters.pid)) {
      const program = pid === process.pid ? clusters.ownName ?? name : name;
      const sum = programs.get(program) ?? {
        processes: 0,
        rss: 0,
        cpuSeconds: 0,
      };
      programs.set(program, {
        processes: sum.processes + 1,
        rss: sum.rss + rss,
        cpuSeconds: sum.cpuSeconds + cpuSeconds,
      });
    }
    return programs;
  };
  const begun = performance.now();
  const first = look();
  const peaks = new Map<string, number>();
  let last = first;
  while (performance.now() - begun < minutes * 60_000) {
    await sleep(EVERY_MS);
    last = look();
    for (const [program, { rss }] of last) {
      peaks.set(program, Math.max(rss, peaks.get(program) ?? 0));
    }
  }
  const seconds = (performance.now() - begun) / 1_000;
  return [...last].map(([program, { processes, rss, cpuSeconds }]) => ({
    program,
    processes,
    rss,
    peakRss: peaks.get(program) ?? rss,
    core: (cpuSeconds - (first.get(program)?.cpuSeconds ?? 0)) / seconds,
  }));
}
