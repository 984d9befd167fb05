import { randomBytes } from 'node:crypto';
import { TestCluster } from '../cluster/TestCluster';
import { ContractCase } from './ContractCase';
import { ContractResult, runCase } from './runContract';
import {
  compareTranscripts,
  Disagreement,
} from './transcript/compareTranscripts';
import { differences } from './transcript/differences';
import { NOTE } from './transcript/Transcript';

/** How one case went on both targets. */
export interface ComparedResult {
  sandbox: ContractResult;
  real: ContractResult;
  /** Where both passed and did not answer the same, without what is known to differ. */
  disagreements: Disagreement[];
}

/**
 * Runs each case on both targets at once and compares every answer: status, headers that clients act on, body
 * and the frames of watches. Cases in which controllers are at work are compared by what they note themselves:
 * what is read in between depends on who was faster.
 */
export async function compareTargets(options: {
  sandbox: TestCluster;
  real: TestCluster;
  cases: readonly ContractCase[];
  /** Ids of known differences that were seen are added to it. */
  seen: Set<string>;
  onResult?: (result: ComparedResult) => void;
}): Promise<ComparedResult[]> {
  const { sandbox, real, cases, seen, onResult } = options;
  const run = randomBytes(3).toString('hex');
  const results: ComparedResult[] = [];
  for (const [index, contractCase] of cases.entries()) {
    const namespace = `contract-${run}-${index}`;
    const [simulated, reference] = await Promise.all(
      [sandbox, real].map(cluster =>
        runCase({ cluster, contractCase, namespace }),
      ),
    );
    const comparable = ({ transcript }: ContractResult) =>
      contractCase.controllers
        ? transcript.filter(({ asked }) => asked.startsWith(NOTE))
        : transcript;
    const disagreements = compareTranscripts(
      comparable(simulated),
      comparable(reference),
    ).filter(disagreement => {
      const known = differences.filter(difference =>
        difference.covers(disagreement, contractCase.name),
      );
      known.forEach(({ id }) => seen.add(id));
      return known.length === 0;
    });
    const result = { sandbox: simulated, real: reference, disagreements };
    results.push(result);
    onResult?.(result);
  }
  return results;
}
