import { Clock } from './Clock';
import { RawRequest, RawResponse } from './Connection';
import { ClientCertificate, Endpoint } from './Endpoint';
import { Http1Agent } from './Http1Agent';
import { Http2Connection } from './Http2Connection';
import { openSocket, OpenSocket } from './openSocket';
import { TransportError } from './TransportError';

/**
 * The connections to one API server with one client identity: as few HTTP/2 connections as the number of
 * streams allows, or a pool of HTTP/1.1 connections where the server offers no HTTP/2.
 */
export class ConnectionPool {
  readonly #endpoint: Endpoint;
  readonly #certificate: ClientCertificate | undefined;
  readonly #clock: Clock;
  readonly #connectTimeoutMs: number;
  readonly #onBytes: () => void;
  readonly #onLoss: (error: TransportError) => void;
  readonly #http2 = new Set<Http2Connection>();
  readonly #spare: OpenSocket[] = [];
  #http1: Http1Agent | undefined;
  #opening: Promise<void> | undefined;
  #closed = false;

  static create(options: ConnectionPoolOptions): ConnectionPool {
    return new ConnectionPool(options);
  }

  private constructor(options: ConnectionPoolOptions) {
    this.#endpoint = options.endpoint;
    this.#certificate = options.certificate;
    this.#clock = options.clock;
    this.#connectTimeoutMs = options.connectTimeoutMs;
    this.#onBytes = options.onBytes;
    this.#onLoss = options.onLoss;
  }

  /** Open connections. */
  get connections(): number {
    return this.#http2.size + (this.#http1?.connections ?? 0);
  }

  /** The protocol agreed on; undefined before the first connection and after a loss. */
  get protocol(): 'h2' | 'http/1.1' | undefined {
    if (this.#http2.size > 0) {
      return 'h2';
    }
    return this.#http1 ? 'http/1.1' : undefined;
  }

  async request(request: RawRequest): Promise<RawResponse> {
    for (;;) {
      // Chosen and used in one step, so that no other request takes its last stream.
      const connection =
        this.#http1 ?? [...this.#http2].find(({ available }) => available);
      if (connection) {
        return connection.request(request);
      }
      // One connection at a time, however many requests wait for it.
      this.#opening ??= this.#open().finally(() => {
        this.#opening = undefined;
      });
      await untilAborted(this.#opening, request.signal);
    }
  }

  /** Sends a PING on every HTTP/2 connection; one that is not answered in time is given up. */
  ping(options: {
    timeoutMs: number;
    lastByteAt: () => number | undefined;
  }): void {
    for (const connection of this.#http2) {
      connection.ping({ ...options, clock: this.#clock });
    }
  }

  /** Ends every connection for a reason; the next request connects anew. */
  drop(error: TransportError): void {
    for (const connection of [...this.#http2]) {
      connection.destroy(error);
    }
    this.#http1?.destroy(error);
    this.#http1 = undefined;
    for (const { socket } of this.#spare.splice(0)) {
      socket.destroy();
    }
  }

  /** Ends every connection for good. */
  close(): void {
    this.#closed = true;
    this.drop(
      new TransportError({
        code: 'aborted',
        message: 'The connection was closed by Koala',
      }),
    );
  }

  /** Lets running requests end and takes no new ones. */
  retire(): void {
    this.#closed = true;
    for (const connection of this.#http2) {
      connection.drain();
    }
    this.#http1?.destroy();
  }

  async #open(): Promise<void> {
    const opened = await this.#connect();
    if (opened.protocol === 'http/1.1') {
      this.#spare.push(opened);
      this.#http1 ??= Http1Agent.create({
        url: this.#endpoint.url,
        onBytes: this.#onBytes,
        open: async () =>
          (this.#spare.pop() ?? (await this.#connect(['http/1.1']))).socket,
      });
      return;
    }
    const connection: Http2Connection = Http2Connection.open({
      socket: opened.socket,
      host: new URL(this.#endpoint.url).host,
      onBytes: this.#onBytes,
      onClosed: error => {
        this.#http2.delete(connection);
        if (error && !this.#closed) {
          this.#onLoss(error);
        }
      },
    });
    this.#http2.add(connection);
  }

  async #connect(protocols?: Array<'h2' | 'http/1.1'>): Promise<OpenSocket> {
    try {
      const opened = await openSocket({
        endpoint: this.#endpoint,
        certificate: this.#certificate,
        clock: this.#clock,
        timeoutMs: this.#connectTimeoutMs,
        protocols,
      });
      if (this.#closed) {
        opened.socket.destroy();
        throw new TransportError({
          code: 'aborted',
          message: 'The connection was closed by Koala',
        });
      }
      return opened;
    } catch (error) {
      if (error instanceof TransportError && error.code !== 'aborted') {
        // The server behind the address may be another one when it comes back.
        this.#http1 = undefined;
        this.#onLoss(error);
      }
      throw error;
    }
  }
}

/** What a pool connects to, and whom it tells. */
export interface ConnectionPoolOptions {
  endpoint: Endpoint;
  certificate?: ClientCertificate;
  clock: Clock;
  connectTimeoutMs: number;
  /** Called whenever the server gave a sign of life. */
  onBytes: () => void;
  /** Called when a connection could not be made or was lost. */
  onLoss: (error: TransportError) => void;
}

/** Waiting for a shared connection ends when the one request is given up; the connection goes on. */
async function untilAborted(
  promise: Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () =>
      reject(
        new TransportError({
          code: 'aborted',
          message: 'The request was given up',
        }),
      );
    signal.addEventListener('abort', onAbort, { once: true });
  });
  if (signal.aborted) {
    onAbort();
  }
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    promise.catch(() => {});
  }
}
