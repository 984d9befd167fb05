import { Client, errors } from 'undici';
import { PageRequest } from './Subject';

/** What one view took and brought. */
export interface Viewed {
  /** From sending the request to the last byte of its answer, in ms. */
  ms: number;
  /** Bytes of the body as they came: compressed where `gzip` was asked for. */
  bytes: number;
  body: Buffer;
}

/** No answer came before the cap. */
export class NoAnswerError extends Error {}

/** One person with one browser: one connection that is kept, one request at a time. */
export class Viewer {
  readonly #client: Client;
  readonly #token: string;
  readonly #capMs: number;

  static open(options: {
    baseUrl: string;
    token: string;
    /** After this long a view counts as never answered; never unless told. */
    capMs?: number;
  }): Viewer {
    return new Viewer(options);
  }

  private constructor(options: {
    baseUrl: string;
    token: string;
    capMs?: number;
  }) {
    this.#token = options.token;
    this.#capMs = options.capMs ?? 0;
    this.#client = new Client(options.baseUrl, {
      headersTimeout: this.#capMs,
      bodyTimeout: this.#capMs,
    });
  }

  close(): Promise<void> {
    return this.#client.destroy();
  }

  /**
   * Views a page once. Rejects with a {@link NoAnswerError} at the cap and with an Error for any other
   * answer than 200.
   */
  async view(
    page: PageRequest,
    encoding: 'gzip' | 'identity' = 'gzip',
  ): Promise<Viewed> {
    const begun = performance.now();
    try {
      const response = await this.#client.request({
        ...page,
        headers: {
          authorization: `Bearer ${this.#token}`,
          'accept-encoding': encoding,
          ...(page.body && { 'content-type': 'application/json' }),
        },
      });
      const body = Buffer.from(await response.body.arrayBuffer());
      const ms = performance.now() - begun;
      if (response.statusCode !== 200) {
        throw new Error(
          `${page.method} ${page.path} answered ${response.statusCode}`,
        );
      }
      return { ms, bytes: body.length, body };
    } catch (error) {
      if (
        error instanceof errors.HeadersTimeoutError ||
        error instanceof errors.BodyTimeoutError
      ) {
        throw new NoAnswerError(
          `${page.path}: no answer within ${this.#capMs / 1_000} s`,
        );
      }
      throw error;
    }
  }
}
