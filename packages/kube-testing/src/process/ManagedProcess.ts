import { ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { withoutProxies } from './withoutProxies';
import { Reaper } from './Reaper';

/** What to run. Both output streams are appended to `logFile`. */
export interface ProcessOptions {
  command: string;
  args: string[];
  logFile: string;
  reaper: Reaper;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** A child process with a log that can be frozen, killed and started again with the same arguments. */
export class ManagedProcess {
  readonly #options: ProcessOptions;
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #spawnError: Error | undefined;

  static start(options: ProcessOptions): ManagedProcess {
    const managed = new ManagedProcess(options);
    managed.spawn();
    return managed;
  }

  private constructor(options: ProcessOptions) {
    this.#options = options;
  }

  /** Undefined while it is not running. */
  get pid(): number | undefined {
    return this.running ? this.#child?.pid : undefined;
  }

  get running(): boolean {
    const child = this.#child;
    return Boolean(
      child?.pid && child.exitCode === null && child.signalCode === null,
    );
  }

  /** Throws an error that ends with the last lines of the log, unless the process runs. */
  assertRunning(): void {
    if (!this.running) {
      throw this.failure('ended');
    }
  }

  /** An error that says what happened, with the last lines of the log. */
  failure(what: string): Error {
    const { command, logFile } = this.#options;
    const why =
      this.#spawnError?.message ??
      (this.running
        ? ''
        : ` (${this.#child?.signalCode ?? `exit ${this.#child?.exitCode}`})`);
    return new Error(
      `${basename(command)} ${what}${why}. The end of ${logFile}:\n${lastLines(
        logFile,
      )}`,
    );
  }

  signal(signal: NodeJS.Signals): void {
    this.assertRunning();
    this.#child!.kill(signal);
  }

  /** Kills it and resolves when it is gone; does nothing if it is gone already. */
  async kill(): Promise<void> {
    if (this.running) {
      // Referenced again, as nothing else may keep this process alive until the end is known.
      this.#child!.ref();
      this.#child!.kill('SIGKILL');
    }
    await this.#exited;
  }

  /** Kills what may still run, frozen or not, and starts it again. */
  async respawn(): Promise<void> {
    await this.kill();
    this.spawn();
  }

  private spawn(): void {
    const { command, args, logFile, reaper, cwd, env } = this.#options;
    const log = openSync(logFile, 'a');
    const child = spawn(command, args, {
      cwd,
      env: withoutProxies(env ?? process.env),
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.#child = child;
    this.#spawnError = undefined;
    this.#exited = new Promise(resolve => {
      child.once('error', error => {
        this.#spawnError = error;
        resolve();
      });
      child.once('exit', () => {
        if (child.pid) {
          reaper.drop(child.pid);
        }
        resolve();
      });
    });
    if (child.pid) {
      reaper.add(child.pid);
    }
    child.unref();
  }
}

function lastLines(file: string, count = 15): string {
  try {
    return readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-count)
      .join('\n');
  } catch {
    return '(no log)';
  }
}
