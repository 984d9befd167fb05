import { Argument, Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ApiConnection } from '../client';
import { controlLife, Pace } from '../organisation';
import { numberOption } from './numberOption';

/**
 * `koala-sandbox life pause|resume|status|speed <factor>`: controls the life of a sandbox that runs.
 * Resolves to the sentence to print.
 */
export async function lifeCommand(args: readonly string[]): Promise<string> {
  const command = new Command('koala-sandbox life')
    .description('Pauses, resumes or speeds up the life of a running sandbox.')
    .addArgument(
      new Argument('<action>').choices(['pause', 'resume', 'speed', 'status']),
    )
    .argument(
      '[factor]',
      'how many times faster it passes',
      numberOption({ least: 0.1, most: 1000, whole: false }),
    )
    .option(
      '--state-dir <dir>',
      'where the sandbox keeps its kubeconfig',
      '.koala/sandbox',
    );
  command.parse([...args], { from: 'user' });
  const [action, factor] = command.processedArgs as [string, number?];
  if ((action === 'speed') !== (factor !== undefined)) {
    command.error('error: speed needs a factor, and nothing else takes one');
  }
  const changes: Record<string, Partial<Pace>> = {
    pause: { paused: true },
    resume: { paused: false },
    speed: { speed: factor },
  };
  const file = join(command.opts().stateDir, 'kubeconfig');
  const pace = await controlLife(
    await firstCluster(file),
    changes[action] ?? {},
  );
  return pace.paused
    ? `Life is paused (speed ${pace.speed}).`
    : `Life goes on at speed ${pace.speed}.`;
}

/** How to reach the first cluster of a sandbox's kubeconfig. */
async function firstCluster(file: string): Promise<ApiConnection> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(
      `There is no ${file}: start a sandbox, or name its --state-dir.`,
    );
  });
  const { clusters, users } = parse(text);
  const { cluster } = clusters[0];
  return {
    server: cluster.server,
    ca: Buffer.from(cluster['certificate-authority-data'], 'base64').toString(),
    token: users[0].user.token,
  };
}
