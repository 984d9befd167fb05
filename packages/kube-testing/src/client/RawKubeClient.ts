import {
  ClientHttp2Session,
  ClientHttp2Stream,
  connect,
  IncomingHttpHeaders,
} from 'node:http2';
import { RawWatch, WatchFrame } from './RawWatch';

/** A request as a test wants to send it; nothing is added but the bearer token. */
export interface RawRequestInit {
  method?: string;
  /** Objects are sent as JSON; strings and bytes as they are. */
  body?: unknown;
  /** Of the body; `application/json` unless told. */
  contentType?: string;
  headers?: Record<string, string>;
  query?: Record<string, string | number | boolean | undefined>;
  /** Another token than the client's; null sends none. */
  token?: string | null;
  signal?: AbortSignal;
}

/** What the server answered. */
export interface RawResponse {
  status: number;
  headers: Record<string, string>;
  text: string;
  /** The parsed body where it is JSON, else undefined. */
  body: any;
}

/** Sees what a client sends and gets; see {@link RawKubeClient.observed}. */
export interface ClientObserver {
  /** Called before a request is sent; what it returns is called with the answer of it. */
  onRequest(
    path: string,
    init: RawRequestInit,
  ): ((response: RawResponse) => void) | undefined;
  /** Called before a watch is started; what it returns is called with every frame that somebody takes. */
  onWatch(
    path: string,
    init: RawRequestInit,
  ): ((frame: WatchFrame) => void) | undefined;
}

/** An object's path, patch type and so on are the caller's; this only speaks HTTP/2 and JSON. */
export interface RawKubeClientOptions {
  /** `https://127.0.0.1:6443` */
  url: string;
  caPem: string;
  token?: string;
  /** Per request, answers of a watch excepted. Default 60 s. */
  timeoutMs?: number;
}

/**
 * A bare HTTP/2 client for tests of a Kubernetes API server: it neither retries nor interprets, and
 * rejects only when no answer came.
 */
export class RawKubeClient {
  readonly #options: RawKubeClientOptions;
  readonly #connection: { session?: ClientHttp2Session };
  readonly #observer: ClientObserver | undefined;

  static create(options: RawKubeClientOptions): RawKubeClient {
    return new RawKubeClient(options, {});
  }

  private constructor(
    options: RawKubeClientOptions,
    connection: { session?: ClientHttp2Session },
    observer?: ClientObserver,
  ) {
    this.#options = options;
    this.#connection = connection;
    this.#observer = observer;
  }

  /** A client on the same connection whose traffic is observed. */
  observed(observer: ClientObserver): RawKubeClient {
    return new RawKubeClient(this.#options, this.#connection, observer);
  }

  async request(path: string, init: RawRequestInit = {}): Promise<RawResponse> {
    const timeoutMs = this.#options.timeoutMs ?? 60_000;
    const answered = this.#observer?.onRequest(path, init);
    const stream = this.open(path, init);
    stream.setTimeout(timeoutMs, () =>
      stream.destroy(
        new Error(
          `${init.method ?? 'GET'} ${path}: no answer in ${timeoutMs / 1000} s`,
        ),
      ),
    );
    const { status, headers } = await responseOf(stream);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) {
      chunks.push(chunk);
    }
    const text = Buffer.concat(chunks).toString('utf8');
    const isJson = /\bjson\b/.test(headers['content-type'] ?? '');
    const response = {
      status,
      headers,
      text,
      body: isJson && text !== '' ? JSON.parse(text) : undefined,
    };
    answered?.(response);
    return response;
  }

  get(path: string, init: RawRequestInit = {}): Promise<RawResponse> {
    return this.request(path, init);
  }

  post(path: string, body: unknown, init: RawRequestInit = {}) {
    return this.request(path, { ...init, method: 'POST', body });
  }

  put(path: string, body: unknown, init: RawRequestInit = {}) {
    return this.request(path, { ...init, method: 'PUT', body });
  }

  delete(path: string, init: RawRequestInit = {}): Promise<RawResponse> {
    return this.request(path, { ...init, method: 'DELETE' });
  }

  /** @param type - `merge`, `strategic-merge` or `json`. */
  patch(
    path: string,
    type: 'merge' | 'strategic-merge' | 'json',
    body: unknown,
    init: RawRequestInit = {},
  ): Promise<RawResponse> {
    return this.request(path, {
      ...init,
      method: 'PATCH',
      body,
      contentType: `application/${type}-patch+json`,
    });
  }

  /** Starts a watch (`watch=1` is added) and resolves when the server has answered; `patienceMs` (60 s) bounds the wait for a frame. */
  async watch(
    path: string,
    init: RawRequestInit & { patienceMs?: number } = {},
  ): Promise<RawWatch> {
    const onTaken = this.#observer?.onWatch(path, init);
    const stream = this.open(path, {
      ...init,
      query: { watch: 1, ...init.query },
    });
    const { status, headers } = await responseOf(stream);
    return new RawWatch({
      stream,
      status,
      headers,
      patienceMs: init.patienceMs,
      onTaken,
    });
  }

  /** Resolves when the server has answered; the body comes as it is written, and is not observed. */
  async stream(
    path: string,
    init: RawRequestInit = {},
  ): Promise<{
    status: number;
    headers: Record<string, string>;
    body: ClientHttp2Stream;
  }> {
    const body = this.open(path, init);
    return { ...(await responseOf(body)), body };
  }

  /** Ends the connection and every request on it. */
  close(): void {
    this.#connection.session?.destroy();
    this.#connection.session = undefined;
  }

  private open(path: string, init: RawRequestInit): ClientHttp2Stream {
    const { method = 'GET', body, contentType = 'application/json' } = init;
    const token = init.token === undefined ? this.#options.token : init.token;
    const payload = encode(body);
    const stream = this.session().request(
      {
        ':method': method,
        ':path': withQuery(path, init.query),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(payload === undefined ? {} : { 'content-type': contentType }),
        ...init.headers,
      },
      { signal: init.signal, endStream: payload === undefined },
    );
    if (payload !== undefined) {
      stream.end(payload);
    }
    return stream;
  }

  private session(): ClientHttp2Session {
    const current = this.#connection.session;
    if (current && !current.closed && !current.destroyed) {
      return current;
    }
    const session = connect(this.#options.url, { ca: this.#options.caPem });
    // Every request on the session reports the failure itself.
    session.on('error', () => {});
    session.on('goaway', () => session.close());
    this.#connection.session = session;
    return session;
  }
}

function encode(body: unknown): string | Uint8Array | undefined {
  if (body === undefined || typeof body === 'string') {
    return body;
  }
  return body instanceof Uint8Array ? body : JSON.stringify(body);
}

function withQuery(path: string, query: RawRequestInit['query'] = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) {
      params.set(key, String(value));
    }
  }
  const text = params.toString();
  if (!text) {
    return path;
  }
  return `${path}${path.includes('?') ? '&' : '?'}${text}`;
}

function responseOf(
  stream: ClientHttp2Stream,
): Promise<{ status: number; headers: Record<string, string> }> {
  return new Promise((resolve, reject) => {
    stream.once('error', reject);
    stream.once('close', () =>
      reject(new Error('The connection ended before an answer came')),
    );
    stream.once(
      'response',
      (raw: IncomingHttpHeaders & { ':status'?: number }) => {
        const headers: Record<string, string> = {};
        for (const [key, value] of Object.entries(raw)) {
          if (!key.startsWith(':') && value !== undefined) {
            headers[key] = Array.isArray(value)
              ? value.join(', ')
              : String(value);
          }
        }
        resolve({ status: Number(raw[':status']), headers });
      },
    );
  });
}
