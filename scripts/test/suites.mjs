import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, STATE_DIR } from '../repository.mjs';
import { readSummaryLine } from './summary.mjs';

const RESULTS_DIR = join(STATE_DIR, 'test');
const JEST_RESULTS = join(RESULTS_DIR, 'jest.json');
const SCRIPT_RESULTS = join(RESULTS_DIR, 'scripts.tap');

/**
 * All suites, in the order in which a mistake shows soonest. Each is a command
 * of its own, run as a user would run it.
 *
 * @type {Array<{ name: string, command: string[], read: (output: string) => import('./summary.mjs').Sum | undefined }>}
 */
export const SUITES = [
  {
    name: 'scripts',
    command: [
      'node',
      '--test',
      '--test-reporter=dot',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${SCRIPT_RESULTS}`,
      'scripts/**/*.test.mjs',
    ],
    read: readTap,
  },
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
    // Without Go, and so without a real control plane, the sandbox alone.
    name: 'contract, sandbox and real control plane',
    command: ['yarn', 'contract', '--target', 'both'],
    read: readSummaryLine,
  },
  {
    name: 'contract, servers that are wrong on purpose',
    command: ['yarn', 'contract', '--mutants'],
    read: readSummaryLine,
  },
  {
    name: 'browser',
    command: ['yarn', 'test:e2e'],
    read: readSummaryLine,
  },
];

/** Forgets the results of an earlier run. */
export function clearResults() {
  rmSync(RESULTS_DIR, { recursive: true, force: true });
  mkdirSync(RESULTS_DIR, { recursive: true });
}

/**
 * Runs one suite, its output passed on.
 *
 * @param {{ suite: (typeof SUITES)[number], env: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ name: string, passed: number, failed: number, seconds: number, note?: string }>}
 */
export async function runSuite({ suite, env }) {
  const started = Date.now();
  const { code, output } = await runThrough(suite.command, env);
  const sum = readSum(suite, output);
  const result = {
    name: suite.name,
    passed: sum?.passed ?? 0,
    failed: sum?.failed ?? 0,
    seconds: Math.round((Date.now() - started) / 1000),
  };
  if (result.failed > 0) {
    return result;
  }
  if (code !== 0 || !sum) {
    return { ...result, failed: 1, note: `ended with code ${code}` };
  }
  if (sum.passed === 0) {
    return { ...result, failed: 1, note: 'ran no test' };
  }
  // What this machine cannot run is said, not passed over.
  const leftOut = /^Left out: .+$/m.exec(output);
  return leftOut ? { ...result, note: leftOut[0] } : result;
}

/** Nothing where the suite ended before it could write its results. */
function readSum(suite, output) {
  try {
    return suite.read(output);
  } catch {
    return undefined;
  }
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

/** The closing lines of `node --test`. */
function readTap() {
  const output = readFileSync(SCRIPT_RESULTS, 'utf8');
  const count = what =>
    Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(output)?.[1]);
  const sum = {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
  };
  return Number.isNaN(sum.passed + sum.failed) ? undefined : sum;
}

/** A test file that cannot even be loaded is a failure too. */
function readJest() {
  const results = JSON.parse(readFileSync(JEST_RESULTS, 'utf8'));
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
  };
}
