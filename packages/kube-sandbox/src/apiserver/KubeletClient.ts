import { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { Fields, KubeObject } from '../objects/KubeObject';
import { internalError, notFound } from '../status/errors';
import { Store } from '../storage/Store';
import { KubeletCredentials } from '../tls/kubeletCredentials';

/** A request to the kubelet of a node. */
export interface KubeletRequest {
  nodeName: string;
  /** Parts of the path: `containerLogs`, namespace, pod, container. */
  segments: readonly string[];
  query?: URLSearchParams;
  /** `GET` unless told. */
  method?: string;
  /** Ends the request, and the answer where that is a stream. */
  signal?: AbortSignal;
}

/** The address types of a node in the order in which they are tried. */
const PREFERRED_ADDRESSES = ['InternalDNS', 'InternalIP'];
const DEFAULT_PORT = 10250;
/** What a kubelet says of why it refuses is not longer than this. */
const TEXT_LIMIT = 50_000;

/** Where a kubelet listens; throws where its node has no address that is of use. */
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

/** The text of an answer, up to what a kubelet may say. */
export async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of answer) {
    text += chunk;
    if (text.length > TEXT_LIMIT) {
      answer.destroy();
      return text.slice(0, TEXT_LIMIT);
    }
  }
  return text;
}

/** Asks the kubelets of a cluster, with the certificate that they know their API server by. */
export class KubeletClient {
  readonly #agent: Agent;
  readonly #store: Store;

  constructor(options: { credentials?: KubeletCredentials; store: Store }) {
    const { credentials, store } = options;
    this.#store = store;
    this.#agent = new Agent({
      keepAlive: false,
      ca: credentials?.caPem,
      ...credentials?.client,
    });
  }

  /**
   * Resolves with the head of the answer; its body is still to come. Rejects with a 404 where there is no such node, and with a
   * 500 where its kubelet cannot be reached.
   */
  async open(asked: KubeletRequest): Promise<IncomingMessage> {
    const { nodeName, segments, query, method = 'GET', signal } = asked;
    const node = this.#store.get('/nodes', undefined, nodeName);
    if (!node) {
      throw notFound({ group: '', kind: 'nodes', name: nodeName });
    }
    const { host, port } = kubeletHost(node);
    const path = `/${segments.map(encodeURIComponent).join('/')}`;
    const search = query?.toString();
    const url = `${path}${search ? `?${search}` : ''}`;
    return new Promise((resolve, reject) => {
      request(
        { agent: this.#agent, host, port, path: url, method, signal },
        resolve,
      )
        .once('error', error =>
          reject(
            internalError(
              `Get "https://${host}:${port}${url}": ${error.message}`,
            ),
          ),
        )
        .end();
    });
  }

  /** The whole answer. */
  async ask(asked: KubeletRequest): Promise<{ status: number; text: string }> {
    const answer = await this.open(asked);
    return { status: answer.statusCode!, text: await textOf(answer) };
  }

  /** Ends what is still open. */
  close(): void {
    this.#agent.destroy();
  }
}
