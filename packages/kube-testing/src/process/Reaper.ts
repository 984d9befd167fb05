import { ChildProcess, spawn } from 'node:child_process';

// Reads "add PID", "drop PID" and, once its input ends for whatever reason, kills what is left.
const SCRIPT = `
trap '' INT TERM HUP
pids=""
while read -r op pid; do
  case "$op" in
    add) pids="$pids $pid" ;;
    drop)
      rest=""
      for p in $pids; do [ "$p" = "$pid" ] || rest="$rest $p"; done
      pids="$rest"
      ;;
  esac
done
[ -z "$pids" ] || kill -9 $pids 2>/dev/null
[ -z "$1" ] || rm -rf "$1"
`;

/**
 * Sees to it that child processes die with this one, however it dies: Ctrl-C, an exception,
 * `process.exit`, SIGKILL. A shell waits on a pipe that the system closes with this process; no
 * signal handler is needed, which a library should not install anyway.
 */
export class Reaper {
  readonly #shell: ChildProcess;

  /** @param temporaryDir - removed too, when this process ends or `close` is called. */
  static start(options: { temporaryDir?: string } = {}): Reaper {
    return new Reaper(options.temporaryDir);
  }

  private constructor(temporaryDir: string | undefined) {
    this.#shell = spawn(
      '/bin/sh',
      ['-c', SCRIPT, 'koala-reaper', temporaryDir ?? ''],
      // A group of its own: a Ctrl-C in the terminal must not reach it.
      { stdio: ['pipe', 'ignore', 'ignore'], detached: true },
    );
    this.#shell.on('error', () => {});
    this.#shell.stdin!.on('error', () => {});
    this.#shell.unref();
    (this.#shell.stdin as unknown as { unref(): void }).unref();
  }

  add(pid: number): void {
    this.#shell.stdin!.write(`add ${pid}\n`);
  }

  drop(pid: number): void {
    this.#shell.stdin!.write(`drop ${pid}\n`);
  }

  /** Kills what was not dropped, removes the temporary folder, and resolves when that is done. */
  async close(): Promise<void> {
    if (this.#shell.exitCode !== null || this.#shell.signalCode !== null) {
      return;
    }
    await new Promise<void>(resolve => {
      this.#shell.ref();
      this.#shell.once('close', () => resolve());
      this.#shell.stdin!.end();
    });
  }
}
