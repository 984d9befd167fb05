import { parseArgs } from 'node:util';

/** What `yarn bench` was asked for. */
export interface BenchOptions {
  /** Services, each in both clusters. */
  services: number;
  /** Rounds; every figure is the median of them. */
  runs: number;
  /** Views per subject and round for latency and requests. */
  views: number;
  /** How long a view may take beside a frozen cluster before it counts as never answered, in ms. */
  capMs: number;
  /** Where the results go as JSON. */
  json?: string;
  /** Which clusters: real ones where there are any, unless told. */
  target: 'auto' | 'real' | 'sandbox';
  help: boolean;
}

export const USAGE = `yarn bench: Koala beside the upstream Kubernetes plugin, on the same clusters.

  --services N   services, each in both of the two clusters (200)
  --runs N       rounds; every figure is the median of them (5)
  --quick        one round, 20 services, a frozen cluster is given up after 10 s
  --target T     real, sandbox, or auto: real where a control plane is found (auto)
  --json FILE    writes all figures to FILE
  --help         this text`;

const FULL = { services: 200, runs: 5, views: 200, capMs: 60_000 };
const QUICK = { services: 20, runs: 1, views: 200, capMs: 10_000 };

/** Reads the command line; throws an Error with one sentence where it makes no sense. */
export function readOptions(args: string[]): BenchOptions {
  const { values } = parseArgs({
    args,
    strict: true,
    options: {
      services: { type: 'string' },
      runs: { type: 'string' },
      quick: { type: 'boolean', default: false },
      target: { type: 'string', default: 'auto' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { target } = values;
  if (target !== 'auto' && target !== 'real' && target !== 'sandbox') {
    throw new Error(
      `--target is "${target}" and must be real, sandbox or auto.`,
    );
  }
  const defaults = values.quick ? QUICK : FULL;
  return {
    ...defaults,
    services: count('services', values.services, defaults.services),
    runs: count('runs', values.runs, defaults.runs),
    json: values.json,
    target,
    help: values.help,
  };
}

/** More services than this do not fit the names that are made for them. */
const MOST = 9_999;

function count(
  flag: string,
  given: string | undefined,
  otherwise: number,
): number {
  if (given === undefined) {
    return otherwise;
  }
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1 || value > MOST) {
    throw new Error(
      `--${flag} is "${given}" and must be a whole number from 1 to ${MOST}.`,
    );
  }
  return value;
}
