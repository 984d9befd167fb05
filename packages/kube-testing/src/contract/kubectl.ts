import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findKubectl } from '../kubectl/findKubectl';
import { ContractContext } from './ContractContext';

const run = promisify(execFile);

/** What kubectl prints in the namespace of the test; rejects where it fails, with what it said. */
export async function kubectl(
  t: ContractContext,
  ...args: string[]
): Promise<string> {
  const { stdout } = await run(await findKubectl(), [
    '--kubeconfig',
    t.cluster.kubeconfig,
    '--namespace',
    t.namespace,
    ...args,
  ]);
  return stdout;
}
