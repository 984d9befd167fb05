import { CompoundEntityRef } from '@backstage/catalog-model';
import { FetchApi } from '@backstage/frontend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  EnvironmentDetail,
  EnvironmentList,
  Matrix,
  MatrixChange,
  ServiceDetail,
} from '@koala-ops/backstage-plugin-koala-common';
import {
  EventStreamContentType,
  fetchEventSource,
} from '@microsoft/fetch-event-source';
import { LiveStore } from '../live/LiveStore';
import { KoalaApi, RequestOptions, StreamOptions } from './KoalaApi';

/**
 * {@link KoalaApi} over HTTP. The app's fetch resolves `plugin://koala` and adds the user's token, to
 * the stream too: that is why the stream is a fetch and not an `EventSource`.
 */
export class KoalaClient implements KoalaApi {
  readonly live: LiveStore;

  static create(options: { fetchApi: FetchApi }): KoalaClient {
    return new KoalaClient(options.fetchApi);
  }

  private constructor(private readonly fetchApi: FetchApi) {
    this.live = LiveStore.create({ source: this });
  }

  getMatrix(options?: RequestOptions): Promise<Matrix> {
    return this.#get<Matrix>('/matrix', options);
  }

  getService(
    ref: CompoundEntityRef,
    options?: RequestOptions,
  ): Promise<ServiceDetail> {
    const path = [ref.namespace, ref.name].map(encodeURIComponent).join('/');
    return this.#get<ServiceDetail>(`/services/${path}`, options);
  }

  getEnvironments(options?: RequestOptions): Promise<EnvironmentList> {
    return this.#get<EnvironmentList>('/environments', options);
  }

  getEnvironment(
    name: string,
    options?: RequestOptions,
  ): Promise<EnvironmentDetail> {
    return this.#get<EnvironmentDetail>(
      `/environments/${encodeURIComponent(name)}`,
      options,
    );
  }

  async openStream(options: StreamOptions): Promise<void> {
    const { revision, signal, onOpen, onBytes, onSnapshot, onChange } = options;
    const query = revision ? `?revision=${encodeURIComponent(revision)}` : '';
    await fetchEventSource(`plugin://koala/stream${query}`, {
      signal,
      // The live store decides what a hidden tab does, and when to try again.
      openWhenHidden: true,
      onerror: error => {
        throw error;
      },
      fetch: async (input, init) =>
        reportBytes(await this.fetchApi.fetch(input, init), onBytes),
      onopen: async response => {
        if (!response.ok) {
          throw await ResponseError.fromResponse(response);
        }
        const type = response.headers.get('content-type') ?? 'none';
        if (!type.startsWith(EventStreamContentType)) {
          throw new Error(
            `Koala's stream answers with content type ${type}, not with events; a proxy may be in the way`,
          );
        }
        onOpen();
      },
      onmessage: message => {
        if (message.event === 'snapshot') {
          onSnapshot(JSON.parse(message.data) as Matrix);
        } else if (message.event === 'change') {
          onChange(JSON.parse(message.data) as MatrixChange);
        }
      },
    });
  }

  async #get<T>(path: string, options?: RequestOptions): Promise<T> {
    const response = await this.fetchApi.fetch(`plugin://koala${path}`, {
      signal: options?.signal,
      headers: { Accept: 'application/json' },
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return (await response.json()) as T;
  }
}

/** Heartbeats are comments, which the parser of events swallows: so bytes are counted below it. */
function reportBytes(response: Response, onBytes: () => void): Response {
  if (!response.body) {
    return response;
  }
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        onBytes();
        controller.enqueue(chunk);
      },
    }),
  );
  return new Response(counted, {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  });
}
