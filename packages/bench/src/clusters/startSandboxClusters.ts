import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runSource } from '../runSource';
import { BenchCluster, BenchClusters } from './BenchCluster';
import type { SandboxServerLine } from './sandboxServer';

/** Starts one simulated API server per name, each a process that can be frozen. `dir` gets their CAs. */
export async function startSandboxClusters(options: {
  names: readonly string[];
  dir: string;
}): Promise<BenchClusters> {
  const { names, dir } = options;
  const children: ChildProcess[] = [];
  const stop = async () => {
    children.forEach(child => child.kill('SIGKILL'));
  };
  try {
    const clusters = await Promise.all(
      names.map(async (name): Promise<BenchCluster> => {
        const child = runSource({
          file: 'src/clusters/sandboxServer.ts',
          args: [name],
          stdout: 'pipe',
          stderr: 'inherit',
        });
        children.push(child);
        const { url, caPem, token } = await firstLine(child, name);
        const caFile = join(dir, `${name}.crt`);
        await writeFile(caFile, caPem);
        return {
          name,
          url,
          caFile,
          token,
          signal: signal => void child.kill(signal),
        };
      }),
    );
    return {
      clusters,
      description:
        'two simulated API servers (their objects lack managedFields: row 3 says little)',
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function firstLine(
  child: ChildProcess,
  name: string,
): Promise<SandboxServerLine> {
  for await (const line of createInterface({ input: child.stdout! })) {
    return JSON.parse(line);
  }
  throw new Error(
    `The simulated API server ${name} ended before it was ready; its own lines above say why.`,
  );
}
