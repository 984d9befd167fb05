import { Faults } from '@koala-ops/kube-sandbox';
import { startSandbox } from '../sandbox/startSandbox';
import { ContractCase } from './ContractCase';
import { ContractResult, runContract } from './runContract';

/** Servers that are wrong in one way each; a contract that passes one of them proves nothing. */
export const MUTANTS: Record<string, Faults> = {
  'swallows deletions': { swallowDelete: true },
  'ignores selectors': { ignoreSelector: true },
  'never answers 410': { neverGone: true },
  'applies without removing what is left out': { applyForgetsNothing: true },
  'applies over the fields of others': { applyTakesAll: true },
  'writes in a dry run': { dryRunWrites: true },
};

/** The results of the cases that need nothing but an API server, against one that has these faults. */
export async function runMutant(options: {
  faults: Faults;
  cases: readonly ContractCase[];
}): Promise<ContractResult[]> {
  const sandbox = await startSandbox({ faults: options.faults });
  try {
    return await runContract({
      cluster: sandbox.clusters[0],
      cases: options.cases.filter(it => !it.controllers),
      accounts: false,
      // A watch that waits for what a mutant never tells has to give up some time.
      patienceMs: 3_000,
    });
  } finally {
    await sandbox.stop();
  }
}

/**
 * Runs the cases against every mutant and, as the control, against a server without faults; says
 * which cases found a mutant out, and resolves to the exit code: 0 if all were found out.
 */
export async function runMutants(options: {
  cases: readonly ContractCase[];
  say: (line: string) => void;
}): Promise<number> {
  const { cases, say } = options;
  const failuresOf = async (faults: Faults) =>
    (await runMutant({ faults, cases })).filter(result => result.error);
  const control = failuresOf({});
  const mutants = Object.entries(MUTANTS).map(
    async ([name, faults]) => [name, await failuresOf(faults)] as const,
  );
  const unfaulted = new Set((await control).map(result => result.name));
  let survivors = 0;
  for (const [name, failed] of await Promise.all(mutants)) {
    const found = failed.filter(result => !unfaulted.has(result.name));
    if (found.length === 0) {
      survivors += 1;
      say(`FAIL a server that ${name} passes every case`);
    } else {
      say(`ok   a server that ${name} fails ${found.length} cases:`);
      found.forEach(result => say(`       ${result.name}`));
    }
  }
  say(`${mutants.length - survivors} passed, ${survivors} failed`);
  return survivors === 0 ? 0 : 1;
}
