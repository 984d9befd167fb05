import { Pool } from 'undici';
import { ApiError } from './ApiError';
import { KubeObject } from './objects';
import { Resource } from './resources';
import { readLines } from './readLines';
import { Query, resourcePath } from './resourcePath';

/**
 * How to reach an API server.
 *
 * @public
 */
export interface ApiConnection {
  /** `https://127.0.0.1:6443` */
  server: string;
  /** Bearer token. */
  token?: string;
  /** PEM of the certificate authority. */
  ca?: string;
  /** How it introduces itself; the server names the field manager after what stands before the `/`. */
  userAgent?: string;
}

/** Names one object. @public */
export interface ObjectRef {
  namespace?: string;
  name: string;
}

/** @public */
export interface KubeList<T> {
  metadata?: { resourceVersion?: string; continue?: string };
  items: T[];
}

/** A line of a watch. @public */
export interface WatchLine<T> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: T;
}

/** @public */
export interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  /** Delete only the object of this uid, not a later one of the same name. */
  uid?: string;
}

type PatchType = 'merge' | 'strategic-merge' | 'json';

const HEADERS_TIMEOUT_MS = 30_000;

/**
 * A small client of any Kubernetes API server: JSON over HTTPS with a bearer token. Answers that are no
 * success are thrown as {@link ApiError}; a server that cannot be reached as undici's error.
 *
 * @public
 */
export class ApiClient {
  private constructor(
    private readonly token: string | undefined,
    private readonly userAgent: string,
    private readonly requests: Pool,
    /** Watches hold their connection for minutes: they must not starve the requests. */
    private readonly watches: Pool,
  ) {}

  static create(connection: ApiConnection): ApiClient {
    const connect = connection.ca ? { ca: connection.ca } : {};
    return new ApiClient(
      connection.token,
      connection.userAgent ?? 'koala-sandbox',
      new Pool(connection.server, {
        connect,
        connections: 16,
        headersTimeout: HEADERS_TIMEOUT_MS,
        bodyTimeout: HEADERS_TIMEOUT_MS,
      }),
      new Pool(connection.server, {
        connect,
        headersTimeout: HEADERS_TIMEOUT_MS,
        bodyTimeout: 0,
      }),
    );
  }

  get<T extends KubeObject>(resource: Resource<T>, ref: ObjectRef): Promise<T> {
    return this.request('GET', resourcePath(resource, ref));
  }

  list<T extends KubeObject>(
    resource: Resource<T>,
    options: { namespace?: string; query?: Query } = {},
  ): Promise<KubeList<T>> {
    return this.request('GET', resourcePath(resource, options));
  }

  create<T extends KubeObject>(resource: Resource<T>, object: T): Promise<T> {
    const { namespace } = object.metadata;
    return this.request('POST', resourcePath(resource, { namespace }), object);
  }

  /** Replaces the object; fails with 409 where its resourceVersion is not the newest. */
  update<T extends KubeObject>(
    resource: Resource<T>,
    object: T,
    subresource?: string,
  ): Promise<T> {
    const { namespace, name } = object.metadata;
    return this.request(
      'PUT',
      resourcePath(resource, { namespace, name, subresource }),
      object,
    );
  }

  updateStatus<T extends KubeObject>(
    resource: Resource<T>,
    object: T,
  ): Promise<T> {
    return this.update(resource, object, 'status');
  }

  patch<T extends KubeObject>(
    resource: Resource<T>,
    ref: ObjectRef,
    patch: unknown,
    options: { type?: PatchType; subresource?: string } = {},
  ): Promise<T> {
    const { type = 'merge', subresource } = options;
    return this.request(
      'PATCH',
      resourcePath(resource, { ...ref, subresource }),
      patch,
      `application/${type}-patch+json`,
    );
  }

  /** Creates a subresource, such as the binding of a pod. */
  createSubresource(
    resource: Resource,
    ref: ObjectRef,
    subresource: string,
    body: unknown,
  ): Promise<unknown> {
    return this.request(
      'POST',
      resourcePath(resource, { ...ref, subresource }),
      body,
    );
  }

  delete(
    resource: Resource,
    ref: ObjectRef,
    options: DeleteOptions = {},
  ): Promise<unknown> {
    const { uid, ...rest } = options;
    return this.request('DELETE', resourcePath(resource, ref), {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      ...rest,
      ...(uid && { preconditions: { uid } }),
    });
  }

  /** Deletes every object of a namespace. */
  deleteCollection(
    resource: Resource,
    options: { namespace: string } & DeleteOptions,
  ): Promise<unknown> {
    const { namespace, ...rest } = options;
    return this.request('DELETE', resourcePath(resource, { namespace }), {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      ...rest,
    });
  }

  /** Any document of the API, such as a discovery document. */
  getPath<T>(path: string): Promise<T> {
    return this.request('GET', path);
  }

  /** Follows a resource until the server ends the stream, it breaks (throws), or `signal` aborts. */
  async *watch<T extends KubeObject>(
    resource: Resource<T>,
    options: { namespace?: string; query?: Query; signal: AbortSignal },
  ): AsyncGenerator<WatchLine<T>> {
    const path = resourcePath(resource, {
      namespace: options.namespace,
      query: { ...options.query, watch: 'true' },
    });
    const response = await this.watches.request({
      method: 'GET',
      path,
      headers: this.headers(),
      signal: options.signal,
    });
    if (response.statusCode !== 200) {
      throw ApiError.fromResponse({
        code: response.statusCode,
        text: await response.body.text(),
        request: `GET ${path}`,
      });
    }
    for await (const line of readLines(response.body)) {
      yield JSON.parse(line);
    }
  }

  /** Ends every connection, watches included. */
  async close(): Promise<void> {
    await Promise.all([this.requests.destroy(), this.watches.destroy()]);
  }

  private headers(contentType?: string): Record<string, string> {
    return {
      accept: 'application/json',
      'user-agent': this.userAgent,
      ...(this.token && { authorization: `Bearer ${this.token}` }),
      ...(contentType && { 'content-type': contentType }),
    };
  }

  private async request<T>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    contentType = 'application/json',
  ): Promise<T> {
    const response = await this.requests.request({
      method,
      path,
      headers: this.headers(body === undefined ? undefined : contentType),
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.body.text();
    if (response.statusCode >= 300) {
      throw ApiError.fromResponse({
        code: response.statusCode,
        text,
        request: `${method} ${path}`,
      });
    }
    return JSON.parse(text);
  }
}
