import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManagedProcess } from './ManagedProcess';
import { Reaper } from './Reaper';
import { until } from './until';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('ManagedProcess', () => {
  let dir: string;
  let reaper: Reaper;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'managed-'));
    reaper = Reaper.start();
  });
  afterEach(async () => {
    await reaper.close();
    await rm(dir, { recursive: true, force: true });
  });

  const start = (script: string) =>
    ManagedProcess.start({
      command: '/bin/sh',
      args: ['-c', script],
      logFile: join(dir, 'log'),
      reaper,
    });

  it('shows the end of the log when the process ended', async () => {
    const managed = start('echo first; echo the port is taken >&2; exit 3');
    await until({ what: 'its end', attempt: () => !managed.running });
    expect(() => managed.assertRunning()).toThrow(
      /^sh ended \(exit 3\)\. The end of .*log:\nfirst\nthe port is taken$/,
    );
  });

  it('says when the program cannot be started', async () => {
    const managed = ManagedProcess.start({
      command: join(dir, 'nothing'),
      args: [],
      logFile: join(dir, 'log'),
      reaper,
    });
    await until({ what: 'the failure', attempt: () => !managed.running });
    await managed.kill();
    expect(() => managed.assertRunning()).toThrow(/ENOENT/);
  });

  it('starts again after it was frozen, with the same arguments', async () => {
    const managed = start('echo started; exec sleep 600');
    const first = managed.pid!;
    const starts = (count: number) =>
      until({
        what: `start ${count}`,
        attempt: async () =>
          (await readFile(join(dir, 'log'), 'utf8')) ===
          'started\n'.repeat(count),
      });
    await starts(1);
    managed.signal('SIGSTOP');
    await managed.respawn();
    expect(managed.pid).not.toBe(first);
    expect(isAlive(first)).toBe(false);
    await starts(2);
    await managed.kill();
    expect(managed.pid).toBeUndefined();
  });
});

describe('Reaper', () => {
  it('kills what it was given and removes the folder when its owner is killed', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'reaped-'));
    const orphan = spawn('/bin/sleep', ['600']);
    const gone = new Promise(resolve => orphan.once('exit', resolve));
    // The transform that runs TypeScript is the one that this repository's commands use.
    const owner = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
        '-e',
        `const { Reaper } = require(${JSON.stringify(
          join(__dirname, 'Reaper'),
        )});
         const reaper = Reaper.start({ temporaryDir: ${JSON.stringify(dir)} });
         reaper.add(${orphan.pid});
         setTimeout(() => process.kill(process.pid, 'SIGKILL'), 100);`,
      ],
      { stdio: 'inherit' },
    );
    await new Promise(resolve => owner.once('exit', resolve));
    await gone;
    expect(orphan.signalCode).toBe('SIGKILL');
    await until({
      what: 'the folder being gone',
      attempt: () => !existsSync(dir),
    });
  });

  it('spares what was dropped', async () => {
    const child = spawn('/bin/sleep', ['600']);
    const reaper = Reaper.start();
    reaper.add(child.pid!);
    reaper.drop(child.pid!);
    await reaper.close();
    expect(isAlive(child.pid!)).toBe(true);
    child.kill('SIGKILL');
  });
});
