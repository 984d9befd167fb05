import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure } from '../command.mjs';
import { requireSpace } from './cache.mjs';
import { explainDownload } from './explainDownload.mjs';
import { run } from './run.mjs';
import { step } from './step.mjs';

/**
 * Installs one npm package at one version into the cache, once, and whole:
 * it is built aside and renamed, so that an interrupted or a parallel run
 * never leaves half a tool behind.
 *
 * @param {{ cache: string, name: string, version: string, does: string, usually: string, megabytes: number, scripts?: boolean, prepare?: (directory: string) => Promise<void> }} options
 *   `scripts`: run the package's own install scripts (off by default); `prepare`: what else has to be done before it counts as installed
 * @returns {Promise<string>} the directory that holds `node_modules`
 */
export async function installNpmPackage(options) {
  const { cache, name, version, does, usually, megabytes } = options;
  const directory = join(cache, `${name.replace('/', '+')}-${version}`);
  if (existsSync(directory)) {
    return directory;
  }
  requireSpace({ directory: cache, megabytes, what: does });
  return step({ does, usually }, async () => {
    const aside = mkdtempSync(join(cache, '.partial-'));
    try {
      await npmInstall({ ...options, directory: aside });
      await options.prepare?.(aside);
      chmodSync(aside, 0o755);
      moveIntoPlace(aside, directory);
    } finally {
      rmSync(aside, { recursive: true, force: true });
    }
    return directory;
  });
}

async function npmInstall({ name, version, directory, scripts = false }) {
  const npm = npmCommand();
  const { code, output } = await run(
    npm.file,
    [
      ...npm.args,
      'install',
      '--prefix',
      directory,
      '--no-save',
      '--no-package-lock',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      // Without a network npm's own patience would take minutes to say so.
      '--fetch-retries=1',
      '--fetch-retry-mintimeout=2000',
      '--fetch-retry-maxtimeout=5000',
      scripts ? '--ignore-scripts=false' : '--ignore-scripts',
      `${name}@${version}`,
    ],
    { cwd: directory, env: npmEnvironment() },
  );
  if (code !== 0) {
    throw explainDownload({ what: `${name} ${version}`, tool: 'npm', output });
  }
  if (installedVersion({ directory, name }) !== version) {
    // On a full disk npm leaves empty files behind and calls that a success.
    requireSpace({ directory, megabytes: 20, what: `${name} ${version}` });
    throw new Failure(
      `npm reported success but did not install ${name} ${version}: check npm's own settings (npm config list) and try again.`,
    );
  }
}

function installedVersion({ directory, name }) {
  try {
    const manifest = join(directory, 'node_modules', name, 'package.json');
    return JSON.parse(readFileSync(manifest, 'utf8')).version;
  } catch {
    return undefined;
  }
}

/** The npm that runs this script, else the one on the path. */
function npmCommand(env = process.env) {
  const script = env.npm_execpath;
  return script?.endsWith('npm-cli.js')
    ? { file: process.execPath, args: [script] }
    : { file: 'npm', args: [] };
}

/** Without what the outer npm says about this repository's own package. */
function npmEnvironment(env = process.env) {
  const own =
    /^npm_(package|lifecycle|command|config_(local_prefix|workspaces?|prefix))/;
  return {
    ...Object.fromEntries(
      Object.entries(env).filter(([key]) => !own.test(key)),
    ),
    PATH: [env.PATH, join(process.execPath, '..')].join(delimiter),
  };
}

function moveIntoPlace(aside, directory) {
  try {
    renameSync(aside, directory);
  } catch (error) {
    // Another start was faster; its copy is as good as this one.
    if (!existsSync(directory)) {
      throw error;
    }
  }
}
