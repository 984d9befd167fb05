import { Agent, AgentOptions, ClientRequest, request } from 'node:http';
import { Socket } from 'node:net';
import { Duplex, Readable } from 'node:stream';
import { RawRequest, RawResponse } from './Connection';
import { explainConnectionError } from './explainConnectionError';
import { TransportError } from './TransportError';

/** Node's pool, with connections made by Koala: their time limit and errors are the same everywhere. */
class SocketAgent extends Agent {
  readonly protocol: string;
  readonly #open: () => Promise<Socket>;

  constructor(protocol: string, open: () => Promise<Socket>) {
    super({ keepAlive: true, timeout: 0 } satisfies AgentOptions);
    this.protocol = protocol;
    this.#open = open;
  }

  createConnection(
    _options: unknown,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    this.#open().then(
      socket => callback?.(null, socket),
      error => callback?.(error, undefined as unknown as Duplex),
    );
    return undefined;
  }
}

/** A pool of HTTP/1.1 connections, for servers that offer nothing better. */
export class Http1Agent {
  readonly #agent: SocketAgent;
  readonly #url: URL;
  readonly #sockets = new Set<Socket>();
  readonly #bodies = new Set<Readable>();
  readonly #onBytes: () => void;
  #closedBy: TransportError | undefined;

  static create(options: {
    url: string;
    open: () => Promise<Socket>;
    onBytes: () => void;
  }): Http1Agent {
    return new Http1Agent(options);
  }

  private constructor(options: {
    url: string;
    open: () => Promise<Socket>;
    onBytes: () => void;
  }) {
    this.#url = new URL(options.url);
    this.#onBytes = options.onBytes;
    this.#agent = new SocketAgent(this.#url.protocol, async () => {
      const socket = await options.open();
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      return socket;
    });
  }

  /** Open connections. */
  get connections(): number {
    return this.#sockets.size;
  }

  request({ path, headers, signal }: RawRequest): Promise<RawResponse> {
    return new Promise((resolve, reject) => {
      const fail = (error: unknown) =>
        reject(this.#closedBy ?? explainConnectionError(this.#url.host, error));
      const sent: ClientRequest = request({
        agent: this.#agent,
        protocol: this.#url.protocol,
        host: this.#url.hostname,
        port: this.#url.port,
        method: 'GET',
        path,
        headers,
      });
      const abort = () => {
        sent.destroy();
        reject(
          new TransportError({
            code: 'aborted',
            message: 'The request was given up',
          }),
        );
      };
      signal.addEventListener('abort', abort, { once: true });
      sent.once('close', () => signal.removeEventListener('abort', abort));
      sent.on('error', fail);
      sent.once('response', response => {
        this.#onBytes();
        this.#bodies.add(response);
        response.once('close', () => this.#bodies.delete(response));
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: response,
        });
      });
      sent.end();
      if (signal.aborted) {
        abort();
      }
    });
  }

  /** Ends every connection and every request; with an error, for that reason. */
  destroy(error?: TransportError): void {
    this.#closedBy = error;
    // A body would otherwise only say that it was aborted.
    for (const body of [...this.#bodies]) {
      body.destroy(error);
    }
    for (const socket of [...this.#sockets]) {
      socket.destroy(error);
    }
    this.#agent.destroy();
  }
}
