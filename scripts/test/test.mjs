import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { isRunByYarn, ROOT } from '../repository.mjs';
import { prepareToolchain } from '../toolchain/toolchain.mjs';

/**
 * @param {string[]} args for `backstage-cli repo test`
 * @returns {Promise<number>} exit code
 */
export async function test(args) {
  const toolchain = await prepareToolchain();
  return backstageTest({ toolchain, args });
}

/** What `yarn test` does in any Backstage repository. */
export function backstageTest({ toolchain, args, env = {} }) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      toolchain.node,
      [
        join(ROOT, 'node_modules/@backstage/cli/bin/backstage-cli'),
        'repo',
        'test',
        ...args,
      ],
      { cwd: ROOT, stdio: 'inherit', env: { ...toolchain.env, ...env } },
    );
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}
