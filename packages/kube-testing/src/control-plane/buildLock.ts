import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `task` while no other process on this machine runs one under the same lock folder.
 *
 * The lock is a folder, because making one is atomic everywhere. It names its owner, so that the
 * lock of a builder that was killed is taken over rather than waited for.
 */
export async function withBuildLock<T>(options: {
  path: string;
  onWait?: (owner: number | undefined) => void;
  task: () => Promise<T>;
}): Promise<T> {
  const { path, onWait, task } = options;
  let announced = false;
  while (!(await take(path))) {
    const owner = await ownerOf(path);
    if (await isAbandoned(path, owner)) {
      await takeAway(path);
      continue;
    }
    if (!announced) {
      announced = true;
      onWait?.(owner);
    }
    await sleep(500);
  }
  try {
    return await task();
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  }
  await writeFile(join(path, 'pid'), String(process.pid));
  return true;
}

/** Moved before it is removed, as only one of several that find it abandoned can move it. */
async function takeAway(path: string): Promise<void> {
  const aside = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return;
    }
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

async function ownerOf(path: string): Promise<number | undefined> {
  const text = await readFile(join(path, 'pid'), 'utf8').catch(() => '');
  return Number(text) || undefined;
}

async function isAbandoned(
  path: string,
  owner: number | undefined,
): Promise<boolean> {
  if (owner === undefined) {
    // Between mkdir and writing the pid, or killed right there: old enough means killed.
    const made = await stat(path).catch(() => undefined);
    return made !== undefined && Date.now() - made.mtimeMs > 10_000;
  }
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
