import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { runSource } from '../runSource';

/** A backend of this package, run from its source in a process of its own. */
export class BackendProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  readonly #logFile: string;

  static start(options: {
    /** File in `backends`, without its ending. */
    entry: 'upstream' | 'koala';
    configFile: string;
    logFile: string;
  }): BackendProcess {
    return new BackendProcess(options);
  }

  private constructor(options: {
    entry: string;
    configFile: string;
    logFile: string;
  }) {
    this.#logFile = options.logFile;
    const log = openSync(options.logFile, 'a');
    this.#child = runSource({
      file: `src/portal/backends/${options.entry}.ts`,
      args: ['--config', options.configFile],
      stdout: log,
      stderr: log,
    });
    closeSync(log);
    this.#exited = new Promise(settle => {
      this.#child.once('exit', () => settle());
      this.#child.once('error', () => settle());
    });
  }

  /** Waits for `work`, but no longer than it runs: rejects with the end of its log where it ends first. */
  async whileRunning<T>(work: Promise<T>): Promise<T> {
    const ended = this.#exited.then(() => {
      const { signalCode, exitCode } = this.#child;
      throw new Error(
        `The backend ended by itself (${signalCode ?? `exit ${exitCode}`})`,
      );
    });
    try {
      return await Promise.race([work, ended]);
    } catch (error) {
      throw new Error(
        `${(error as Error).message}. The end of its log:\n${this.#logEnd()}`,
      );
    } finally {
      // It ends some day, after this has been settled by something else.
      ended.catch(() => {});
    }
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  #logEnd(): string {
    return readFileSync(this.#logFile, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-20)
      .join('\n');
  }
}
