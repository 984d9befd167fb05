import {
  ClientHttp2Session,
  ClientHttp2Stream,
  connect,
  constants,
  IncomingHttpHeaders,
} from 'node:http2';

/** The answer to a request; its body is still to be read. */
export interface Http2Response {
  status: number;
  body: AsyncIterable<Buffer>;
}

/** What is asked of a server. */
export interface Http2Request {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
  /** Ends the request, and the body that is being read. */
  signal?: AbortSignal;
}

/** How long a connection may take, and how long a server may take to begin to answer. */
const PATIENCE_MS = 30_000;

/**
 * One HTTP/2 connection for all requests and watches to a server, made anew when it is lost. With a connection
 * for each watch, as HTTP/1.1 needs, TLS alone would take more memory than everything that a cluster holds.
 */
export class Http2Client {
  readonly #origin: string;
  readonly #ca: string | undefined;
  #session: ClientHttp2Session | undefined;
  #closed = false;

  private constructor(origin: string, ca: string | undefined) {
    this.#origin = origin;
    this.#ca = ca;
  }

  static create(options: { server: string; ca?: string }): Http2Client {
    return new Http2Client(options.server, options.ca);
  }

  /** Resolves once the server has begun to answer; rejects where it cannot be reached or does not answer. */
  async request(request: Http2Request): Promise<Http2Response> {
    const stream = this.#send(request);
    try {
      return await begun(stream);
    } catch (error) {
      // The server was saying goodbye and has not looked at the request: another connection takes it.
      if (stream.rstCode === constants.NGHTTP2_REFUSED_STREAM) {
        this.#session?.close();
        return begun(this.#send(request));
      }
      throw error;
    }
  }

  /** Ends the connection and everything on it. */
  close(): void {
    this.#closed = true;
    this.#session?.destroy();
  }

  #send(request: Http2Request): ClientHttp2Stream {
    if (this.#closed) {
      throw new Error('The client is closed');
    }
    const { method, path, headers, body, signal } = request;
    const stream = this.#connected().request(
      {
        [constants.HTTP2_HEADER_METHOD]: method,
        [constants.HTTP2_HEADER_PATH]: path,
        ...headers,
      },
      { signal, endStream: body === undefined },
    );
    stream.setTimeout(PATIENCE_MS, () =>
      stream.destroy(
        new Error(`${method} ${path}: no answer in ${PATIENCE_MS / 1000} s`),
      ),
    );
    if (body !== undefined) {
      stream.end(body);
    }
    return stream;
  }

  #connected(): ClientHttp2Session {
    const current = this.#session;
    if (current && !current.closed && !current.destroyed) {
      return current;
    }
    const session = connect(this.#origin, { ca: this.#ca });
    // Every request on it rejects by itself.
    session.on('error', () => {});
    session.on('goaway', () => session.close());
    this.#session = session;
    return session;
  }
}

/** The body of an answer; throws where the connection was lost before its end, which Node tells apart by a code only. */
async function* wholeBody(stream: ClientHttp2Stream): AsyncGenerator<Buffer> {
  yield* stream;
  if (stream.rstCode !== constants.NGHTTP2_NO_ERROR) {
    throw new Error('The connection ended before the answer did');
  }
}

function begun(stream: ClientHttp2Stream): Promise<Http2Response> {
  return new Promise((resolve, reject) => {
    stream.once('error', reject);
    stream.once('close', () =>
      reject(new Error('The connection ended before an answer came')),
    );
    stream.once(
      'response',
      (headers: IncomingHttpHeaders & { ':status'?: number }) => {
        // A watch may be silent for minutes.
        stream.setTimeout(0);
        resolve({
          status: Number(headers[constants.HTTP2_HEADER_STATUS]),
          body: wholeBody(stream),
        });
      },
    );
  });
}
