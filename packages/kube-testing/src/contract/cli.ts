import { Command, Option } from 'commander';
import { ClusterSet } from '../cluster/ClusterSet';
import { locateControlPlane } from '../control-plane/locateControlPlane';
import { startControlPlane } from '../control-plane/startControlPlane';
import { startSandbox } from '../sandbox/startSandbox';
import { contractCases } from './cases';
import { runMutants } from './mutants';
import { runContract } from './runContract';
import { casesNamed, reportOf, summaryOf } from './summary';

interface Arguments {
  target: 'sandbox' | 'real';
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
      new Option('--target <target>', 'what to run against')
        .choices(['sandbox', 'real'])
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

async function start(target: Arguments['target']): Promise<ClusterSet> {
  const options = { clusters: [target], controllers: true, nodes: 3, speed: 4 };
  return target === 'sandbox'
    ? startSandbox(options)
    : startControlPlane(options);
}

/** Resolves to the exit code. */
async function main(): Promise<number> {
  const { target, grep, mutants } = parseArguments();
  if (mutants) {
    return runMutants({ cases: casesNamed(contractCases, grep), say });
  }
  if (target === 'real') {
    const location = await locateControlPlane();
    if (location.state === 'unavailable') {
      say(location.reason);
      // Where Go is installed there is no excuse for leaving the real server out.
      return location.goInstalled ? 1 : 0;
    }
  }
  const cases = casesNamed(contractCases, grep);
  const clusters = await start(target);
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

main().then(
  code => process.exit(code),
  error => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
