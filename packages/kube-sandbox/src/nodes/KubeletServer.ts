import { IncomingMessage, ServerResponse } from 'http';
import { createServer, Server } from 'https';
import { AddressInfo } from 'net';
import { TLSSocket } from 'tls';
import { Clock, Pod, PodStatus } from '../client';
import { KubeletCredentials } from '../tls/kubeletCredentials';
import { parseLogOptions } from './logs/LogOptions';
import {
  containerNamed,
  continuedRun,
  logRunOf,
  NoLogError,
} from './logs/LogRun';
import { LogStream } from './logs/LogStream';

/** The pods that a kubelet endpoint tells of. */
export interface KubeletPods {
  /** A pod of these nodes with its newest status. */
  find(
    namespace: string,
    name: string,
  ): { pod: Pod; status: PodStatus } | undefined;
  /** Calls back when that pod has changed or is gone, until the returned function is called. */
  onChange(namespace: string, name: string, listener: () => void): () => void;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** What a kubelet offers that a simulation cannot. */
const NO_PROGRAMS = ['attach', 'exec', 'portForward', 'run'];

/** Answers a request of the kubelet's API with an error as text. */
function refuse(response: ServerResponse, code: number, message: string): void {
  response.writeHead(code, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(message);
}

/**
 * The HTTPS endpoint that kubelets offer to their API server: logs and health. One serves all simulated nodes. It believes
 * nobody who has no certificate of the API server's authority.
 */
export class KubeletServer {
  /** The port on loopback; rejects where no server could be opened. */
  readonly port: Promise<number>;
  readonly #server: Server;

  private constructor(
    private readonly options: {
      credentials: KubeletCredentials;
      pods: KubeletPods;
      clock: Clock;
      speed: number;
    },
  ) {
    const { caPem, server } = options.credentials;
    this.#server = createServer(
      {
        ...server,
        ca: caPem,
        requestCert: true,
        // Strangers get an answer: 401.
        rejectUnauthorized: false,
      },
      (request, response) => this.#handle(request, response),
    );
    this.#server.on('tlsClientError', () => {});
    this.port = new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', () =>
        resolve((this.#server.address() as AddressInfo).port),
      );
    });
    // Nodes ask for the port when they report; until then nobody listens.
    this.port.catch(() => {});
  }

  static start(options: KubeletServer['options']): KubeletServer {
    return new KubeletServer(options);
  }

  /** Ends the endpoint and everything that is being followed. */
  stop(): Promise<void> {
    return new Promise(resolve => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    if (!(request.socket as TLSSocket).authorized) {
      refuse(response, 401, 'Unauthorized');
      return;
    }
    const [path, query = ''] = (request.url ?? '').split('?');
    const [, root, ...segments] = path.split('/').map(decodeSegment);
    if (NO_PROGRAMS.includes(root)) {
      refuse(
        response,
        501,
        `simulated containers hold no programs, so that there is no ${root}`,
      );
    } else if (request.method !== 'GET') {
      refuse(response, 405, 'Method Not Allowed');
    } else if (root === 'healthz' && segments.length === 0) {
      refuse(response, 200, 'ok');
    } else if (root === 'containerLogs' && segments.length === 3) {
      this.#sendLog(response, segments, new URLSearchParams(query));
    } else {
      refuse(response, 404, '404 page not found\n');
    }
  }

  #sendLog(
    response: ServerResponse,
    [namespace, name, container]: string[],
    query: URLSearchParams,
  ): void {
    const { pods, clock, speed } = this.options;
    const wanted = parseLogOptions(query, clock.now());
    if (!wanted) {
      refuse(response, 400, '{"message": "Unable to decode query."}');
      return;
    }
    const found = pods.find(namespace, name);
    if (!found) {
      refuse(response, 404, `pod "${name}" does not exist`);
      return;
    }
    if (!containerNamed(found.pod, container)) {
      refuse(
        response,
        404,
        `container "${container}" not found in pod "${name}"`,
      );
      return;
    }
    const { previous } = wanted;
    try {
      const run = logRunOf({ ...found, container, previous, speed });
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.flushHeaders();
      LogStream.start({
        run,
        wanted,
        clock,
        out: response,
        source: {
          current: () => continuedRun(run, pods.find(namespace, name)),
          onChange: listener => pods.onChange(namespace, name, listener),
        },
      });
    } catch (error) {
      if (!(error instanceof NoLogError)) {
        throw error;
      }
      refuse(response, 400, error.message);
    }
  }
}
