import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { freePort } from './freePort';

const ROOT = resolve(__dirname, '../../..');
const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 20_000;

/** A cluster as the portal's `kubernetes` configuration names it. */
export interface PortalCluster {
  name: string;
  url: string;
  token: string;
  /** Path of the file with the certificate authority. */
  caFile?: string;
}

/** What a test wants of its portal. */
export interface PortalOptions {
  clusters: readonly PortalCluster[];
  /** `koala.environments`, as in a configuration file. */
  environments: readonly object[];
  /** Catalog entities. */
  entities: readonly object[];
  /** A free one where none is given. */
  port?: number;
  /** More configuration, merged over what the options above make of it. */
  config?: object;
}

/** A running portal: the built frontend, served by the backend. */
export interface Portal {
  url: string;
  /** All that the backend printed so far. */
  logs(): string;
  /** Ends the backend as an operator would; safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts the portal as it is shipped: the built frontend, served by the
 * backend in a process of its own, with real authentication, permissions and
 * compression. Resolves once the backend says that it is ready.
 */
export async function startPortal(options: PortalOptions): Promise<Portal> {
  const directory = await mkdtemp(join(tmpdir(), 'koala-portal-'));
  const port = options.port ?? (await freePort());
  const url = `http://localhost:${port}`;
  const configs = await writeConfigs({ directory, url, port, options });

  const child = spawn(
    process.execPath,
    [
      '--require',
      join(ROOT, 'node_modules/@backstage/cli-node/config/nodeTransform.cjs'),
      join(ROOT, 'packages/backend/src/index.ts'),
      ...configs.flatMap(file => ['--config', file]),
    ],
    {
      cwd: join(ROOT, 'packages/backend'),
      env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let logs = '';
  const take = (chunk: string) => {
    logs += chunk;
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  let isOver = false;
  const exited = new Promise<void>(done => {
    child.once('exit', () => {
      isOver = true;
      done();
    });
  });

  const stop = async () => {
    if (!isOver) {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await exited;
      clearTimeout(force);
    }
    await rm(directory, { recursive: true, force: true });
  };

  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await isReady(url))) {
    if (isOver || Date.now() > deadline) {
      await stop();
      throw new Error(`The portal did not start:\n${logs}`);
    }
    await new Promise(later => setTimeout(later, 200));
  }
  return { url, stop, logs: () => logs };
}

async function writeConfigs(given: {
  directory: string;
  url: string;
  port: number;
  options: PortalOptions;
}): Promise<string[]> {
  const { directory, url, port, options } = given;
  const entities = join(directory, 'entities.yaml');
  await writeFile(
    entities,
    options.entities.map(entity => `---\n${stringify(entity)}`).join(''),
  );
  const own = {
    app: { baseUrl: url },
    backend: {
      baseUrl: url,
      listen: { port, host: '127.0.0.1' },
      cors: { origin: url },
      csp: { 'upgrade-insecure-requests': false },
    },
    auth: {
      providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
    },
    catalog: {
      locations: [{ type: 'file', target: entities }],
      processingInterval: { seconds: 10 },
    },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        { type: 'config', clusters: options.clusters.map(kubernetesCluster) },
      ],
    },
    koala: { environments: options.environments },
  };
  const files = [
    join(ROOT, 'app-config.yaml'),
    await writeConfig(join(directory, 'app-config.portal.yaml'), own),
  ];
  if (options.config) {
    files.push(
      await writeConfig(
        join(directory, 'app-config.test.yaml'),
        options.config,
      ),
    );
  }
  return files;
}

async function writeConfig(file: string, content: object): Promise<string> {
  await writeFile(file, stringify(content));
  return file;
}

function kubernetesCluster({ name, url, token, caFile }: PortalCluster) {
  return {
    name,
    url,
    authProvider: 'serviceAccount',
    serviceAccountToken: token,
    ...(caFile ? { caFile } : { skipTLSVerify: true }),
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/.backstage/health/v1/readiness`);
    return answer.ok;
  } catch {
    return false;
  }
}
