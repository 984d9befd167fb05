import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, STATE_DIR } from '../repository.mjs';
import { readSummaryLine } from './summary.mjs';

const JEST_RESULTS = join(STATE_DIR, 'test', 'jest.json');

/**
 * All suites, in the order in which a mistake shows soonest. Each is a command
 * of its own, run as a user would run it.
 *
 * @type {Array<{ name: string, command: string[], read: (output: string) => import('./summary.mjs').Sum | undefined, skips?: boolean }>}
 */
export const SUITES = [
  {
    name: 'unit',
    command: [
      'yarn',
      'backstage-cli',
      'repo',
      'test',
      '--json',
      `--outputFile=${JEST_RESULTS}`,
    ],
    read: readJest,
  },
  {
    name: 'contract, sandbox',
    command: ['yarn', 'contract', '--target', 'sandbox'],
    read: readSummaryLine,
  },
  {
    name: 'contract, real control plane',
    command: ['yarn', 'contract', '--target', 'real'],
    read: readSummaryLine,
  },
  {
    name: 'browser',
    command: ['yarn', 'test:e2e'],
    read: readSummaryLine,
  },
];

/**
 * Runs one suite, its output passed on.
 *
 * @param {{ suite: (typeof SUITES)[number], env: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ name: string, passed: number, failed: number, seconds: number, note?: string }>}
 */
export async function runSuite({ suite, env }) {
  const started = Date.now();
  mkdirSync(join(STATE_DIR, 'test'), { recursive: true });
  rmSync(JEST_RESULTS, { force: true });
  const { code, output } = await runThrough(suite.command, env);
  const sum = suite.read(output);
  const result = {
    name: suite.name,
    passed: sum?.passed ?? 0,
    failed: sum?.failed ?? 0,
    seconds: Math.round((Date.now() - started) / 1000),
  };
  if (result.failed === 0 && (code !== 0 || !sum)) {
    return { ...result, failed: 1, note: `ended with code ${code}` };
  }
  return result;
}

function runThrough([file, ...args], env) {
  return new Promise(resolve => {
    const child = spawn(file, args, {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const [stream, sink] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      stream.on('data', chunk => {
        output += chunk;
        sink.write(chunk);
      });
    }
    child.once('error', error => {
      console.error(`${file} cannot be started: ${error.message}`);
      resolve({ code: 127, output });
    });
    child.once('close', code => resolve({ code: code ?? 1, output }));
  });
}

/** A test file that cannot even be loaded is a failure too. */
function readJest() {
  try {
    const results = JSON.parse(readFileSync(JEST_RESULTS, 'utf8'));
    return {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
    };
  } catch {
    return undefined;
  }
}
