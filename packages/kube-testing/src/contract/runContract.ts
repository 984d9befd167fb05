import { randomBytes } from 'node:crypto';
import assert from 'node:assert/strict';
import { TestCluster } from '../cluster/TestCluster';
import { ContractCase } from './ContractCase';
import { ContractContext } from './ContractContext';
import { maskTranscript } from './transcript/maskTranscript';
import { TranscriptEntry } from './transcript/Transcript';

/** How one case went. */
export interface ContractResult {
  name: string;
  /** Undefined where it passed. */
  error?: Error;
  /** Milliseconds. */
  duration: number;
  /** What the case was answered, without what differs from run to run. */
  transcript: TranscriptEntry[];
}

/** Runs one case in a namespace that is made for it. */
export async function runCase(options: {
  cluster: TestCluster;
  contractCase: ContractCase;
  /** A name that the cluster has not seen yet. */
  namespace: string;
  /** True where a controller makes the service account without which no pod is admitted: it is waited for. */
  accounts?: boolean;
  patienceMs?: number;
}): Promise<ContractResult> {
  const { cluster, namespace, accounts = true, patienceMs } = options;
  const { name, test } = options.contractCase;
  const start = performance.now();
  let error: Error | undefined;
  const context = new ContractContext({ cluster, namespace, patienceMs });
  try {
    const { status, text } = await cluster.client.post('/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    assert.equal(status, 201, text);
    if (accounts) {
      await context.eventuallyTrue('the service account', async () => {
        const path = context.path('serviceaccounts', 'default');
        return (await context.client.get(path)).status === 200;
      });
    }
    await test(context);
  } catch (thrown) {
    error = thrown instanceof Error ? thrown : new Error(String(thrown));
  } finally {
    context.close();
  }
  const { entries } = context.transcript;
  return {
    name,
    error,
    duration: performance.now() - start,
    transcript: maskTranscript({ entries, namespace }),
  };
}

/**
 * Runs cases one after the other, each in a new namespace of the cluster, and resolves with one
 * result per case; a case that fails rejects nothing.
 */
export async function runContract(options: {
  cluster: TestCluster;
  cases: readonly ContractCase[];
  /** See {@link runCase}. */
  accounts?: boolean;
  /** How long a case waits for something that does not come. Default: 60 s. */
  patienceMs?: number;
  /** Called after each case. */
  onResult?: (result: ContractResult) => void;
}): Promise<ContractResult[]> {
  const { cluster, cases, accounts, patienceMs, onResult } = options;
  const run = randomBytes(3).toString('hex');
  const results: ContractResult[] = [];
  for (const [index, contractCase] of cases.entries()) {
    const result = await runCase({
      cluster,
      contractCase,
      namespace: `contract-${run}-${index}`,
      accounts,
      patienceMs,
    });
    results.push(result);
    onResult?.(result);
  }
  return results;
}
