// Where downloaded tools are kept: outside the tree, so that a fresh clone
// starts as fast as an old one.
import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { Failure } from '../command.mjs';
import { STATE_DIR } from '../repository.mjs';

/**
 * The directory for downloaded tools, created if need be: `KOALA_CACHE_DIR`,
 * else the user's cache directory, else `.koala/cache` in this checkout.
 */
export function cacheDirectory(env = process.env) {
  if (env.KOALA_CACHE_DIR) {
    if (isWritable(env.KOALA_CACHE_DIR)) {
      return env.KOALA_CACHE_DIR;
    }
    throw new Failure(
      `KOALA_CACHE_DIR is ${env.KOALA_CACHE_DIR}, which cannot be written: name another directory, or unset it.`,
    );
  }
  const candidates = [
    env.XDG_CACHE_HOME && join(env.XDG_CACHE_HOME, 'koala'),
    join(homedir(), '.cache', 'koala'),
    join(STATE_DIR, 'cache'),
  ].filter(Boolean);
  const found = candidates.find(isWritable);
  if (!found) {
    throw new Failure(
      `None of ${candidates.join(
        ', ',
      )} can be written: name a directory for downloaded tools with KOALA_CACHE_DIR.`,
    );
  }
  return found;
}

/** Whether files can be made in a directory; makes the directory where it is missing. */
export function isWritable(directory) {
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.W_OK | constants.X_OK);
    return true;
  } catch (error) {
    if (error.code === 'ENOSPC') {
      throw error;
    }
    return false;
  }
}

/**
 * Refuses early where a step would fill the disk.
 *
 * @param {{ directory: string, megabytes: number, what: string }} need
 */
export function requireSpace({ directory, megabytes, what }) {
  const { bavail, bsize } = statfsSync(existingParent(directory));
  const free = Math.floor((bavail * bsize) / 1024 ** 2);
  if (free < megabytes) {
    throw new Failure(
      `${what} needs about ${megabytes} MB in ${directory}, and only ${free} MB are free there: free some space, or choose another disk with KOALA_CACHE_DIR.`,
    );
  }
}

function existingParent(directory) {
  for (let path = directory; ; path = dirname(path)) {
    try {
      accessSync(path);
      return path;
    } catch (error) {
      if (path === dirname(path)) {
        throw error;
      }
    }
  }
}
