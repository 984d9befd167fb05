import { Command, InvalidArgumentError } from 'commander';
import { numberOption } from './numberOption';

/** What the command was asked to do. */
export interface SandboxArguments {
  stateDir: string;
  /** The first cluster listens here, each further one on the next port; 0 takes free ports. */
  portBase: number;
  /** Names of the clusters, in the order of their ports. */
  clusters: readonly string[];
  /** Directory with one directory of manifests per cluster. */
  manifests?: string;
  nodes: number;
  /** Deadlines and pauses pass this many times faster. */
  speed: number;
  /** File that says how the organisation lives; without it, it stands still. */
  life?: string;
  /** Life begins this many times faster. */
  lifeSpeed: number;
}

function clusterName(name: string, before: string[]): string[] {
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) {
    throw new InvalidArgumentError(
      'A name has lower case letters, digits and dashes, and at most 63 of them.',
    );
  }
  if (before.includes(name)) {
    throw new InvalidArgumentError('Every cluster needs a name of its own.');
  }
  return [...before, name];
}

/** Reads the command line (without node and script); exits with a sentence where it makes no sense. */
export function parseArguments(args: readonly string[]): SandboxArguments {
  const command = new Command('koala-sandbox')
    .description(
      'Simulated Kubernetes clusters on loopback: API servers, controllers and nodes in one process.',
    )
    .option(
      '--state-dir <dir>',
      'where the certificate authority and the kubeconfig are kept',
      '.koala/sandbox',
    )
    .option(
      '--port-base <port>',
      'port of the first cluster; the others follow (0: any free ports)',
      numberOption({ least: 0, most: 65535, whole: true }),
      7443,
    )
    .option(
      '--cluster <name>',
      'a cluster to run; may be given several times (default: dev)',
      clusterName,
      [],
    )
    .option(
      '--manifests <dir>',
      'create what <dir>/<cluster>/*.yaml say, where it is missing',
    )
    .option(
      '--nodes <count>',
      'nodes of each cluster; 0 runs the API servers alone',
      numberOption({ least: 0, most: 200, whole: true }),
      3,
    )
    .option(
      '--speed <factor>',
      'how many times faster pods start, crash and time out',
      numberOption({ least: 0.1, most: 1000, whole: false }),
      1,
    )
    .option(
      '--life <file>',
      'let the organisation live as the file says: releases, failures, scaling (default: it stands still)',
    )
    .option(
      '--life-speed <factor>',
      'how many times faster its life passes at first',
      numberOption({ least: 0.1, most: 1000, whole: false }),
      1,
    )
    .addHelpText(
      'after',
      '\nWhile it runs:\n  koala-sandbox life pause|resume|status\n  koala-sandbox life speed <factor>',
    );
  const options = command.parse([...args], { from: 'user' }).opts();
  const clusters: string[] =
    options.cluster.length > 0 ? options.cluster : ['dev'];
  if (options.portBase > 0 && options.portBase + clusters.length - 1 > 65535) {
    command.error(
      `error: there are not ${clusters.length} ports from ${options.portBase} on; choose a lower --port-base`,
    );
  }
  return {
    stateDir: options.stateDir,
    portBase: options.portBase,
    clusters,
    manifests: options.manifests,
    nodes: options.nodes,
    speed: options.speed,
    life: options.life,
    lifeSpeed: options.lifeSpeed,
  };
}
