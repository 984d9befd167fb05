import { execFile, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './freePort';

const ROOT = resolve(__dirname, '../../..');
const READY_LIMIT_MS = 240_000;

/** A running `npm start`. */
export interface StartCommand {
  /** Address of the portal. */
  url: string;
  /** All that it printed so far. */
  output(): string;
  /** What Ctrl-C does; resolves to the exit code. */
  interrupt(): Promise<number | null>;
  /** Runs `npm run <script> <arguments>` beside it, on the same ports; resolves to what it prints. */
  run(line: string): Promise<string>;
  /** The ports it was given. */
  ports: readonly number[];
}

/**
 * Runs what `npm start` runs, on free ports and with the tools at hand.
 * Resolves once it says that Koala is ready.
 */
export async function startCommand(...args: string[]): Promise<StartCommand> {
  const [portal, backend, sandbox] = [
    await freePort(),
    await freePort(),
    await freePort({ inARow: 4 }),
  ];
  const env = {
    ...process.env,
    CI: '1',
    PORT: String(portal),
    BACKEND_PORT: String(backend),
    SANDBOX_PORT: String(sandbox),
    // As under `yarn start`: the dependencies are there.
    npm_config_user_agent: 'yarn/4',
  };
  const child = spawn(
    process.execPath,
    [join(ROOT, 'scripts/start.mjs'), ...args],
    {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const take = (chunk: string) => {
    output += chunk;
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  const exited = new Promise<number | null>(done => {
    child.once('exit', code => done(code));
  });
  let hasExited = false;
  void exited.then(() => {
    hasExited = true;
  });

  const interrupt = () => {
    child.kill('SIGINT');
    return exited;
  };
  const deadline = Date.now() + READY_LIMIT_MS;
  while (!output.includes('Koala is ready')) {
    if (hasExited || Date.now() > deadline) {
      await interrupt();
      throw new Error(`npm start did not get ready:\n${output}`);
    }
    await new Promise(later => setTimeout(later, 200));
  }
  return {
    url: `http://localhost:${portal}`,
    output: () => output,
    interrupt,
    run: async line => {
      const [script, ...rest] = line.replace(/^npm run /, '').split(' ');
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [join(ROOT, `scripts/${script}.mjs`), ...rest],
        { cwd: ROOT, env },
      );
      return stdout;
    },
    ports: [portal, backend, sandbox],
  };
}
