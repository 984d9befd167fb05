import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const GRACE_MS = 10_000;

/**
 * Starts a program as the head of its own process group, so that everything
 * it starts ends with it.
 *
 * @param {{ file: string, args: string[], cwd: string, env: NodeJS.ProcessEnv, prefix?: string, onLine?: (line: string) => void }} options
 *   `prefix`: put before every line it prints; without one it writes to the terminal itself
 * @returns {{ exited: Promise<{ code: number | null, signal: string | null }>, stop: () => Promise<void>, hasExited: () => boolean }}
 */
export function startGroup({ file, args, cwd, env, prefix, onLine }) {
  const piped = prefix !== undefined || onLine !== undefined;
  const child = spawn(file, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', piped ? 'pipe' : 'inherit', piped ? 'pipe' : 'inherit'],
  });
  if (piped) {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', line => {
        onLine?.(line);
        if (prefix !== undefined) {
          console.log(`${prefix}${line}`);
        }
      });
    }
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
