import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Failure } from '../command.mjs';
import { isRunByYarn, ROOT } from '../repository.mjs';
import { prepareToolchain } from '../toolchain/toolchain.mjs';
import { clearResults, runSuite, SUITES } from './suites.mjs';
import { addUp, summaryLine } from './summary.mjs';

/**
 * Run by npm: every suite of the repository. Run by Yarn: the unit tests, as
 * `yarn test` does in any Backstage repository.
 *
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
export async function test(args) {
  if (isRunByYarn()) {
    return backstageTest({ toolchain: await prepareToolchain(), args });
  }
  if (args.length > 0) {
    throw new Failure(
      `"npm test" runs everything and takes no arguments (${args.join(
        ' ',
      )}): for one part use "yarn test PATTERN", "yarn contract" or "yarn test:e2e".`,
    );
  }
  return everything(await prepareToolchain());
}

async function everything(toolchain) {
  const env = {
    ...toolchain.env,
    CI: process.env.CI ?? '1',
    CHROMIUM_PATH: await toolchain.chromium(),
  };
  clearResults();
  const results = [];
  for (const suite of SUITES) {
    console.log(`\n── ${suite.name}: ${suite.command.slice(0, 4).join(' ')}`);
    results.push(await runSuite({ suite, env }));
  }
  console.log('');
  for (const { name, seconds, note, ...sum } of results) {
    const time = `${String(seconds).padStart(5)} s`;
    const more = note ? `  (${note})` : '';
    console.log(`${name.padEnd(30)}${time}  ${summaryLine(sum)}${more}`);
  }
  const total = addUp(results);
  console.log(summaryLine(total));
  return total.failed === 0 ? 0 : 1;
}

function backstageTest({ toolchain, args }) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      toolchain.node,
      [
        join(ROOT, 'node_modules/@backstage/cli/bin/backstage-cli'),
        'repo',
        'test',
        ...args,
      ],
      { cwd: ROOT, stdio: 'inherit', env: toolchain.env },
    );
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}
