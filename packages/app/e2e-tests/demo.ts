import { ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { freePort } from './freePort';
import { Portal, startPortal } from './portal';

const ROOT = resolve(__dirname, '../../..');
const CLUSTERS = ['dev', 'staging', 'prod-eu', 'prod-us'];
const READY_LIMIT_MS = 120_000;

/** Token of the API reader that every demo portal knows. */
export const READER = 'reader-token-for-tests';

/** The demo organisation: its clusters in a process of their own, and a portal that shows them. */
export interface Demo {
  portal: Portal;
  /** Whose contexts are the clusters. */
  kubeconfig: string;
  /** Where `npm start` would have been called: the kubeconfig is at `.koala/sandbox/kubeconfig`. */
  directory: string;
  stop(): Promise<void>;
}

interface DemoSandbox {
  directory: string;
  kubeconfig: string;
  /** Whose contexts are the clusters, once for each user: `dev-portal`. */
  usersKubeconfig: string;
  stop(): Promise<void>;
}

/**
 * Starts what `npm start` shows: the clusters of examples/ with the configuration of
 * app-config.sandbox.yaml. It stands still; `sandbox` adds arguments of the command, such as `--life`.
 */
export async function startDemo(
  options: { sandbox?: string[] } = {},
): Promise<Demo> {
  const sandbox = await startSandboxCommand(options.sandbox ?? []);
  try {
    const { clusters, users } = parse(
      await readFile(sandbox.usersKubeconfig, 'utf8'),
    );
    const { koala } = parse(
      await readFile(join(ROOT, 'app-config.sandbox.yaml'), 'utf8'),
    );
    const portal = await startPortal({
      clusters: [],
      environments: koala.environments,
      entities: await readCatalog(),
      config: {
        koala,
        kubernetes: {
          clusterLocatorMethods: [
            {
              type: 'config',
              clusters: CLUSTERS.map(name => {
                const { cluster } = named(clusters, name);
                return {
                  name,
                  url: cluster.server,
                  authProvider: 'serviceAccount',
                  caData: cluster['certificate-authority-data'],
                  serviceAccountToken: named(users, `${name}-portal`).user
                    .token,
                };
              }),
            },
          ],
        },
        backend: {
          auth: {
            externalAccess: [
              { type: 'static', options: { token: READER, subject: 'e2e' } },
            ],
          },
        },
      },
    });
    return {
      portal,
      kubeconfig: sandbox.kubeconfig,
      directory: sandbox.directory,
      async stop() {
        await portal.stop();
        await sandbox.stop();
      },
    };
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
}

function named(list: any[], name: string): any {
  return list.find(candidate => candidate.name === name);
}

async function startSandboxCommand(args: string[]): Promise<DemoSandbox> {
  const directory = await mkdtemp(join(tmpdir(), 'koala-demo-'));
  const stateDir = join(directory, '.koala/sandbox');
  const port = await freePort({ inARow: CLUSTERS.length });
  const child = spawn(
    process.execPath,
    [
      join(ROOT, 'packages/kube-sandbox/bin/koala-sandbox.cjs'),
      '--state-dir',
      stateDir,
      '--port-base',
      String(port),
      ...CLUSTERS.flatMap(name => ['--cluster', name]),
      '--manifests',
      join(ROOT, 'examples/clusters'),
      ...args,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const take = (chunk: string) => {
    output += chunk;
  };
  let stopping = false;
  child.once('exit', code => {
    if (!stopping) {
      process.stderr.write(`The sandbox ended with ${code}:\n${output}\n`);
    }
  });
  const stop = async () => {
    stopping = true;
    await end(child);
    await rm(directory, { recursive: true, force: true });
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  const deadline = Date.now() + READY_LIMIT_MS;
  const made = () => output.match(/: \d+ objects created/g)?.length ?? 0;
  while (made() < CLUSTERS.length) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`The sandbox did not start:\n${output}`);
    }
    await new Promise(later => setTimeout(later, 100));
  }
  return {
    directory,
    kubeconfig: join(stateDir, 'kubeconfig'),
    usersKubeconfig: join(stateDir, 'users.kubeconfig'),
    stop,
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const exited = new Promise(done => child.once('exit', done));
  child.kill('SIGTERM');
  await exited;
}

async function readCatalog(): Promise<object[]> {
  const directory = join(ROOT, 'examples/catalog');
  const files = (await readdir(directory)).filter(name =>
    name.endsWith('.yaml'),
  );
  const texts = await Promise.all(
    files.map(file => readFile(join(directory, file), 'utf8')),
  );
  return texts
    .flatMap(text => [...parseAllDocuments(text)])
    .map(document => document.toJS());
}
