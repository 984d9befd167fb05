import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const GRACE_MS = 10_000;

/**
 * Starts a program as the head of its own process group, so that everything
 * it starts ends with it.
 *
 * @param {{ file: string, args: string[], cwd: string, env: NodeJS.ProcessEnv, onLine: (line: string) => void }} options
 *   `onLine`: gets what it prints until it is told to stop; what it says while it ends is of no use to anybody
 * @returns {{ exited: Promise<{ code: number | null, signal: string | null }>, stop: () => Promise<void>, hasExited: () => boolean }}
 */
export function startGroup({ file, args, cwd, env, onLine }) {
  const child = spawn(file, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let isStopping = false;
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', line => {
      if (!isStopping) {
        onLine(line);
      }
    });
  }
  let done = false;
  const exited = new Promise(resolve => {
    child.once('error', error => {
      console.error(`${file} cannot be started: ${error.message}`);
      resolve({ code: 127, signal: null });
    });
    child.once('exit', (code, signal) => resolve({ code, signal }));
  }).then(result => {
    done = true;
    return result;
  });
  const signalGroup = signal => {
    try {
      process.kill(-child.pid, signal);
      return true;
    } catch {
      return false;
    }
  };
  return {
    exited,
    hasExited: () => done,
    async stop() {
      isStopping = true;
      if (child.pid === undefined) {
        return;
      }
      signalGroup('SIGTERM');
      const deadline = Date.now() + GRACE_MS;
      // The head may go first: wait for the last of the group.
      while (signalGroup(0)) {
        if (Date.now() > deadline) {
          signalGroup('SIGKILL');
        }
        await new Promise(resolve => setTimeout(resolve, 50));
      }
    },
  };
}
