import { FetchApi } from '@backstage/frontend-plugin-api';
import { KoalaClient } from './KoalaClient';
import { StreamOptions } from './KoalaApi';

function jsonResponse(body: unknown, status = 200) {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

function clientFor(answer: (url: string) => Response) {
  const fetch = jest.fn(async (input: unknown) => answer(String(input)));
  const fetchApi = { fetch } as unknown as FetchApi;
  return { fetch, client: KoalaClient.create({ fetchApi }) };
}

function listener(part: Partial<StreamOptions> = {}): StreamOptions {
  return {
    signal: new AbortController().signal,
    onOpen: jest.fn(),
    onBytes: jest.fn(),
    onSnapshot: jest.fn(),
    onChange: jest.fn(),
    ...part,
  };
}

/** A stream that arrives in the given pieces. */
function eventStream(pieces: string[], contentType = 'text/event-stream') {
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    start(controller) {
      pieces.forEach(piece => controller.enqueue(encoder.encode(piece)));
      controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': contentType } });
}

describe('KoalaClient', () => {
  it('asks for the matrix', async () => {
    const { client, fetch } = clientFor(() =>
      jsonResponse({ revision: 'a.1' }),
    );
    await expect(client.getMatrix()).resolves.toEqual({ revision: 'a.1' });
    expect(fetch.mock.calls[0][0]).toBe('plugin://koala/matrix');
  });

  it('asks for a service by namespace and name, escaped', async () => {
    const { client, fetch } = clientFor(() => jsonResponse({}));
    await client.getService({
      kind: 'component',
      namespace: 'default',
      name: 'a/b',
    });
    expect(fetch.mock.calls[0][0]).toBe(
      'plugin://koala/services/default/a%2Fb',
    );
  });

  it('asks for the environments, and for one by its name, escaped', async () => {
    const { client, fetch } = clientFor(() => jsonResponse({}));
    await client.getEnvironments();
    await client.getEnvironment('pr/482');
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([
      'plugin://koala/environments',
      'plugin://koala/environments/pr%2F482',
    ]);
  });

  it('fails with what the backend says', async () => {
    const { client } = clientFor(() =>
      jsonResponse({ error: { name: 'NotAllowedError', message: 'no' } }, 403),
    );
    await expect(client.getMatrix()).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 403,
    });
  });

  it('reads events in whatever pieces they come, and counts heartbeats', async () => {
    const { client, fetch } = clientFor(() =>
      eventStream([
        ': hello\n\n',
        'id: a.2\nevent: snapshot\nda',
        'ta: {"revision":"a.2"}\n\nid: a.3\nevent: change\ndata: {"revision":"a.3"}\n\n',
        ': heartbeat\n\n',
        'event: other\ndata: not json\n\n',
      ]),
    );
    const options = listener({ revision: 'a.1' });
    await client.openStream(options);
    expect(fetch.mock.calls[0][0]).toBe('plugin://koala/stream?revision=a.1');
    expect(options.onOpen).toHaveBeenCalledTimes(1);
    expect(options.onSnapshot).toHaveBeenCalledWith({ revision: 'a.2' });
    expect(options.onChange).toHaveBeenCalledWith({ revision: 'a.3' });
    expect(options.onBytes).toHaveBeenCalledTimes(5);
  });

  it.each([
    ['an error', () => jsonResponse({ error: {} }, 401), /401/],
    [
      'something else than events',
      () => eventStream(['<html>'], 'text/html'),
      /text\/html/,
    ],
  ])('rejects a stream that answers with %s', async (_, answer, message) => {
    const { client } = clientFor(answer);
    const options = listener();
    await expect(client.openStream(options)).rejects.toThrow(message);
    expect(options.onOpen).not.toHaveBeenCalled();
  });

  it('rejects a stream with an event that cannot be read', async () => {
    const { client } = clientFor(() =>
      eventStream(['event: change\ndata: {"revi\n\n']),
    );
    await expect(client.openStream(listener())).rejects.toThrow();
  });
});
