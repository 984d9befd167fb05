import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { readLifeScript, seed, startLife } from '@koala-ops/kube-sandbox';
import { GiveUp, startControlPlane, until } from '@koala-ops/kube-testing';

/** The clusters of the demo organisation, in the order in which `npm start` has them. */
const CLUSTERS = ['dev', 'staging', 'prod-eu', 'prod-us'];
const ROOT = join(resolvePackagePath('@koala-ops/bench'), '../..');
const MANIFESTS = join(ROOT, 'examples/clusters');
const LIFE = join(ROOT, 'examples/life.yaml');

/** Clusters in which the demo organisation lives. */
export interface DemoClusters {
  /** The process whose tree runs them. */
  pid: number;
  /** Programs of the tree that are no cluster's but those of whoever measures. */
  ownName?: string;
  stop(): Promise<void>;
}

/** The sandbox's command, as `npm start` runs it; resolves once everything is created. */
export async function startSandboxDemo(): Promise<DemoClusters> {
  const directory = await mkdtemp(join(tmpdir(), 'koala-footprint-'));
  const child = spawn(
    join(ROOT, 'packages/kube-sandbox/bin/koala-sandbox.cjs'),
    [
      ...['--state-dir', directory, '--port-base', '0'],
      ...CLUSTERS.flatMap(name => ['--cluster', name]),
      ...['--manifests', MANIFESTS, '--life', LIFE],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  // Read to the end: who writes to a pipe that nobody reads ends.
  child.stdout.setEncoding('utf8').on('data', chunk => {
    output += chunk;
  });
  const stop = async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await until({
      what: 'life in the sandbox',
      boundMs: 180_000,
      attempt: () => {
        if (child.exitCode !== null) {
          throw new GiveUp(new Error('The sandbox ended before it was ready.'));
        }
        return output.includes('life begins');
      },
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid: child.pid!, stop };
}

/**
 * A real control plane for each cluster, with the same objects, nodes and life; those run in this process, as they
 * would beside any cluster.
 */
export async function startRealDemo(): Promise<DemoClusters> {
  const planes = await startControlPlane({
    clusters: CLUSTERS,
    controllers: true,
    nodes: 3,
  });
  try {
    const clusters = planes.clusters.map(({ name, url, token, caPem }) => ({
      name,
      connection: { server: url, token, ca: caPem },
    }));
    await Promise.all(
      clusters.map(({ name, connection }) =>
        seed({ connection, directory: join(MANIFESTS, name) }),
      ),
    );
    const life = startLife({ script: await readLifeScript(LIFE), clusters });
    return {
      pid: process.pid,
      ownName: 'nodes and life',
      async stop() {
        await life.stop();
        await planes.stop();
      },
    };
  } catch (error) {
    await planes.stop();
    throw error;
  }
}
