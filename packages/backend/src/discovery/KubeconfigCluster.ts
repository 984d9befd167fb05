import type { KubeConfig } from '@kubernetes/client-node';
import http from 'node:http';
import https from 'node:https';
import { newKubeConfig } from './clientNode';
import { ClusterError, DiscoveredCluster } from './DiscoveredCluster';

const TIMEOUT_MS = 15_000;
const PAGE_SIZE = 500;

/** A context of a kubeconfig file as a cluster to read from, whatever way it authenticates. */
export class KubeconfigCluster implements DiscoveredCluster {
  private constructor(
    readonly name: string,
    readonly server: string,
    readonly namespace: string | undefined,
    private readonly config: KubeConfig,
  ) {}

  /** Undefined where the context names a cluster that the file does not describe. */
  static create(options: {
    config: KubeConfig;
    context: string;
  }): KubeconfigCluster | undefined {
    const config = newKubeConfig();
    config.loadFromOptions({
      clusters: options.config.getClusters(),
      users: options.config.getUsers(),
      contexts: options.config.getContexts(),
      currentContext: options.context,
    });
    const server = config.getCurrentCluster()?.server;
    return server
      ? new KubeconfigCluster(
          options.context,
          server,
          config.getContextObject(options.context)?.namespace,
          config,
        )
      : undefined;
  }

  async list<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let token: string | undefined;
    do {
      const query = new URLSearchParams({ limit: String(PAGE_SIZE) });
      if (token) query.set('continue', token);
      const page = await this.get<{
        items?: T[] | null;
        metadata?: { continue?: string };
      }>(`${path}?${query}`);
      items.push(...(page.items ?? []));
      token = page.metadata?.continue || undefined;
    } while (token);
    return items;
  }

  private async get<T>(path: string): Promise<T> {
    const options: https.RequestOptions = {
      headers: { accept: 'application/json' },
    };
    try {
      // Runs the context's own way to sign in, such as an exec plugin.
      await this.config.applyToHTTPSOptions(options);
    } catch (error) {
      throw new ClusterError(`cannot sign in: ${reasonOf(error)}`);
    }
    const { status, body } = await send(
      `${this.server.replace(/\/+$/, '')}${path}`,
      options,
    );
    if (status !== 200) {
      throw new ClusterError(messageOf(body) ?? `answers ${status}`, status);
    }
    try {
      return JSON.parse(body);
    } catch {
      throw new ClusterError('answers something else than JSON', status);
    }
  }
}

function send(
  url: string,
  options: https.RequestOptions,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) =>
      reject(new ClusterError(`does not answer: ${reasonOf(error)}`));
    const request = (url.startsWith('http:') ? http : https).request(
      url,
      options,
      response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.once('error', fail);
        response.once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    // Over the whole exchange: a frozen server accepts connections and sends nothing.
    const limit = setTimeout(
      () => request.destroy(new Error(`nothing in ${TIMEOUT_MS / 1000} s`)),
      TIMEOUT_MS,
    );
    request.once('close', () => clearTimeout(limit));
    request.once('error', fail);
    request.end();
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  return error.message || code || error.name;
}

function messageOf(body: string): string | undefined {
  try {
    const { message } = JSON.parse(body);
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
