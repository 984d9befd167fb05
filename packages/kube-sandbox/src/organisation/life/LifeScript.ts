import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

/** Where releases pass through, in this order. */
export interface LifeStage {
  name: string;
  /** Released to one after the other. */
  clusters: readonly string[];
  /** Namespace of a service; `{system}` stands for its system. */
  namespace: string;
  /** Seconds after the stage before; 0 for the first. */
  afterSeconds: number;
}

/** A Deployment, with a container of the same name, that is released, and scaled where it may be. */
export interface LifeService {
  name: string;
  system: string;
  /** Nobody else decides how many replicas it has. */
  scales: boolean;
}

/** A CronJob that is run by hand now and then. */
export interface LifeCronJob {
  name: string;
  system: string;
}

/** Who takes part in the life of an organisation, and how fast it goes. */
export interface LifeScript {
  /** Another seed is another life. */
  seed: number;
  /** About so many seconds pass from one story to the next. */
  everySeconds: number;
  stages: readonly LifeStage[];
  services: readonly LifeService[];
  cronJobs: readonly LifeCronJob[];
}

/** Reads a life script; an error names the file and the key that is wrong. */
export async function readLifeScript(file: string): Promise<LifeScript> {
  const text = await readFile(file, 'utf8').catch(error => {
    throw new Error(`The life script cannot be read: ${error.message}`);
  });
  return parseLifeScript(text, file);
}

/** The script that a YAML text describes. */
export function parseLifeScript(text: string, file: string): LifeScript {
  const wrong = (key: string, want: string): never => {
    throw new Error(`${file}: ${key} has to be ${want}.`);
  };
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (error) {
    throw new Error(`${file} is no YAML: ${(error as Error).message}`);
  }
  const record = (value: unknown, key: string): Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : wrong(key, 'a map');
  const list = <T>(
    value: unknown,
    key: string,
    read: (entry: Record<string, unknown>, key: string) => T,
  ): T[] =>
    Array.isArray(value)
      ? value.map((entry, index) =>
          read(record(entry, `${key}[${index}]`), `${key}[${index}]`),
        )
      : wrong(key, 'a list');
  const name = (value: unknown, key: string): string =>
    typeof value === 'string' && value !== '' ? value : wrong(key, 'a text');
  const number = (value: unknown, key: string, least: number): number =>
    typeof value === 'number' && value >= least
      ? value
      : wrong(key, `a number of at least ${least}`);

  const top = record(raw, 'the file');
  const stages = list(top.stages, 'stages', (entry, key) => ({
    name: name(entry.name, `${key}.name`),
    clusters: Array.isArray(entry.clusters)
      ? entry.clusters.map((cluster, i) =>
          name(cluster, `${key}.clusters[${i}]`),
        )
      : wrong(`${key}.clusters`, 'a list'),
    namespace: name(entry.namespace, `${key}.namespace`),
    afterSeconds: number(entry.afterSeconds ?? 0, `${key}.afterSeconds`, 0),
  }));
  if (stages.length === 0) {
    wrong('stages', 'a list of at least one stage');
  }
  return {
    seed: number(top.seed ?? 1, 'seed', 0),
    everySeconds: number(top.everySeconds ?? 60, 'everySeconds', 10),
    stages,
    services: list(top.services ?? [], 'services', (entry, key) => ({
      name: name(entry.name, `${key}.name`),
      system: name(entry.system, `${key}.system`),
      scales: entry.scales === true,
    })),
    cronJobs: list(top.cronJobs ?? [], 'cronJobs', (entry, key) => ({
      name: name(entry.name, `${key}.name`),
      system: name(entry.system, `${key}.system`),
    })),
  };
}
