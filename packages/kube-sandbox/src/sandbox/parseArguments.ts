import { Command, InvalidArgumentError } from 'commander';

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
}

function number(options: { least: number; most: number; whole: boolean }) {
  return (text: string): number => {
    const value = Number(text);
    if (
      text.trim() === '' ||
      !(value >= options.least && value <= options.most) ||
      (options.whole && !Number.isInteger(value))
    ) {
      throw new InvalidArgumentError(
        `It has to be a number from ${options.least} to ${options.most}.`,
      );
    }
    return value;
  };
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
      number({ least: 0, most: 65535, whole: true }),
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
      number({ least: 0, most: 200, whole: true }),
      3,
    )
    .option(
      '--speed <factor>',
      'how many times faster pods start, crash and time out',
      number({ least: 0.1, most: 1000, whole: false }),
      1,
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
  };
}
