import { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { createInterface } from 'node:readline';
import { ApiServer } from '../startApiServer';

/** An answer with its body parsed, where it is JSON. */
export interface TestAnswer {
  code: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  body: any;
}

/** A frame of a watch. */
export interface TestFrame {
  type: string;
  object: any;
}

/** A watch under test: frames are collected until it ends. */
export interface TestWatch {
  frames: TestFrame[];
  /** Resolves when that many frames are there, or the watch has ended. */
  until(count: number): Promise<TestFrame[]>;
  /** Resolves when the server has ended the watch. */
  ended: Promise<void>;
  close(): void;
}

/** A plain HTTP/1.1 client of a simulated API server. */
export class TestClient {
  readonly #agent: Agent;

  constructor(
    private readonly server: Pick<ApiServer, 'url' | 'caPem'>,
    private readonly token: string | undefined = 'admin',
  ) {
    this.#agent = new Agent({ ca: server.caPem, keepAlive: true });
  }

  close(): void {
    this.#agent.destroy();
  }

  async send(
    method: string,
    path: string,
    options: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<TestAnswer> {
    const response = await this.#open(method, path, options);
    const chunks: Buffer[] = [];
    for await (const chunk of response) {
      chunks.push(chunk);
    }
    const bytes = Buffer.concat(chunks);
    const text = bytes.toString('utf8');
    let body: unknown = text;
    try {
      body = JSON.parse(text);
    } catch {
      // Not every answer is JSON.
    }
    return {
      code: response.statusCode!,
      headers: response.headers,
      bytes,
      body,
    };
  }

  get(path: string, headers?: Record<string, string>): Promise<TestAnswer> {
    return this.send('GET', path, { headers });
  }

  post(path: string, body: unknown): Promise<TestAnswer> {
    return this.send('POST', path, { body });
  }

  put(path: string, body: unknown): Promise<TestAnswer> {
    return this.send('PUT', path, { body });
  }

  delete(path: string, body?: unknown): Promise<TestAnswer> {
    return this.send('DELETE', path, { body });
  }

  patch(
    path: string,
    body: unknown,
    type:
      | 'merge-patch'
      | 'strategic-merge-patch'
      | 'json-patch' = 'merge-patch',
  ): Promise<TestAnswer> {
    return this.send('PATCH', path, {
      body,
      headers: { 'content-type': `application/${type}+json` },
    });
  }

  async watch(path: string): Promise<TestWatch> {
    const response = await this.#open(
      'GET',
      `${path}${path.includes('?') ? '&' : '?'}watch=1`,
      {},
    );
    const frames: TestFrame[] = [];
    const waiting: (() => void)[] = [];
    const wake = () => waiting.splice(0).forEach(resolve => resolve());
    let over = false;
    const lines = createInterface({ input: response });
    // A connection that breaks off ends the watch like any other end.
    lines.on('error', () => {});
    lines.on('line', line => {
      frames.push(JSON.parse(line));
      wake();
    });
    const ended = new Promise<void>(resolve => {
      response.on('close', () => {
        over = true;
        wake();
        resolve();
      });
    });
    response.on('error', () => {});
    return {
      frames,
      ended,
      close: () => response.destroy(),
      async until(count) {
        while (frames.length < count && !over) {
          await new Promise<void>(resolve => waiting.push(resolve));
        }
        return frames;
      },
    };
  }

  #open(
    method: string,
    path: string,
    options: { body?: unknown; headers?: Record<string, string> },
  ): Promise<IncomingMessage> {
    const { headers } = options;
    const body =
      options.body === undefined || typeof options.body === 'string'
        ? options.body
        : JSON.stringify(options.body);
    return new Promise((resolve, reject) => {
      const sent = request(
        `${this.server.url}${path}`,
        {
          method,
          agent: this.#agent,
          headers: {
            ...(this.token && { authorization: `Bearer ${this.token}` }),
            ...(body !== undefined && {
              'content-type': 'application/json',
              // Node sends the body of a DELETE without its length otherwise.
              'content-length': Buffer.byteLength(body),
            }),
            ...headers,
          },
        },
        resolve,
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
