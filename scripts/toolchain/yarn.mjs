import { chmodSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../command.mjs';
import { readRootPackage } from '../repository.mjs';
import { installNpmPackage } from './npmPackage.mjs';

/** The version that `packageManager` in package.json pins. */
export function yarnVersion(rootPackage = readRootPackage()) {
  const version = /^yarn@(\d[^+]*)/.exec(rootPackage.packageManager ?? '')?.[1];
  if (!version) {
    throw new Failure(
      'package.json names no Yarn version: "packageManager" must be like "yarn@4.18.1".',
    );
  }
  return version;
}

/**
 * The pinned Yarn.
 *
 * @param {{ cache: () => string }} options
 * @returns {Promise<{ script: string, bin: string }>} `script`: to run with Node; `bin`: a directory with a `yarn` command for the path
 */
export async function ensureYarn({ cache }) {
  const version = yarnVersion();
  const directory = await installNpmPackage({
    cache: cache(),
    name: '@yarnpkg/cli-dist',
    version,
    does: `Getting Yarn ${version} from npm, for Koala only`,
    usually: '2-5 s',
    megabytes: 20,
    prepare: writeCommand,
  });
  return {
    script: join(directory, YARN_SCRIPT),
    bin: join(directory, 'bin'),
  };
}

const YARN_SCRIPT = join(
  'node_modules',
  '@yarnpkg',
  'cli-dist',
  'bin',
  'yarn.js',
);

async function writeCommand(directory) {
  await mkdir(join(directory, 'bin'));
  const command = join(directory, 'bin', 'yarn');
  // Found from where it lies, since the directory is renamed once it is complete.
  writeFileSync(
    command,
    `#!/bin/sh\nexec node "$(dirname -- "$0")/../${YARN_SCRIPT}" "$@"\n`,
  );
  chmodSync(command, 0o755);
}
