import { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { Fields, KubeObject } from '../objects/KubeObject';
import { internalError } from '../status/errors';
import { KubeletCredentials } from '../tls/kubeletCredentials';

/** The address types of a node in the order in which they are tried. */
const PREFERRED_ADDRESSES = ['InternalDNS', 'InternalIP'];
const DEFAULT_PORT = 10250;

/** `localhost:35001`; throws where the node has no address that is of use. */
function kubeletHost(node: KubeObject): { host: string; port: number } {
  const addresses: Fields[] = node.status?.addresses ?? [];
  for (const wanted of PREFERRED_ADDRESSES) {
    const found = addresses.find(({ type }) => type === wanted);
    if (found) {
      const port = node.status?.daemonEndpoints?.kubeletEndpoint?.Port;
      return { host: found.address, port: port || DEFAULT_PORT };
    }
  }
  throw internalError(
    `no preferred addresses found; known addresses: [${addresses
      .map(({ type, address }) => `{${type} ${address}}`)
      .join(' ')}]`,
  );
}

/** Asks the kubelets of a cluster, with the certificate that they know their API server by. */
export class KubeletClient {
  readonly #agent: Agent;

  constructor(credentials: KubeletCredentials | undefined) {
    this.#agent = new Agent({
      keepAlive: false,
      ca: credentials?.caPem,
      ...credentials?.client,
    });
  }

  /**
   * Resolves with the head of the answer; its body is still to come. Rejects in the real server's words where the kubelet
   * cannot be reached.
   */
  get(options: {
    node: KubeObject;
    path: string;
    signal: AbortSignal;
  }): Promise<IncomingMessage> {
    const { node, path, signal } = options;
    const { host, port } = kubeletHost(node);
    return new Promise((resolve, reject) => {
      const asked = request(
        { agent: this.#agent, host, port, path, signal },
        resolve,
      );
      asked.once('error', error =>
        reject(
          internalError(
            `Get "https://${host}:${port}${path}": ${error.message}`,
          ),
        ),
      );
      asked.end();
    });
  }

  /** Ends what is still open. */
  close(): void {
    this.#agent.destroy();
  }
}
