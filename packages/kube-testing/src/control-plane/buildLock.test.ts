import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withBuildLock } from './buildLock';

describe('withBuildLock', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'lock-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('never runs two tasks at once', async () => {
    let running = 0;
    let most = 0;
    const task = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(resolve => setTimeout(resolve, 20));
      running -= 1;
    };
    const path = join(dir, 'lock');
    await Promise.all([1, 2, 3].map(() => withBuildLock({ path, task })));
    expect(most).toBe(1);
  });

  it('takes over the lock of a builder that was killed', async () => {
    const path = join(dir, 'lock');
    await mkdir(path);
    // Beyond the largest process id of any system.
    await writeFile(join(path, 'pid'), '99999999');
    const onWait = jest.fn();
    await expect(
      withBuildLock({ path, onWait, task: async () => 'built' }),
    ).resolves.toBe('built');
    expect(onWait).not.toHaveBeenCalled();
  });

  it('is free again after a failure', async () => {
    const path = join(dir, 'lock');
    await expect(
      withBuildLock({
        path,
        task: async () => {
          throw new Error('no disk');
        },
      }),
    ).rejects.toThrow('no disk');
    await expect(
      withBuildLock({ path, task: async () => 'built' }),
    ).resolves.toBe('built');
  });
});
