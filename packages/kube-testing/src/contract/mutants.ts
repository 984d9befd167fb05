import { Faults } from '@koala-ops/kube-sandbox';
import { startSandbox } from '../sandbox/startSandbox';
import { ContractCase } from './ContractCase';
import { ContractResult, runContract } from './runContract';

/** Servers that are wrong in one way each; a contract that passes one of them proves nothing. */
export const MUTANTS: Record<string, Faults> = {
  'swallows deletions': { swallowDelete: true },
  'ignores selectors': { ignoreSelector: true },
  'never answers 410': { neverGone: true },
};

/** The results of the cases against one mutant. */
export async function runMutant(options: {
  faults: Faults;
  cases: readonly ContractCase[];
}): Promise<ContractResult[]> {
  const sandbox = await startSandbox({ faults: options.faults });
  try {
    return await runContract({
      cluster: sandbox.clusters[0],
      cases: options.cases,
      // A watch that waits for what a mutant never tells has to give up some time.
      patienceMs: 3_000,
    });
  } finally {
    await sandbox.stop();
  }
}

/**
 * Runs the cases against every mutant, says which cases found it out, and resolves to the exit
 * code: 0 if all were found out.
 */
export async function runMutants(options: {
  cases: readonly ContractCase[];
  say: (line: string) => void;
}): Promise<number> {
  const { cases, say } = options;
  let survivors = 0;
  for (const [name, faults] of Object.entries(MUTANTS)) {
    const results = await runMutant({ faults, cases });
    const failed = results.filter(result => result.error);
    if (failed.length === 0) {
      survivors += 1;
      say(`FAIL a server that ${name} passes every case`);
    } else {
      say(`ok   a server that ${name} fails ${failed.length} cases:`);
      failed.forEach(result => say(`       ${result.name}`));
    }
  }
  const found = Object.keys(MUTANTS).length - survivors;
  say(`${found} passed, ${survivors} failed`);
  return survivors === 0 ? 0 : 1;
}
