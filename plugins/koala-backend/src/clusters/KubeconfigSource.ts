import { ClusterConnection } from './ClusterConnection';
import { ClusterSource } from './ClusterSource';
import { fingerprintOf } from './fingerprintOf';
import {
  KubeconfigContext,
  readContextCredential,
  readContexts,
} from './loadKubeconfig';

/**
 * The clusters of a kubeconfig, one per context and named like it. Contexts that differ in their namespace only
 * are one cluster, named after the first of them.
 */
export class KubeconfigSource implements ClusterSource {
  readonly name = 'koala.kubeconfig';
  readonly #path: string;

  static create(options: { path: string }): KubeconfigSource {
    return new KubeconfigSource(options.path);
  }

  private constructor(path: string) {
    this.#path = path;
  }

  /** @throws where the file cannot be read */
  async clusters(): Promise<readonly ClusterConnection[]> {
    const clusters = new Map<string, KubeconfigContext[]>();
    for (const context of readContexts(this.#path)) {
      const key = JSON.stringify([context.cluster, context.user]);
      clusters.set(key, [...(clusters.get(key) ?? []), context]);
    }
    return [...clusters.values()].map(contexts => this.#connection(contexts));
  }

  #connection(contexts: KubeconfigContext[]): ClusterConnection {
    const [context] = contexts;
    const namespaces = contexts.flatMap(({ namespace }) => namespace ?? []);
    const unwatchable = unwatchableReason(context);
    return {
      name: context.name,
      url: context.url,
      ca: context.ca,
      skipTlsVerify: context.skipTlsVerify,
      tlsServerName: context.tlsServerName,
      credential: () => readContextCredential(this.#path, context.name),
      unwatchable,
      namespaces,
      fingerprint: fingerprintOf([
        context.url,
        context.ca,
        context.skipTlsVerify,
        context.tlsServerName,
        context.user,
        namespaces,
        unwatchable,
      ]),
    };
  }
}

function unwatchableReason(context: KubeconfigContext): string | undefined {
  if (context.proxyUrl) {
    return 'The kubeconfig reaches it through a proxy (proxy-url), which Koala does not support';
  }
  if (context.impersonates) {
    return `The kubeconfig acts as "${context.impersonates}" there (as), which Koala does not support`;
  }
  return /^https?:\/\//.test(context.url)
    ? undefined
    : `Its URL ${context.url} in the kubeconfig is neither https nor http`;
}
