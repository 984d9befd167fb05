import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { RequestOptions } from 'node:https';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import type { Cluster, KubeConfig } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { Credential } from '../transport/Credential';

/** What a context of a kubeconfig names. */
export interface KubeconfigContext {
  name: string;
  cluster: string;
  user: string;
  namespace?: string;
  url: string;
  ca?: string;
  skipTlsVerify: boolean;
  tlsServerName?: string;
  proxyUrl?: string;
  /** Whom the user acts as. */
  impersonates?: string;
}

/**
 * The contexts of a kubeconfig whose cluster and user it also names.
 *
 * @throws where the file cannot be read
 */
export function readContexts(path: string): KubeconfigContext[] {
  const config = load(path);
  return config.getContexts().flatMap(context => {
    const cluster = config.getCluster(context.cluster);
    const user = config.getUser(context.user);
    if (!cluster || !user) {
      return [];
    }
    return [
      {
        name: context.name,
        cluster: context.cluster,
        user: context.user,
        namespace: context.namespace,
        url: cluster.server,
        ca: authorityOf(cluster),
        skipTlsVerify: cluster.skipTLSVerify,
        tlsServerName: cluster.tlsServerName,
        proxyUrl: cluster.proxyUrl,
        impersonates: user.impersonateUser ?? undefined,
      },
    ];
  });
}

/**
 * The credential of a context, read from the file anew: token, token file, client certificate, password, or
 * what an `exec` command prints.
 *
 * @throws where the file or the command fails; the message repeats nothing that the command printed
 */
export async function readContextCredential(
  path: string,
  context: string,
): Promise<Credential> {
  const config = load(path);
  config.setCurrentContext(context);
  const user = config.getCurrentUser();
  const tokenFile = user && (await tokenFileOf(path, user.name));
  if (tokenFile) {
    return { type: 'token', token: (await readFile(tokenFile, 'utf8')).trim() };
  }
  const options: RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    throw user?.exec
      ? new Error(`the command "${user.exec.command}" of the kubeconfig failed`)
      : error;
  }
  const headers = (options.headers ?? {}) as Record<string, string>;
  const bearer = /^Bearer (.+)$/s.exec(headers.Authorization ?? '');
  if (bearer) {
    return { type: 'token', token: bearer[1].trim() };
  }
  if (options.cert && options.key) {
    return {
      type: 'certificate',
      cert: options.cert.toString(),
      key: options.key.toString(),
    };
  }
  if (user?.username) {
    return {
      type: 'basic',
      username: user.username,
      password: user.password ?? '',
    };
  }
  return { type: 'anonymous' };
}

/** `@kubernetes/client-node` is large (30 MB of heap), so only those who have a kubeconfig load it. */
function load(path: string): KubeConfig {
  const clientNode: typeof import('@kubernetes/client-node') = createRequire(
    __filename,
  )('@kubernetes/client-node');
  const config = new clientNode.KubeConfig();
  config.loadFromFile(path, { onInvalidEntry: 'filter' });
  return config;
}

function authorityOf({ caFile, caData }: Cluster): string | undefined {
  if (caFile) {
    return readFileSync(caFile, 'utf8');
  }
  return caData ? Buffer.from(caData, 'base64').toString('utf8') : undefined;
}

/** client-node 1.4 overlooks the field `tokenFile`. */
async function tokenFileOf(
  path: string,
  name: string,
): Promise<string | undefined> {
  const raw = parse(await readFile(path, 'utf8')) as {
    users?: Array<{ name?: string; user?: { tokenFile?: string } }>;
  };
  const file = raw.users?.find(user => user?.name === name)?.user?.tokenFile;
  return file ? resolve(dirname(path), file) : undefined;
}
