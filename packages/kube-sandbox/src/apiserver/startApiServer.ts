import {
  createSecureServer,
  Http2SecureServer,
  ServerHttp2Session,
} from 'node:http2';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { Tokens, User } from '../access/Authenticator';
import { createBootstrapPolicy } from '../access/bootstrapPolicy';
import { Fields, KubeObject } from '../objects/KubeObject';
import { resourceType } from '../registry/Registry';
import { toTimestamp } from '../objects/timestamp';
import { createObject } from '../rest/create';
import { Store } from '../storage/Store';
import { serverCertificates } from '../tls/certificates';
import { KubeletCredentials } from '../tls/kubeletCredentials';
import { ApiExchange } from './ApiExchange';
import { Clock, Cluster } from './Cluster';
import { Faults } from './Faults';
import { handleRequest } from './handleRequest';

/** What a simulated API server is made of; everything but the tokens has a default. */
export interface ApiServerOptions {
  /** Name of the cluster, for messages. */
  name: string;
  /** Port to listen on; 0 (the default) takes a free one. */
  port?: number;
  /** Address to listen on; loopback by default. */
  host?: string;
  /** Bearer tokens and who they stand for. A Map may be changed while the server runs. */
  tokens: Tokens | Record<string, User>;
  /** Roles and bindings to begin with, beside those of every cluster: objects of `rbac.authorization.k8s.io/v1`. */
  roles?: readonly Fields[];
  clock?: Clock;
  /** How many changes are remembered for watches, resumed lists and exact lists; older ones answer 410. Default 8192. */
  historyWindow?: number;
  /** How often a watch with bookmarks gets one, in milliseconds. Default 60,000. */
  bookmarkIntervalMs?: number;
  /** `dir` keeps the CA, so that clients trust the server after a restart. */
  tls?: { dir?: string };
  /** What the kubelets of the cluster know this server by; without it they refuse it. */
  kubelet?: KubeletCredentials;
  /** Ways to be wrong on purpose, for tests. */
  faults?: Faults;
  /** A store that outlives this server, so that a restarted one serves the same objects. */
  store?: Store;
}

/** A running simulated API server. */
export interface ApiServer {
  readonly name: string;
  /** `https://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  /** The CA that clients have to trust, PEM. */
  readonly caPem: string;
  /** The objects of the cluster; tests look at it and compact it. */
  readonly store: Store;
  readonly faults: Faults;
  readonly tokens: Tokens;
  /** Ends the server and all its connections, watches included. */
  close(): Promise<void>;
}

/** Namespaces that every cluster has from the start. */
const SYSTEM_NAMESPACES = [
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease',
];
/** Streams per HTTP/2 connection, as on the real server. */
const MAX_CONCURRENT_STREAMS = 100;

function createSystemNamespaces(cluster: Cluster) {
  const type = resourceType('v1', 'namespaces')!;
  for (const name of SYSTEM_NAMESPACES) {
    if (!cluster.store.get(type.storedIn, undefined, name)) {
      const object = {
        kind: 'Namespace',
        apiVersion: 'v1',
        metadata: { name },
      } as KubeObject;
      createObject({
        cluster,
        type,
        object,
        dryRun: false,
        writer: {
          manager: 'kube-apiserver',
          time: toTimestamp(cluster.clock.now()),
        },
      });
    }
  }
}

function listen(
  server: Http2SecureServer,
  options: { name: string; port: number; host: string },
): Promise<number> {
  const { name, port, host } = options;
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${port} of ${host}, meant for cluster ${name}, is in use: stop the process that uses it, or choose another port.`,
            )
          : error,
      ),
    );
    server.listen(port, host, () =>
      resolve((server.address() as AddressInfo).port),
    );
  });
}

/** Remembers the open connections, so that they can be ended with the server. */
function trackConnections(server: Http2SecureServer) {
  const open = new Set<Duplex>();
  const sessions = new Set<ServerHttp2Session>();
  server.on('connection', (socket: Duplex) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.on('session', session => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    session.on('error', () => session.destroy());
  });
  // A client that gives up in the middle of a handshake is no concern of the server's.
  server.on('tlsClientError', () => {});
  return () => {
    sessions.forEach(session => session.destroy());
    open.forEach(socket => socket.destroy());
  };
}

/**
 * Starts a simulated kube-apiserver for one cluster: TLS, HTTP/2 and HTTP/1.1, objects in memory.
 * Rejects with a sentence for people where the port is in use.
 */
export async function startApiServer(
  options: ApiServerOptions,
): Promise<ApiServer> {
  const { name, port = 0, host = '127.0.0.1', historyWindow = 8192 } = options;
  const store = options.store ?? new Store({ historyWindow });
  const tokens: Tokens =
    options.tokens instanceof Map
      ? options.tokens
      : new Map(Object.entries(options.tokens));
  const cluster = new Cluster({
    ...options,
    store,
    tokens,
    keyFile: options.tls?.dir && join(options.tls.dir, 'service-accounts.key'),
  });
  createSystemNamespaces(cluster);
  createBootstrapPolicy(cluster, options.roles ?? []);

  const certificates = await serverCertificates({ dir: options.tls?.dir });
  const server = createSecureServer({
    ...certificates.server,
    allowHTTP1: true,
    settings: { maxConcurrentStreams: MAX_CONCURRENT_STREAMS },
  });
  const destroyConnections = trackConnections(server);
  let address = host;
  server.on('request', (request, response) => {
    response.on('error', () => {});
    const exchange = new ApiExchange(request, response);
    void handleRequest({ cluster, exchange, address });
  });
  const actualPort = await listen(server, { name, port, host });
  address = `${host}:${actualPort}`;
  return {
    name,
    url: `https://${address}`,
    port: actualPort,
    caPem: certificates.caPem,
    store,
    faults: cluster.faults,
    tokens,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        cluster.kubelets.close();
        destroyConnections();
      }),
  };
}
