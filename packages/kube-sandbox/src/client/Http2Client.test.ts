import { once } from 'node:events';
import {
  createServer,
  Http2Server,
  ServerHttp2Session,
  ServerHttp2Stream,
} from 'node:http2';
import { AddressInfo } from 'node:net';
import { Http2Client, Http2Response } from './Http2Client';

async function textOf({ body }: Http2Response): Promise<string> {
  let text = '';
  for await (const chunk of body) {
    text += chunk;
  }
  return text;
}

describe('Http2Client', () => {
  let server: Http2Server;
  let sessions: ServerHttp2Session[];
  let client: Http2Client;
  let answer: (stream: ServerHttp2Stream, path: string) => void;

  beforeEach(async () => {
    sessions = [];
    answer = (stream, path) => {
      stream.respond({ ':status': 200 });
      stream.end(path);
    };
    server = createServer();
    server.on('session', session => sessions.push(session));
    server.on('stream', (stream, headers) => {
      stream.on('error', () => {});
      answer(stream, String(headers[':path']));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    client = Http2Client.create({ server: `http://127.0.0.1:${port}` });
  });

  afterEach(() => {
    client.close();
    sessions.forEach(session => session.destroy());
    server.close();
  });

  const get = (path: string, signal?: AbortSignal) =>
    client.request({ method: 'GET', path, headers: {}, signal });

  it('sends any number of requests on one connection', async () => {
    const paths = Array.from({ length: 300 }, (_, index) => `/${index}`);
    const texts = await Promise.all(
      paths.map(async path => textOf(await get(path))),
    );
    expect(texts).toEqual(paths);
    expect(sessions).toHaveLength(1);
  });

  it('connects anew after the connection was lost, and says so to who was waiting', async () => {
    answer = (_stream, path) => path === '/lost' && sessions[0].destroy();
    await expect(get('/lost')).rejects.toThrow();
    answer = stream => stream.respond({ ':status': 204 }, { endStream: true });
    expect((await get('/again')).status).toBe(204);
    expect(sessions).toHaveLength(2);
  });

  it('goes to another connection where the server says goodbye', async () => {
    await textOf(await get('/first'));
    sessions[0].goaway();
    await new Promise(resolve => setImmediate(resolve));
    expect(await textOf(await get('/second'))).toBe('/second');
  });

  it('ends a body that is being read when it is told to', async () => {
    answer = stream => {
      stream.respond({ ':status': 200 });
      stream.write('one');
    };
    const abort = new AbortController();
    const response = await get('/watch', abort.signal);
    const reading = textOf(response);
    abort.abort();
    await expect(reading).rejects.toThrow(/aborted/i);
  });

  it('tells an answer that broke off from one that ended', async () => {
    answer = stream => {
      stream.respond({ ':status': 200 });
      stream.write('one');
    };
    const response = await get('/broken');
    const reading = textOf(response);
    sessions[0].destroy();
    await expect(reading).rejects.toThrow(
      'The connection ended before the answer did',
    );
  });

  it('refuses where nobody listens, and after it was closed', async () => {
    const nobody = Http2Client.create({ server: 'http://127.0.0.1:1' });
    await expect(
      nobody.request({ method: 'GET', path: '/', headers: {} }),
    ).rejects.toThrow(/ECONNREFUSED/);
    client.close();
    await expect(get('/')).rejects.toThrow('The client is closed');
  });
});
