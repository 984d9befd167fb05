import { Command, Option } from 'commander';
import { ClusterSet } from '../cluster/ClusterSet';
import { TestCluster } from '../cluster/TestCluster';
import { ControllerChoice } from '../control-plane/controllers';
import { locateControlPlane } from '../control-plane/locateControlPlane';
import { startControlPlane } from '../control-plane/startControlPlane';
import { until } from '../process/until';
import { startSandbox } from '../sandbox/startSandbox';
import { contractCases } from './cases';
import { ComparedResult, compareTargets } from './compareTargets';
import { ContractCase } from './ContractCase';
import { runMutants } from './mutants';
import { runContract } from './runContract';
import {
  casesNamed,
  reportOf,
  reportOfBoth,
  summaryOf,
  summaryOfBoth,
} from './summary';
import { differences } from './transcript/differences';

type Target = 'sandbox' | 'real' | 'both';

interface Arguments {
  target: Target;
  grep?: string;
  mutants?: boolean;
}

const say = (line: string) => process.stdout.write(`${line}\n`);

function parseArguments(): Arguments {
  return new Command('yarn contract')
    .description(
      'Runs the contract of the Kubernetes API against the sandbox or a real control plane.',
    )
    .addOption(
      new Option(
        '--target <target>',
        'what to run against; both compares every answer',
      )
        .choices(['sandbox', 'real', 'both'])
        .default('sandbox'),
    )
    .option('--grep <text>', 'only the cases with this text in their name')
    .option(
      '--mutants',
      'run against sandboxes that are wrong on purpose, and require that each is found out',
    )
    .parse()
    .opts<Arguments>();
}

async function start(
  target: 'sandbox' | 'real',
  controllers: ControllerChoice,
): Promise<ClusterSet> {
  const options = {
    clusters: [target],
    controllers,
    nodes: controllers === true ? 3 : 0,
    speed: 4,
  };
  const clusters =
    target === 'sandbox'
      ? await startSandbox(options)
      : await startControlPlane(options);
  if (options.nodes > 0) {
    await nodesReady(clusters.clusters[0], options.nodes);
  }
  return clusters;
}

/** Pods of the first cases would have to wait for nodes, and say so in events. */
function nodesReady(cluster: TestCluster, count: number): Promise<boolean> {
  return until({
    what: `the nodes of cluster ${cluster.name}`,
    boundMs: 120_000,
    attempt: async () => {
      const { body } = await cluster.client.get('/api/v1/nodes');
      const free = body.items.filter((node: any) => !node.spec.taints);
      return free.length === count;
    },
  });
}

async function runOne(
  target: 'sandbox' | 'real',
  cases: readonly ContractCase[],
): Promise<number> {
  const clusters = await start(target, true);
  try {
    const results = await runContract({
      cluster: clusters.clusters[0],
      cases,
      onResult: result => say(reportOf(result)),
    });
    say(summaryOf(results));
    return results.some(result => result.error) ? 1 : 0;
  } finally {
    await clusters.stop();
  }
}

async function comparePair(options: {
  cases: readonly ContractCase[];
  controllers: ControllerChoice;
  seen: Set<string>;
}): Promise<ComparedResult[]> {
  const { cases, controllers, seen } = options;
  const started = await Promise.allSettled([
    start('sandbox', controllers),
    start('real', controllers),
  ]);
  const running = started.flatMap(it =>
    it.status === 'fulfilled' ? [it.value] : [],
  );
  try {
    const refused = started.find(it => it.status === 'rejected');
    if (refused) {
      throw refused.reason;
    }
    const [sandbox, real] = running.map(({ clusters }) => clusters[0]);
    return await compareTargets({
      sandbox,
      real,
      cases,
      seen,
      onResult: result => reportOfBoth(result).forEach(say),
    });
  } finally {
    await Promise.all(running.map(clusters => clusters.stop()));
  }
}

/**
 * Cases that need no controllers run where there are none: they would change what the cases read, sooner on one
 * side than on the other.
 */
async function runBoth(
  cases: readonly ContractCase[],
  whole: boolean,
): Promise<number> {
  const seen = new Set<string>();
  const results: ComparedResult[] = [];
  for (const controllers of ['accounts', true] as const) {
    const part = cases.filter(it => it.controllers === (controllers === true));
    if (part.length > 0) {
      results.push(...(await comparePair({ cases: part, controllers, seen })));
    }
  }
  const stale = whole ? differences.filter(({ id }) => !seen.has(id)) : [];
  for (const { id } of stale) {
    say(
      `FAIL the known difference "${id}" no longer shows: take it out of differences.ts and docs/sandbox.md`,
    );
  }
  const { passed, failed } = summaryOfBoth(results);
  say(`${passed} passed, ${failed + stale.length} failed`);
  return failed + stale.length > 0 ? 1 : 0;
}

/** Resolves to the exit code. */
async function main(): Promise<number> {
  const { target, grep, mutants } = parseArguments();
  const cases = casesNamed(contractCases, grep);
  if (mutants) {
    return runMutants({ cases, say });
  }
  if (target === 'sandbox') {
    return runOne(target, cases);
  }
  const location = await locateControlPlane();
  if (location.state === 'unavailable') {
    say(`Left out: the real control plane. ${location.reason}`);
    // Where Go is installed there is no excuse for leaving the real server out.
    if (location.goInstalled) {
      return 1;
    }
    return target === 'both' ? runOne('sandbox', cases) : 0;
  }
  return target === 'both' ? runBoth(cases, !grep) : runOne(target, cases);
}

main().then(
  code => process.exit(code),
  error => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
