import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { ROOT, STATE_DIR } from '../repository.mjs';
import { prepareToolchain } from '../toolchain/toolchain.mjs';
import { summaryLine } from './summary.mjs';

const RESULTS = join(STATE_DIR, 'e2e', 'results.json');

/**
 * Runs the browser tests and ends with their sum.
 *
 * @param {string[]} args for `playwright test`
 * @returns {Promise<number>} exit code
 */
export async function e2e(args) {
  const toolchain = await prepareToolchain();
  const chromium = await toolchain.chromium();
  mkdirSync(join(STATE_DIR, 'e2e'), { recursive: true });
  rmSync(RESULTS, { force: true });
  const code = await playwright({
    toolchain,
    args: ['test', '--reporter=list,json', ...args],
    env: { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: RESULTS },
  });
  const sum = readResults(code);
  console.log(summaryLine(sum));
  return code === 0 && sum.failed > 0 ? 1 : code;
}

function playwright({ toolchain, args, env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      toolchain.node,
      [join(ROOT, 'node_modules/@playwright/test/cli.js'), ...args],
      { cwd: ROOT, stdio: 'inherit', env: { ...toolchain.env, ...env } },
    );
    child.once('error', reject);
    child.once('exit', exit => resolve(exit ?? 1));
  });
}

/** A run that broke before, or beside, its tests counts as one failure. */
function readResults(code) {
  let sum = { passed: 0, failed: 0 };
  try {
    const { stats } = JSON.parse(readFileSync(RESULTS, 'utf8'));
    // A flaky test passed in the end only because it was tried again.
    sum = { passed: stats.expected, failed: stats.unexpected + stats.flaky };
  } catch {
    // Playwright ended before it could write them.
  }
  return code !== 0 && sum.failed === 0 ? { ...sum, failed: 1 } : sum;
}
