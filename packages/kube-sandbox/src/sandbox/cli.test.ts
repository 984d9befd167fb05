import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, Server } from 'node:net';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const COMMAND = join(__dirname, '..', '..', 'bin', 'koala-sandbox.cjs');
jest.setTimeout(60_000);

describe('koala-sandbox', () => {
  let dir: string;
  let child: ChildProcess | undefined;
  let blocker: Server | undefined;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'koala-sandbox-'));
  });
  afterEach(async () => {
    child?.kill('SIGKILL');
    blocker?.close();
    await rm(dir, { recursive: true });
  });

  function run(...args: string[]) {
    const started = spawn(process.execPath, [
      COMMAND,
      '--state-dir',
      join(dir, 'state'),
      ...args,
    ]);
    child = started;
    const output = { stdout: '', stderr: '' };
    started.stdout.on('data', chunk => {
      output.stdout += chunk;
    });
    started.stderr.on('data', chunk => {
      output.stderr += chunk;
    });
    return { started, output };
  }

  it('says how to reach it, and ends cleanly when it is told to', async () => {
    const { started, output } = run('--port-base', '0', '--nodes', '1');
    while (!output.stdout.includes('\n')) {
      await once(started.stdout, 'data');
    }
    expect(output.stdout).toBe(
      `Sandbox ready: kubectl --kubeconfig ${join(
        dir,
        'state',
        'kubeconfig',
      )} --context dev get pods -A\n`,
    );
    started.kill('SIGTERM');
    expect(await once(started, 'exit')).toEqual([0, null]);
    expect(output.stderr).toBe('');
  });

  it('says in one sentence that a port is in use', async () => {
    blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as AddressInfo;
    const { started, output } = run('--port-base', String(port));
    expect(await once(started, 'close')).toEqual([1, null]);
    expect(output.stderr).toBe(
      `Port ${port} of 127.0.0.1, meant for cluster dev, is in use: stop the process that uses it, or choose another port.\n`,
    );
    expect(output.stdout).toBe('');
  });
});
