import { spawn } from 'node:child_process';
import { prepareToolchain } from '../toolchain/toolchain.mjs';
import { readPorts } from './options.mjs';
import { SANDBOX_COMMAND, sandboxDirectory } from './sandbox.mjs';

/**
 * Pauses, resumes or speeds up the life of the sandbox that `npm start` runs on the same SANDBOX_PORT.
 *
 * @param {string[]} args of `koala-sandbox life`
 * @returns {Promise<number>} exit code
 */
export async function life(args) {
  const toolchain = await prepareToolchain();
  const child = spawn(
    toolchain.node,
    [
      ...SANDBOX_COMMAND,
      'life',
      ...args,
      '--state-dir',
      sandboxDirectory(readPorts(process.env).sandbox),
    ],
    { stdio: 'inherit', env: toolchain.env },
  );
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}
