import {
  createSecureServer,
  Http2ServerRequest,
  Http2ServerResponse,
} from 'node:http2';
import { ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { AddressInfo, Server, Socket } from 'node:net';
import { WatchedKind } from '@koala-ops/backstage-plugin-koala-common';
import { generate } from 'selfsigned';
import { WATCHED_RESOURCES } from '../WatchedResource';

/** An object as it goes over the wire. */
export type RawObject = {
  kind: string;
  apiVersion: string;
  metadata: Record<string, any>;
  [field: string]: any;
};

/** A request as a fault sees it. */
export interface FaultRequest {
  kind: WatchedKind;
  type: 'list' | 'watch';
  /** Set where one namespace is asked for. */
  namespace?: string;
  query: URLSearchParams;
  /** The bearer token. */
  token?: string;
  response: Http2ServerResponse;
  /** Answers as if there were no fault. */
  serve(): void;
}

/** A script for some requests; returns true where it has answered. */
export type Fault = (request: FaultRequest) => boolean;

interface WatchEntry {
  namespace: string;
  resourceVersion: number;
  line: string;
}

interface Scope {
  kind: WatchedKind;
  namespace?: string;
}

interface OpenWatch {
  kind: WatchedKind;
  namespace?: string;
  response: Http2ServerResponse;
}

/**
 * A small API server that lists and watches the kinds that Koala follows, and whose answers a test can spoil. It
 * speaks HTTP/2, or HTTP/1.1 only.
 */
export class FaultServer {
  readonly ca: string;
  readonly url: string;
  /** Requests per `list Pod`, `watch Pod` and so on. */
  readonly requests = new Map<string, number>();
  readonly faults: Fault[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #objects = new Map<WatchedKind, Map<string, RawObject>>();
  readonly #history = new Map<WatchedKind, WatchEntry[]>();
  readonly #watches = new Set<OpenWatch>();
  #version = 100;
  #oldest = 0;
  /** Streaming lists are answered; else refused like an old server does. */
  streams = true;
  /** Where set, requests with another bearer token get 401. */
  token: string | undefined;

  /** Answers requests that are for no kind, in place of the server. */
  answerVersion: ((response: Http2ServerResponse) => void) | undefined;

  static async start(options: { http1?: boolean } = {}): Promise<FaultServer> {
    const { cert, private: key } = await generate(
      [{ name: 'commonName', value: 'localhost' }],
      {
        keyType: 'ec',
        algorithm: 'sha256',
        extensions: [
          { name: 'basicConstraints', cA: true },
          {
            name: 'subjectAltName',
            altNames: [{ type: 7, ip: '127.0.0.1' }],
          },
        ],
      },
    );
    // Node's HTTP/2 server offers HTTP/2 whatever it is told, so HTTP/1.1 is a server of its own.
    const server = options.http1
      ? createHttpsServer({ cert, key })
      : createSecureServer({ cert, key });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    return new FaultServer(server, cert);
  }

  private constructor(server: Server, ca: string) {
    this.#server = server;
    this.ca = ca;
    this.url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => this.#sockets.delete(socket));
    });
    server.on('sessionError', () => {});
    server.on(
      'request',
      (request: Http2ServerRequest, response: Http2ServerResponse) =>
        this.#handle(request, response),
    );
  }

  async stop(): Promise<void> {
    this.reset();
    await new Promise(resolve => this.#server.close(resolve));
  }

  /** Resets every TCP connection. */
  reset(): void {
    for (const socket of [...this.#sockets]) {
      socket.resetAndDestroy();
    }
    this.#watches.clear();
  }

  /** Adds a fault; the newest is asked first. */
  inject(fault: Fault): () => void {
    this.faults.unshift(fault);
    return () => {
      const at = this.faults.indexOf(fault);
      if (at !== -1) {
        this.faults.splice(at, 1);
      }
    };
  }

  /** The objects of a kind as a fresh list would give them. */
  list(kind: WatchedKind): RawObject[] {
    return [...this.#of(kind).values()];
  }

  /** Creates or changes an object and tells the watches. */
  put(kind: WatchedKind, raw: RawObject): RawObject {
    const key = keyOf(raw);
    const known = this.#of(kind).get(key);
    const object = this.#stamp(raw);
    this.#of(kind).set(key, object);
    this.#emit(kind, known ? 'MODIFIED' : 'ADDED', object);
    return object;
  }

  delete(kind: WatchedKind, raw: RawObject): void {
    const known = this.#of(kind).get(keyOf(raw));
    if (known) {
      this.#of(kind).delete(keyOf(raw));
      this.#emit(kind, 'DELETED', this.#stamp(known));
    }
  }

  /** Changes the state without telling the watches, as while they are cut off. */
  silently(change: () => void): void {
    const watches = [...this.#watches];
    this.#watches.clear();
    change();
    watches.forEach(watch => this.#watches.add(watch));
  }

  /** Forgets what happened so far: a watch from an older version is gone (410). */
  compact(): void {
    this.#oldest = this.#version;
    this.#history.clear();
  }

  /** Moves the version on without a change. */
  tick(): string {
    this.#version += 1;
    return String(this.#version);
  }

  /** Sends bytes into the open watches of a kind. */
  send(kind: WatchedKind, bytes: string | Buffer): void {
    for (const watch of this.#watchesOf(kind)) {
      watch.response.write(bytes);
    }
  }

  bookmark(kind: WatchedKind, version = this.tick()): void {
    this.send(kind, lineOf('BOOKMARK', bookmarkOf(kind, version)));
  }

  /** Ends the open watches of a kind in good order. */
  endWatches(kind: WatchedKind): void {
    for (const watch of this.#watchesOf(kind)) {
      this.#watches.delete(watch);
      watch.response.end();
    }
  }

  /** How many watches of a kind are open. */
  openWatches(kind: WatchedKind): number {
    return this.#watchesOf(kind).length;
  }

  lineOf(type: string, object: unknown): string {
    return lineOf(type, object);
  }

  #of(kind: WatchedKind): Map<string, RawObject> {
    let objects = this.#objects.get(kind);
    if (!objects) {
      objects = new Map();
      this.#objects.set(kind, objects);
    }
    return objects;
  }

  #watchesOf(kind: WatchedKind): OpenWatch[] {
    return [...this.#watches].filter(watch => watch.kind === kind);
  }

  #listed({ kind, namespace }: Scope): RawObject[] {
    return this.list(kind).filter(({ metadata }) =>
      within(namespace, metadata.namespace),
    );
  }

  #stamp(raw: RawObject): RawObject {
    this.#version += 1;
    const object = JSON.parse(JSON.stringify(raw));
    object.metadata.resourceVersion = String(this.#version);
    return object;
  }

  #emit(kind: WatchedKind, type: string, object: RawObject): void {
    const line = lineOf(type, object);
    const history = this.#history.get(kind) ?? [];
    this.#history.set(kind, history);
    const { namespace = '' } = object.metadata;
    history.push({ namespace, resourceVersion: this.#version, line });
    for (const watch of this.#watchesOf(kind)) {
      if (within(watch.namespace, namespace)) {
        watch.response.write(line);
      }
    }
  }

  #handle(request: Http2ServerRequest, response: Http2ServerResponse): void {
    response.stream?.on('error', () => {});
    const url = new URL(request.url, this.url);
    const plural = url.pathname.split('/').pop();
    const resource = WATCHED_RESOURCES.find(one => one.plural === plural);
    const token = request.headers.authorization?.replace('Bearer ', '');
    if (!resource) {
      if (this.answerVersion) {
        this.answerVersion(response);
        return;
      }
      reply(response, 200, { major: '1', minor: '35' });
      return;
    }
    const { kind } = resource;
    const namespace = /\/namespaces\/([^/]+)\//.exec(url.pathname)?.[1];
    const scope = { kind, namespace };
    const query = url.searchParams;
    const type = query.has('watch') ? 'watch' : 'list';
    const name = `${type} ${kind}`;
    this.requests.set(name, (this.requests.get(name) ?? 0) + 1);
    const serve = () => {
      if (this.token !== undefined && token !== this.token) {
        replyStatus(response, { code: 401, reason: 'Unauthorized' });
      } else if (type === 'list') {
        this.#serveList(scope, query, response);
      } else {
        this.#serveWatch(scope, query, response);
      }
    };
    const spoiled = [...this.faults].some(fault =>
      fault({ ...scope, type, query, token, response, serve }),
    );
    if (!spoiled) {
      serve();
    }
  }

  #serveList(
    { kind, namespace }: Scope,
    query: URLSearchParams,
    response: Http2ServerResponse,
  ): void {
    const all = this.#listed({ kind, namespace });
    const start = Number(query.get('continue') ?? 0);
    const limit = Number(query.get('limit') ?? 500);
    const more = start + limit < all.length;
    reply(response, 200, {
      kind: `${kind}List`,
      apiVersion: 'v1',
      metadata: {
        resourceVersion: String(this.#version),
        ...(more && { continue: String(start + limit) }),
      },
      items: all.slice(start, start + limit),
    });
  }

  #serveWatch(
    { kind, namespace }: Scope,
    query: URLSearchParams,
    response: Http2ServerResponse,
  ): void {
    const streaming = query.get('sendInitialEvents') === 'true';
    if (streaming && !this.streams) {
      replyStatus(response, {
        code: 422,
        reason: 'Invalid',
        message: 'sendInitialEvents is forbidden',
      });
      return;
    }
    const from = Number(query.get('resourceVersion') ?? 0);
    response.writeHead(200, { 'content-type': 'application/json' });
    if (streaming) {
      for (const object of this.#listed({ kind, namespace })) {
        response.write(lineOf('ADDED', object));
      }
      const version = String(this.#version);
      response.write(lineOf('BOOKMARK', bookmarkOf(kind, version, true)));
    } else if (from < this.#oldest) {
      response.end(
        lineOf('ERROR', {
          kind: 'Status',
          code: 410,
          reason: 'Expired',
          message: 'too old resource version',
        }),
      );
      return;
    } else {
      for (const entry of this.#history.get(kind) ?? []) {
        if (
          entry.resourceVersion > from &&
          within(namespace, entry.namespace)
        ) {
          response.write(entry.line);
        }
      }
      flushHead(response);
    }
    const watch = { kind, namespace, response };
    this.#watches.add(watch);
    response.on('close', () => this.#watches.delete(watch));
  }
}

function within(asked: string | undefined, namespace: string): boolean {
  return asked === undefined || asked === namespace;
}

/** Answers with JSON. */
export function reply(
  response: Http2ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

/** Answers with a `Status` object. */
export function replyStatus(
  response: Http2ServerResponse,
  status: { code: number; reason?: string; message?: string },
  headers: Record<string, string> = {},
): void {
  reply(
    response,
    status.code,
    { kind: 'Status', apiVersion: 'v1', status: 'Failure', ...status },
    headers,
  );
}

/** A watch that starts without any event must still show its head; HTTP/1.1 holds it back. */
function flushHead(response: object): void {
  if ('flushHeaders' in response) {
    (response as ServerResponse).flushHeaders();
  }
}

function lineOf(type: string, object: unknown): string {
  return `${JSON.stringify({ type, object })}\n`;
}

function bookmarkOf(kind: string, resourceVersion: string, end = false) {
  return {
    kind,
    metadata: {
      resourceVersion,
      ...(end && { annotations: { 'k8s.io/initial-events-end': 'true' } }),
    },
  };
}

function keyOf({ metadata }: RawObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
