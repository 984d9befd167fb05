import { IncomingHttpHeaders } from 'node:http';
import { Clock } from './Clock';
import { ConnectionPool } from './ConnectionPool';
import { authorizationOf, Credential } from './Credential';
import { CredentialCache } from './CredentialCache';
import { Endpoint } from './Endpoint';
import { explainConnectionError } from './explainConnectionError';
import { RawResponse } from './Connection';
import { TransportError } from './TransportError';

/** A GET request to an API server. */
export interface TransportRequest {
  /** From `apiPath`, so that no name can change it. */
  path: string;
  query?: Record<string, string>;
  signal: AbortSignal;
  /** How long the head of the answer may take. */
  headTimeoutMs: number;
  /** How long the body may be silent; a watch has no such limit. */
  idleTimeoutMs?: number;
}

/** An answer: the head, and the body as it comes. Whoever does not read the body must `discard` it. */
export interface TransportResponse {
  status: number;
  headers: IncomingHttpHeaders;
  body: AsyncIterable<Buffer>;
  discard(): void;
}

/** Figures of one cluster's connections. */
export interface TransportStats {
  protocol?: 'h2' | 'http/1.1';
  connections: number;
  requests: number;
  bytes: number;
  lastByteAt?: number;
}

/** The loss of a cluster: since when, and why. */
export interface TransportLoss {
  since: number;
  error: TransportError;
  /**
   * Only an answer to a request ends it: where a proxy stands in between, connections and PINGs succeed
   * while the API server is gone.
   */
  needsAnswer: boolean;
}

/** Statuses by which a proxy says that the API server behind it is gone. */
export const GATEWAY_STATUSES = new Set([502, 503, 504]);

const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;

/**
 * Requests to one cluster: pooled connections, a credential that is kept fresh, and the knowledge whether the
 * cluster answers at all.
 */
export class ClusterTransport {
  readonly #endpoint: Endpoint;
  readonly #clock: Clock;
  readonly #credentials: CredentialCache;
  readonly #connectTimeoutMs: number;
  readonly #onReachability: () => void;
  readonly #prefix: string;
  #pool: { pool: ConnectionPool; identity: string } | undefined;
  #requests = 0;
  #bytes = 0;
  #lastByteAt: number | undefined;
  #loss: TransportLoss | undefined;
  #closed = false;

  static create(options: ClusterTransportOptions): ClusterTransport {
    return new ClusterTransport(options);
  }

