import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../command.mjs';
import { ROOT, STATE_DIR } from '../repository.mjs';
import { run } from '../toolchain/run.mjs';
import { sourceArguments } from './sourceArguments.mjs';

const DIRECTORY = join(STATE_DIR, 'kubeconfig');

/**
 * Looks into the clusters of a kubeconfig file and writes the configuration
 * that shows them; what it found and what to copy is printed.
 *
 * @param {{ toolchain: import('../toolchain/toolchain.mjs').Toolchain, kubeconfig: string }} options
 * @returns {Promise<string>} the configuration file
 */
export async function configureOwnClusters({ toolchain, kubeconfig }) {
  mkdirSync(DIRECTORY, { recursive: true });
  const file = join(DIRECTORY, 'app-config.yaml');
  console.log(
    `• Looking into the clusters of ${kubeconfig} (usually 1-3 s, 15 s where one does not answer)`,
  );
  const { code, output } = await run(
    toolchain.node,
    [
      ...sourceArguments('packages/backend/src/discovery/cli.ts'),
      '--kubeconfig',
      kubeconfig,
      '--out',
      file,
    ],
    { cwd: join(ROOT, 'packages/backend'), env: toolchain.env },
  );
  if (code !== 0) {
    throw new Failure(output.trim());
  }
  console.log(output);
  return file;
}
