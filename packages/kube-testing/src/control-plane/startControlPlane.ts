import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  cloudControllers,
  createKubeletCredentials,
  startControllers as startSimulatedControllers,
  startNodes,
} from '@koala-ops/kube-sandbox';
import { ClusterSet, clusterNamed } from '../cluster/ClusterSet';
import { TestCluster } from '../cluster/TestCluster';
import { Reaper } from '../process/Reaper';
import { ControllerChoice, startControllers } from './controllers';
import { startEtcd } from './etcd';
import { locateControlPlane } from './locateControlPlane';
import { startRealApiServer } from './realApiServer';
import { createTokenUsers } from './tokens';

/** What to start. */
export interface ControlPlaneOptions {
  /** Names of the clusters; one kube-apiserver each, all on one etcd. Default: `real`. */
  clusters?: string[];
  /** Starts kube-controller-manager and kube-scheduler for each cluster. Default: false. */
  controllers?: ControllerChoice;
  /** Simulated nodes per cluster, that run what is scheduled on them; needs `controllers`. Default: 0. */
  nodes?: number;
  /** Pods on those nodes get ready, crash and stop this many times faster. Default: 1. */
  speed?: number;
  /** Users that may do nothing, besides the administrator. Default: `nobody`, `guest` and `member:team`, who is in group `team`. */
  users?: string[];
  /** Where certificates, logs and data are kept. Default: a temporary folder, removed at the end. */
  dir?: string;
}

/** There is no real control plane on this machine, and none can be built; the message says why. */
export class ControlPlaneUnavailableError extends Error {
  constructor(
    message: string,
    /** True where Go is installed, so that tests must not be skipped. */
    readonly goInstalled: boolean,
  ) {
    super(message);
    this.name = 'ControlPlaneUnavailableError';
  }
}

/**
 * Starts etcd and one real kube-apiserver per cluster on free loopback ports, and resolves once all
 * are ready, in 3 to 10 seconds. The processes end with this one, however it ends.
 *
 * @throws ControlPlaneUnavailableError where the programs are neither there nor can be built.
 * @throws Error with the last lines of the log of a program that did not start.
 */
export async function startControlPlane(
  options: ControlPlaneOptions = {},
): Promise<ClusterSet> {
  const { clusters: names = ['real'], controllers = false } = options;
  const location = await locateControlPlane();
  if (location.state === 'unavailable') {
    throw new ControlPlaneUnavailableError(
      location.reason,
      location.goInstalled,
    );
  }
  const { binaries } = location;
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'koala-real-')));
  await mkdir(dir, { recursive: true });
  const reaper = Reaper.start(options.dir ? {} : { temporaryDir: dir });
  const clusters: TestCluster[] = [];
  const running: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    clusters.forEach(cluster => cluster.client.close());
    await Promise.allSettled(running.map(part => part.stop()));
    await reaper.close();
  };

  try {
    const serviceAccountKeys = await writeServiceAccountKeys(dir);
    const etcd = await startEtcd({ command: binaries.etcd, dir, reaper });
    await Promise.all(
      names.map(async (name, index) => {
        const clusterDir = join(dir, name);
        await mkdir(clusterDir, { recursive: true });
        const kubelet = options.nodes
          ? await createKubeletCredentials()
          : undefined;
        const cluster = await startRealApiServer({
          name,
          command: binaries['kube-apiserver'],
          dir: clusterDir,
          etcd,
          serviceAccountKeys,
          users: createTokenUsers(options.users),
          kubelet,
          controllers: controllers !== false,
          reaper,
        });
        clusters[index] = cluster;
        if (controllers) {
          await startControllers({
            cluster,
            binaries,
            dir: clusterDir,
            serviceAccountPrivateFile: serviceAccountKeys.privateFile,
            all: controllers === true,
            reaper,
          });
        }
        const { url, token, caPem } = cluster;
        const connection = { server: url, token, ca: caPem };
        const { nodes, speed } = options;
        if (nodes) {
          running.push(startNodes({ connection, nodes, speed, kubelet }));
        }
        if (controllers === true) {
          running.push(
            startSimulatedControllers({
              connection,
              speed,
              controllers: cloudControllers,
            }),
          );
        }
      }),
    );
  } catch (error) {
    await stop();
    throw error;
  }

  return { clusters, cluster: name => clusterNamed(clusters, name), stop };
}

async function writeServiceAccountKeys(dir: string) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const privateFile = join(dir, 'service-accounts.key');
  const publicFile = join(dir, 'service-accounts.pub');
  await writeFile(privateFile, privateKey, { mode: 0o600 });
  await writeFile(publicFile, publicKey);
  return { privateFile, publicFile };
}
