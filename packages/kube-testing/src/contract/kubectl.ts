import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { findKubectl } from '../kubectl/findKubectl';
import { ContractContext } from './ContractContext';
import { maskOutput } from './maskOutput';

/** What a command said and how it ended. */
export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** How a command is run. */
export interface CommandOptions {
  /** Its standard input. */
  input?: string;
  /** The command that edits files, in place of a person's editor. */
  editor?: string;
  /** Ends it once its output holds this. */
  until?: string;
  /** Called with each piece of its output; what it rejects with ends the command. */
  onOutput?: (text: string) => Promise<void>;
  /** It is not noted: the case looks at it itself. */
  unnoted?: boolean;
  /** Brings masked output into a form in which it can be compared. */
  shape?: (text: string) => string;
  /** Lines of a list that has no order. */
  sorted?: boolean;
  /** Lines that are not noted. */
  leaveOut?: RegExp;
  /** Token of another user than the administrator. */
  token?: string;
}

let found: Promise<string> | undefined;

/** Splits as a shell does, as far as the cases need it: single quotes keep spaces. */
const words = (command: string) =>
  (command.match(/(?:'[^']*'|[^\s'])+/g) ?? []).map(word =>
    word.replace(/'/g, ''),
  );

async function run(
  t: ContractContext,
  args: readonly string[],
  { input = '', editor, until, onOutput, token }: CommandOptions = {},
): Promise<CommandResult> {
  found ??= findKubectl();
  const { kubeconfig } = t.cluster;
  const all = [
    '--kubeconfig',
    kubeconfig,
    // What the server can do is kept by its address, which another server may get.
    '--cache-dir',
    join(dirname(kubeconfig), 'kubectl-cache'),
    '--namespace',
    t.namespace,
    ...(token ? ['--token', token] : []),
    ...args,
  ];
  const program = await found;
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...(editor && { KUBE_EDITOR: editor }) };
    const child = execFile(program, all, { env }, (error, stdout, stderr) => {
      const code = error ? (error as { code?: unknown }).code : 0;
      if (child.killed) {
        resolve({ code: 0, stdout, stderr });
      } else if (typeof code === 'number') {
        resolve({ code, stdout, stderr });
      } else {
        reject(error);
      }
    });
    let printed = '';
    child.stdout!.on('data', (text: string) => {
      printed += text;
      onOutput?.(text).catch(error => {
        reject(error);
        child.kill();
      });
      if (until !== undefined && printed.includes(until)) {
        child.kill();
      }
    });
    // It may have gone before it read all of it.
    child.stdin!.on('error', () => {});
    child.stdin!.end(input);
  });
}

/** What kubectl prints in the namespace of the test; rejects where it fails, with what it said. */
export async function kubectl(
  t: ContractContext,
  ...args: string[]
): Promise<string> {
  const { code, stdout, stderr } = await run(t, args);
  if (code !== 0) {
    throw new Error(`kubectl ${args.join(' ')}: ${code}\n${stderr}`);
  }
  return stdout;
}

/** Runs a command line and notes what it said and how it ended, to be compared with the same on another server. */
export async function typed(
  t: ContractContext,
  command: string,
  options: CommandOptions = {},
): Promise<CommandResult> {
  const result = await run(t, words(command), options);
  if (options.unnoted) {
    return result;
  }
  const { shape = same => same } = options;
  const shown = (text: string) => {
    const masked = shape(maskOutput(text))
      .trimEnd()
      .split('\n')
      .filter(line => !options.leaveOut?.test(line));
    return options.sorted ? masked.sort() : masked;
  };
  t.transcript.note(`kubectl ${command}`, {
    code: result.code,
    stdout: shown(result.stdout),
    stderr: shown(result.stderr),
  });
  return result;
}
