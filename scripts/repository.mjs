import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of this checkout. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Local state of this checkout: never committed, safe to delete. */
export const STATE_DIR = join(ROOT, '.koala');

/** @returns {object} the root package.json */
export function readRootPackage() {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
}

/** Whether `yarn` (and not `npm`) runs this script: then the tools at hand are used as they are. */
export function isRunByYarn(env = process.env) {
  return (env.npm_config_user_agent ?? '').startsWith('yarn/');
}
