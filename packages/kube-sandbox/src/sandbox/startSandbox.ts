import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ApiServer, startApiServer } from '../apiserver/startApiServer';
import { viewerPolicy } from '../access/viewerPolicy';
import { ApiConnection, Logger } from '../client';
import { startControllers } from '../controllers';
import { writeKubeconfig } from '../kubeconfig/writeKubeconfig';
import { startNodes } from '../nodes';
import { readLifeScript, seed, startLife } from '../organisation';
import { Store } from '../storage/Store';
import {
  createKubeletCredentials,
  KubeletCredentials,
} from '../tls/kubeletCredentials';
import { SandboxArguments } from './parseArguments';
import { readUsers, SandboxUser } from './readUsers';
import { SandboxTokens, tokensOf, VIEWER } from './tokens';

/** A running sandbox. */
export interface Sandbox {
  clusters: readonly ApiServer[];
  /** Path of the kubeconfig whose contexts may do everything. */
  kubeconfig: string;
  /** Resolves when the manifests of all clusters have been created; rejects with the first problem. */
  seeded: Promise<void>;
  stop(): Promise<void>;
}

const HISTORY_WINDOW = 8192;
const EPOCH = Date.UTC(2026, 0, 1);

/**
 * Revisions go on from one run to the next, as those of a real cluster do, although the objects do not: a client
 * that resumes a watch of the last run is told that its revision is gone, and lists again.
 */
function firstRevision(now: number): number {
  return Math.max(1, Math.floor((now - EPOCH) / 100));
}

async function startClusters(options: {
  settings: SandboxArguments;
  tokens: SandboxTokens;
  users: readonly SandboxUser[];
  kubelet: KubeletCredentials;
}): Promise<ApiServer[]> {
  const { settings, tokens, users, kubelet } = options;
  const servers: ApiServer[] = [];
  try {
    for (const [index, name] of settings.clusters.entries()) {
      servers.push(
        await startApiServer({
          name,
          port: settings.portBase > 0 ? settings.portBase + index : 0,
          tokens: { ...tokensOf(users), ...tokens.users },
          roles: viewerPolicy(),
          tls: { dir: settings.stateDir },
          kubelet,
          store: new Store({
            historyWindow: HISTORY_WINDOW,
            firstRevision: firstRevision(Date.now()),
          }),
        }),
      );
    }
  } catch (error) {
    await Promise.all(servers.map(server => server.close()));
    throw error;
  }
  return servers;
}

/** The users whom a file beside the manifests names, besides those who are always there. */
async function furtherUsers({ manifests }: SandboxArguments) {
  const file = manifests && join(manifests, 'users.yaml');
  return file && existsSync(file) ? readUsers(file) : [];
}

async function writeKubeconfigs(options: {
  servers: readonly ApiServer[];
  tokens: SandboxTokens;
  users: readonly SandboxUser[];
  stateDir: string;
}): Promise<string> {
  const { servers, tokens, users, stateDir } = options;
  const file = join(stateDir, 'kubeconfig');
  const clusters = (token: string) =>
    servers.map(({ name, url, caPem }) => ({ name, url, caPem, token }));
  await writeKubeconfig({
    clusters: clusters(tokens.viewer),
    file: join(stateDir, 'viewer.kubeconfig'),
  });
  await writeKubeconfig({
    clusters: servers.flatMap(({ name, url, caPem }) => [
      { name, url, caPem, token: tokens.admin },
      ...[VIEWER, ...users].map(user => ({
        name: `${name}-${user.name}`,
        url,
        caPem,
        token: user.token,
        namespace: user.namespace,
      })),
    ]),
    file: join(stateDir, 'users.kubeconfig'),
  });
  // Last, because it tells those who wait for it that everything else is there.
  await writeKubeconfig({ clusters: clusters(tokens.admin), file });
  return file;
}

/** Starts the API servers of all clusters and, as clients of theirs, controllers, nodes and the demo organisation. */
export async function startSandbox(options: {
  settings: SandboxArguments;
  tokens: SandboxTokens;
  logger: Logger;
}): Promise<Sandbox> {
  const { settings, tokens, logger } = options;
  // Read first: a mistake in it is told before anything runs.
  const script = settings.life && (await readLifeScript(settings.life));
  const kubelet = await createKubeletCredentials();
  const users = await furtherUsers(settings);
  const servers = await startClusters({ settings, tokens, users, kubelet });
  const { stateDir } = settings;
  const kubeconfig = await writeKubeconfigs({
    servers,
    tokens,
    users,
    stateDir,
  });
  const running: { stop(): Promise<void> }[] = [];
  const seeding: Promise<void>[] = [];
  const clusters = servers.map(({ name, url, caPem }) => {
    const connection: ApiConnection = {
      server: url,
      token: tokens.admin,
      ca: caPem,
    };
    return { name, connection };
  });
  for (const { name, connection } of clusters) {
    const named: Logger = {
      info: message => logger.info(`${name}: ${message}`),
      warn: message => logger.warn(`${name}: ${message}`),
    };
    const { speed } = settings;
    running.push(startControllers({ connection, logger: named, speed }));
    if (settings.nodes > 0) {
      running.push(
        startNodes({
          connection,
          logger: named,
          speed,
          kubelet,
          nodes: settings.nodes,
          namePrefix: `${name}-node`,
        }),
      );
    }
    const directory = settings.manifests && join(settings.manifests, name);
    if (directory && existsSync(directory)) {
      seeding.push(
        seed({ connection, directory }).then(({ created }) =>
          named.info(`${created} objects created`),
        ),
      );
    } else if (directory) {
      named.warn(`no manifests in ${directory}, so the cluster stays empty`);
    }
  }
  let stopped = false;
  const seeded = Promise.all(seeding).then(() => {
    if (script && !stopped) {
      const { lifeSpeed: speed } = settings;
      running.push(startLife({ script, clusters, speed, logger }));
      logger.info(
        'life begins; koala-sandbox life pause|resume|speed <factor> controls it',
      );
    }
  });
  return {
    clusters: servers,
    kubeconfig,
    seeded,
    async stop() {
      stopped = true;
      await Promise.allSettled(running.map(part => part.stop()));
      await Promise.all(servers.map(server => server.close()));
    },
  };
}