  private constructor(options: ClusterTransportOptions) {
    this.#endpoint = options.endpoint;
    this.#clock = options.clock;
    this.#credentials = CredentialCache.create({
      read: options.credential,
      clock: options.clock,
    });
    this.#connectTimeoutMs =
      options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS;
    this.#onReachability = options.onReachability ?? (() => {});
    this.#prefix = new URL(options.endpoint.url).pathname.replace(/\/+$/, '');
  }

  /** Set from the moment the cluster gave no answer until it gives one. */
  get loss(): TransportLoss | undefined {
    return this.#loss;
  }

  /** When the last byte of the cluster arrived; ms since the epoch. */
  get lastByteAt(): number | undefined {
    return this.#lastByteAt;
  }

  get protocol(): 'h2' | 'http/1.1' | undefined {
    return this.#pool?.pool.protocol;
  }

  stats(): TransportStats {
    return {
      protocol: this.protocol,
      connections: this.#pool?.pool.connections ?? 0,
      requests: this.#requests,
      bytes: this.#bytes,
      lastByteAt: this.#lastByteAt,
    };
  }

  /**
   * Sends the request; a credential that is refused (401) is read again and tried once more.
   *
   * @throws TransportError where no answer came; statuses are for the caller to judge
   */
  async request(request: TransportRequest): Promise<TransportResponse> {
    const credential = await this.#credentials.get();
    const response = await this.#send(request, credential);
    if (response.status !== 401) {
      return response;
    }
    this.#credentials.refuse(credential);
    const again = await this.#credentials.get();
    if (authorizationOf(again) === authorizationOf(credential)) {
      return response;
    }
    response.discard();
    return this.#send(request, again);
  }

  /** Sends a PING where the protocol has one; connections that do not answer in time are given up. */
  ping(timeoutMs: number): void {
    this.#pool?.pool.ping({ timeoutMs, lastByteAt: () => this.#lastByteAt });
  }

  /** Gives every connection up, because the cluster does not answer requests. */
  drop(error: TransportError): void {
    this.#pool?.pool.drop(error);
    this.#onLoss(error, true);
  }

  /** Marks the cluster as lost although something answers; requests under way go on. */
  lose(error: TransportError): void {
    this.#onLoss(error, true);
  }

  /** Ends every connection for good. */
  close(): void {
    this.#closed = true;
    this.#pool?.pool.close();
  }

  async #send(
    request: TransportRequest,
    credential: Credential,
  ): Promise<TransportResponse> {
    if (this.#closed) {
      throw new TransportError({
        code: 'aborted',
        message: 'The connection was closed by Koala',
      });
    }
    const authorization = authorizationOf(credential);
    const limit = new AbortController();
    const giveUp = () => limit.abort();
    const forget = () => request.signal.removeEventListener('abort', giveUp);
    request.signal.addEventListener('abort', giveUp, { once: true });
    if (request.signal.aborted) {
      giveUp();
    }
    const cancel = this.#clock.after(request.headTimeoutMs, giveUp);
    const sentAt = this.#clock.now();
    this.#requests += 1;
    let raw: RawResponse;
    try {
      raw = await this.#poolFor(credential).request({
        path: `${this.#prefix}${request.path}${queryOf(request.query)}`,
        headers: {
          accept: 'application/json',
          'user-agent': 'koala-backstage',
          ...(authorization && { authorization }),
        },
        signal: limit.signal,
      });
    } catch (error) {
      forget();
      if (limit.signal.aborted && !request.signal.aborted) {
        throw this.#silence(request.headTimeoutMs, sentAt);
      }
      throw error;
    } finally {
      cancel();
    }
    raw.body.once('close', forget);
    if (!GATEWAY_STATUSES.has(raw.status)) {
      this.#onAnswer();
    }
    return {
      status: raw.status,
      headers: raw.headers,
      body: this.#read(raw, request),
      discard: () => {
        raw.body.on('error', () => {});
        raw.body.destroy();
      },
    };
  }

  async *#read(
    raw: RawResponse,
    { idleTimeoutMs, signal }: TransportRequest,
  ): AsyncGenerator<Buffer> {
    const { body } = raw;
    let cancel = () => {};
    const watchSilence = () => {
      if (idleTimeoutMs !== undefined) {
        cancel();
        cancel = this.#clock.after(idleTimeoutMs, () =>
          body.destroy(
            this.#silence(idleTimeoutMs, this.#clock.now() - idleTimeoutMs),
          ),
        );
      }
    };
    watchSilence();
    try {
      for await (const chunk of body) {
        this.#bytes += (chunk as Buffer).length;
        this.#onByte();
        watchSilence();
        yield chunk as Buffer;
      }
      if (signal.aborted) {
        throw new TransportError({
          code: 'aborted',
          message: 'The request was given up',
        });
      }
    } catch (error) {
      throw signal.aborted
        ? new TransportError({
            code: 'aborted',
            message: 'The request was given up',
          })
        : explainConnectionError(new URL(this.#endpoint.url).host, error);
    } finally {
      cancel();
      body.on('error', () => {});
      body.destroy();
    }
  }

  #poolFor(credential: Credential): ConnectionPool {
    const certificate =
      credential.type === 'certificate'
        ? { cert: credential.cert, key: credential.key }
        : undefined;
    const identity = certificate ? certificate.cert + certificate.key : '';
    if (this.#pool?.identity !== identity) {
      // A renewed client certificate needs new connections; requests on the old ones may end.
      this.#pool?.pool.retire();
      this.#pool = {
        identity,
        pool: ConnectionPool.create({
          endpoint: this.#endpoint,
          certificate,
          clock: this.#clock,
          connectTimeoutMs: this.#connectTimeoutMs,
          onBytes: () => this.#onByte(),
          onLoss: error => this.#onLoss(error),
        }),
      };
    }
    return this.#pool.pool;
  }

  #silence(ms: number, since: number): TransportError {
    return new TransportError({
      code: 'timeout',
      since,
      message: `${new URL(this.#endpoint.url).host} sent nothing for ${
        ms / 1000
      } s`,
      nextStep: 'Check the load of the API server.',
    });
  }

  #onByte(): void {
    this.#lastByteAt = this.#clock.now();
    if (this.#loss && !this.#loss.needsAnswer) {
      this.#onAnswer();
    }
  }

  #onAnswer(): void {
    if (this.#loss) {
      this.#loss = undefined;
      this.#onReachability();
    }
  }

  #onLoss(error: TransportError, needsAnswer = false): void {
    if (this.#closed || error.code === 'aborted') {
      return;
    }
    this.#loss = {
      since: this.#loss?.since ?? error.since ?? this.#clock.now(),
      error,
      needsAnswer: needsAnswer || (this.#loss?.needsAnswer ?? false),
    };
    this.#onReachability();
  }
}

/** What a transport connects to. */
export interface ClusterTransportOptions {
  endpoint: Endpoint;
  /** Reads the credential afresh. */
  credential: () => Promise<Credential>;
  clock: Clock;
  /** Default 10 s. */
  connectTimeoutMs?: number;
  /** Called when the cluster is lost, when the reason changes, and when it is back. */
  onReachability?: () => void;
}

function queryOf(query: Record<string, string> | undefined): string {
  return query ? `?${new URLSearchParams(query)}` : '';
}
