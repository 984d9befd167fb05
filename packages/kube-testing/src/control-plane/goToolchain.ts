import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The version of the installed Go (`1.26.8`), or undefined where there is none. */
export async function installedGoVersion(
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  try {
    const { stdout } = await run('go', ['env', 'GOVERSION'], {
      env: { ...env, GOTOOLCHAIN: 'local' },
    });
    return parseGoVersion(stdout);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw new Error(`\`go env\` failed: ${firstLine(error)}`);
  }
}

/** `go1.26.8 X:nodwarf5` -> `1.26.8`. */
export function parseGoVersion(text: string): string | undefined {
  return /\bgo(\d+(?:\.\d+)*)/.exec(text)?.[1];
}

function firstLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr || message).trim().split('\n')[0];
}
