import { ApiError } from './ApiError';
import { Http2Client } from './Http2Client';
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

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * A small client of any Kubernetes API server: JSON over HTTPS with a bearer token. Answers that are no
 * success are thrown as {@link ApiError}; a server that cannot be reached as Node's error.
 *
 * @public
 */
export class ApiClient {
  private constructor(
    private readonly token: string | undefined,
    private readonly userAgent: string,
    private readonly http: Http2Client,
  ) {}

  static create(connection: ApiConnection): ApiClient {
    const { token, userAgent = 'koala-sandbox' } = connection;
    return new ApiClient(token, userAgent, Http2Client.create(connection));
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
    const response = await this.http.request({
      method: 'GET',
      path,
      headers: this.headers(),
      signal: options.signal,
    });
    if (response.status !== 200) {
      throw ApiError.fromResponse({
        code: response.status,
        text: await textOf(response.body),
        request: `GET ${path}`,
      });
    }
    for await (const line of readLines(response.body)) {
      yield JSON.parse(line);
    }
  }

  /** Ends every connection, watches included. */
  async close(): Promise<void> {
    this.http.close();
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
    const response = await this.http.request({
      method,
      path,
      headers: this.headers(body === undefined ? undefined : contentType),
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await textOf(response.body);
    if (response.status >= 300) {
      throw ApiError.fromResponse({
        code: response.status,
        text,
        request: `${method} ${path}`,
      });
    }
    return JSON.parse(text);
  }
}
