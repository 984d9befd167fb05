import {
  ClientHttp2Session,
  ClientHttp2Stream,
  connect,
  constants,
  IncomingHttpHeaders,
} from 'node:http2';
import { Socket } from 'node:net';
import { Clock } from './Clock';
import { RawRequest, RawResponse } from './Connection';
import { explainConnectionError } from './explainConnectionError';
import { TransportError } from './TransportError';

/** Streams per connection until the server has said what it allows; kube-apiserver says 100. */
const ASSUMED_STREAMS = 100;
const STREAM_WINDOW = 1024 * 1024;
const CONNECTION_WINDOW = 16 * 1024 * 1024;

/** One HTTP/2 connection: many requests at once, and PING to know that the peer still answers. */
export class Http2Connection {
  readonly #session: ClientHttp2Session;
  readonly #host: string;
  readonly #onBytes: () => void;
  readonly #onClosed: (error?: TransportError) => void;
  #streams = 0;
  #draining = false;
  #closedBy: TransportError | undefined;

  static open(options: {
    socket: Socket;
    host: string;
    /** Called whenever the peer gave a sign of life. */
    onBytes: () => void;
    /** Called once; without an error if the peer said goodbye or Koala closed it. */
    onClosed: (error?: TransportError) => void;
  }): Http2Connection {
    return new Http2Connection(options);
  }

  private constructor(options: {
    socket: Socket;
    host: string;
    onBytes: () => void;
    onClosed: (error?: TransportError) => void;
  }) {
    this.#host = options.host;
    this.#onBytes = options.onBytes;
    this.#onClosed = options.onClosed;
    this.#session = connect(`https://${options.host}`, {
      createConnection: () => options.socket,
      settings: { enablePush: false, initialWindowSize: STREAM_WINDOW },
      peerMaxConcurrentStreams: ASSUMED_STREAMS,
    });
    this.#session.once('connect', () => {
      if (!this.#session.destroyed) {
        this.#session.setLocalWindowSize(CONNECTION_WINDOW);
      }
    });
    this.#session.on('remoteSettings', this.#onBytes);
    this.#session.on('goaway', () => {
      this.#draining = true;
      this.#closeWhenDrained();
    });
    this.#session.on('error', error => {
      this.#closedBy ??= explainConnectionError(this.#host, error);
    });
    this.#session.once('close', () => {
      const unannounced =
        !this.#draining && this.#closedBy === undefined
          ? new TransportError({
              code: 'lost',
              message: `${this.#host} closed the connection`,
            })
          : this.#closedBy;
      this.#draining = true;
      this.#onClosed(unannounced?.code === 'aborted' ? undefined : unannounced);
    });
  }

  /** Open requests on it. */
  get streams(): number {
    return this.#streams;
  }

  /** Whether it takes another request. */
  get available(): boolean {
    const allowed =
      this.#session.remoteSettings?.maxConcurrentStreams ?? ASSUMED_STREAMS;
    return (
      !this.#draining &&
      !this.#session.closed &&
      !this.#session.destroyed &&
      this.#streams < Math.min(Math.max(allowed, 1), ASSUMED_STREAMS)
    );
  }

  request({ path, headers, signal }: RawRequest): Promise<RawResponse> {
    let stream: ClientHttp2Stream;
    try {
      stream = this.#session.request(
        { ':method': 'GET', ':path': path, ...headers },
        { endStream: true },
      );
    } catch (error) {
      return Promise.reject(
        this.#closedBy ?? explainConnectionError(this.#host, error),
      );
    }
    this.#streams += 1;
    return new Promise((resolve, reject) => {
      const abort = () => {
        stream.close(constants.NGHTTP2_CANCEL);
        reject(aborted());
      };
      const fail = (error: unknown) =>
        reject(this.#closedBy ?? explainConnectionError(this.#host, error));
      signal.addEventListener('abort', abort, { once: true });
      stream.once('response', (head: IncomingHttpHeaders) => {
        this.#onBytes();
        resolve({
          status: Number((head as Record<string, unknown>)[':status']),
          headers: head,
          body: stream,
        });
      });
      stream.on('error', fail);
      stream.once('close', () => {
        this.#streams -= 1;
        signal.removeEventListener('abort', abort);
        fail(new Error('the request was cut off'));
        this.#closeWhenDrained();
      });
      if (signal.aborted) {
        abort();
      }
    });
  }

  /**
   * Asks for a sign of life. If none comes within the time, the connection is given up: all its requests fail.
   *
   * @returns a function that stops waiting
   */
  ping(options: {
    clock: Clock;
    timeoutMs: number;
    /** When the peer last gave a sign of life. */
    lastByteAt: () => number | undefined;
  }): () => void {
    const { clock, timeoutMs, lastByteAt } = options;
    if (this.#session.destroyed || this.#session.connecting) {
      return () => {};
    }
    const sentAt = clock.now();
    let answered = false;
    let cancel = () => {};
    const check = (late: boolean) => {
      if (answered || this.#session.destroyed || (lastByteAt() ?? 0) > sentAt) {
        return;
      }
      if (!late) {
        // If this process itself was stopped or busy, the answer may be waiting to be read.
        cancel = clock.after(500, () => check(true));
        return;
      }
      this.destroy(
        new TransportError({
          code: 'lost',
          since: sentAt,
          message: `${this.#host} has stopped answering: no byte for ${
            timeoutMs / 1000
          } s`,
          nextStep:
            'Check that the API server is running and not frozen, and the network, VPN or firewall on the way.',
        }),
      );
    };
    cancel = clock.after(timeoutMs, () => check(false));
    try {
      this.#session.ping(error => {
        answered = true;
        cancel();
        if (!error) {
          this.#onBytes();
        }
      });
    } catch {
      // Too many pings are under way: those decide.
      cancel();
    }
    return () => cancel();
  }

  /** Ends the connection and every request on it; with an error, for that reason. */
  destroy(error: TransportError = aborted()): void {
    this.#closedBy ??= error;
    this.#draining = true;
    if (!this.#session.destroyed) {
      this.#session.destroy(this.#closedBy);
    }
  }

  /** Takes no more requests and closes once the last has ended. */
  drain(): void {
    this.#draining = true;
    this.#closeWhenDrained();
  }

  #closeWhenDrained(): void {
    if (this.#draining && this.#streams === 0 && !this.#session.destroyed) {
      this.#session.close();
    }
  }
}

function aborted(): TransportError {
  return new TransportError({
    code: 'aborted',
    message: 'The request was given up',
  });
}
