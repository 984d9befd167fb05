import { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { promisify } from 'node:util';
import { gzip, constants } from 'node:zlib';
import { stringify } from 'yaml';
import { randomUUID } from 'node:crypto';
import { requestTooLarge } from '../status/errors';
import { StatusError } from '../status/StatusError';

const gzipAsync = promisify(gzip);

/** The largest body that is read, as on the real server. */
const BODY_LIMIT = 3 * 1024 * 1024;
/** Answers above this size are compressed where the client allows it, as on the real server. */
const GZIP_ABOVE = 128 * 1024;
/** Clients for which the real server indents JSON. */
const PEOPLE = /^(curl|Wget|Mozilla\/5\.0)/;

/** One request and its answer; hides what HTTP/1.1 and HTTP/2 differ in. */
export class ApiExchange {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly #request: Http2ServerRequest;
  readonly response: Http2ServerResponse;
  readonly #warnings: string[] = [];

  constructor(request: Http2ServerRequest, response: Http2ServerResponse) {
    this.#request = request;
    this.response = response;
    this.method = request.method;
    const [path, ...query] = request.url.split('?');
    this.path = path;
    this.query = new URLSearchParams(query.join('?'));
    response.setHeader('audit-id', randomUUID());
    response.setHeader('cache-control', 'no-cache, private');
  }

  header(name: string): string | undefined {
    const value = this.#request.headers[name];
    return Array.isArray(value) ? value.join(',') : value;
  }

  /** Adds a warning that kubectl shows; sent with the answer. */
  warn(message: string): void {
    const text = message.replace(/[\\"]/g, '\\$&').replace(/\s+/g, ' ');
    this.#warnings.push(`299 - "${text}"`);
    this.response.setHeader('warning', this.#warnings);
  }

  /** The whole body; a 413 where it is too large. */
  async body(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of this.#request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > BODY_LIMIT) {
        throw requestTooLarge(`limit is ${BODY_LIMIT}`);
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  /** Whether JSON is to be indented. */
  get pretty(): boolean {
    const asked = this.query.get('pretty');
    return asked !== null
      ? !['false', '0'].includes(asked)
      : PEOPLE.test(this.header('user-agent') ?? '');
  }

  /** Answers with an object. */
  async sendObject(
    code: number,
    value: unknown,
    format: 'json' | 'yaml' = 'json',
  ): Promise<void> {
    if (format === 'yaml') {
      await this.sendBody(
        code,
        'application/yaml',
        // YAML 1.1 quotes what looks like a time or a truth, as Go's YAML does.
        stringify(value, {
          version: '1.1',
          sortMapEntries: true,
          lineWidth: 0,
        }),
      );
      return;
    }
    const text = this.pretty
      ? JSON.stringify(value, null, 2)
      : `${JSON.stringify(value)}\n`;
    await this.sendBody(code, 'application/json', text);
  }

  /** Answers with text, as the real server does for paths that are no resources. */
  async sendText(code: number, text: string): Promise<void> {
    this.response.setHeader('x-content-type-options', 'nosniff');
    await this.sendBody(code, 'text/plain; charset=utf-8', text);
  }

  /** Answers with a ready-made body, compressed where that is allowed and worth it. */
  async sendBody(
    code: number,
    contentType: string,
    body: string | Buffer,
  ): Promise<void> {
    let bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
    const { response } = this;
    if (
      bytes.length > GZIP_ABOVE &&
      /\bgzip\b/.test(this.header('accept-encoding') ?? '')
    ) {
      bytes = await gzipAsync(bytes, { level: constants.Z_BEST_SPEED });
      response.setHeader('content-encoding', 'gzip');
    }
    response.setHeader('content-type', contentType);
    response.setHeader('content-length', bytes.length);
    response.writeHead(code);
    if (this.method === 'HEAD') {
      response.end();
    } else {
      response.end(bytes);
    }
  }

  /** Answers with the Status of an error, or with a 500 where it is none of ours. */
  async sendError(error: unknown): Promise<void> {
    if (this.response.headersSent) {
      this.response.destroy(error instanceof Error ? error : undefined);
      return;
    }
    const status =
      error instanceof StatusError
        ? error
        : new StatusError({
            code: 500,
            reason: 'InternalError',
            message: `Internal error occurred: ${
              error instanceof Error ? error.message : error
            }`,
            details: {
              causes: [
                {
                  reason: '',
                  message:
                    error instanceof Error ? error.message : String(error),
                },
              ],
            },
          });
    const retryAfter = status.status.details?.retryAfterSeconds;
    if (retryAfter) {
      this.response.setHeader('retry-after', String(retryAfter));
    }
    if (status.code === 403) {
      this.response.setHeader('x-content-type-options', 'nosniff');
    }
    await this.sendObject(status.code, status.status);
  }
}
