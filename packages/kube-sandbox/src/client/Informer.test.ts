import {
  createServer,
  Http2Server,
  Http2ServerRequest,
  Http2ServerResponse,
  ServerHttp2Session,
} from 'http2';
import { AddressInfo } from 'net';
import { ApiClient } from './ApiClient';
import { systemClock } from './Clock';
import { Informer } from './Informer';
import { silentLogger } from './Logger';
import { KubeObject, Pod } from './objects';
import { resources } from './resources';

/** An API server of one resource, as good or bad as the test wants it. */
class FakeServer {
  objects: KubeObject[] = [];
  lists = 0;
  watches: { from: string; response: Http2ServerResponse }[] = [];
  expired = false;
  private server?: Http2Server;
  private readonly sessions = new Set<ServerHttp2Session>();
  private port = 0;

  async start(): Promise<string> {
    this.server = createServer((request, response) =>
      this.answer(request, response),
    );
    this.server.on('session', session => this.sessions.add(session));
    await new Promise<void>(resolve =>
      this.server!.listen(this.port, '127.0.0.1', resolve),
    );
    this.port = (this.server.address() as AddressInfo).port;
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.sessions.forEach(session => session.destroy());
    this.sessions.clear();
    await new Promise(resolve => this.server?.close(resolve));
    this.watches = [];
  }

  send(type: string, object: unknown): void {
    this.watches
      .at(-1)!
      .response.write(`${JSON.stringify({ type, object })}\n`);
  }

  private answer(
    request: Http2ServerRequest,
    response: Http2ServerResponse,
  ): void {
    const query = new URL(request.url ?? '', 'http://x').searchParams;
    response.setHeader('content-type', 'application/json');
    if (query.get('watch') !== 'true') {
      this.lists += 1;
      response.end(
        JSON.stringify({
          metadata: { resourceVersion: String(100 * this.lists) },
          items: this.objects,
        }),
      );
      return;
    }
    response.writeHead(200);
    this.watches.push({ from: query.get('resourceVersion') ?? '', response });
    if (this.expired) {
      this.expired = false;
      this.send('ERROR', { code: 410, reason: 'Expired', message: 'too old' });
      response.end();
    }
  }
}

function pod(name: string, resourceVersion: string): Pod {
  return {
    metadata: { namespace: 'shop', name, uid: name, resourceVersion },
    spec: { containers: [] },
  };
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries += 1) {
    if (tries > 1_000) {
      throw new Error('It never happened');
    }
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

describe('Informer', () => {
  let server: FakeServer;
  let client: ApiClient;
  let informer: Informer<Pod>;
  let told: string[];

  beforeEach(async () => {
    server = new FakeServer();
    server.objects = [pod('a', '1')];
    client = ApiClient.create({ server: await server.start() });
    told = [];
    informer = Informer.start({
      client,
      resource: resources.pods,
      clock: systemClock,
      logger: silentLogger,
    });
    informer.addHandler({
      added: ({ metadata }) => told.push(`+${metadata.name}`),
      updated: ({ metadata }, old) =>
        told.push(
          `${metadata.name} ${old.metadata.resourceVersion}>${metadata.resourceVersion}`,
        ),
      deleted: ({ metadata }) => told.push(`-${metadata.name}`),
    });
    await informer.whenSynced();
    await until(() => server.watches.length === 1);
  });

  afterEach(async () => {
    informer.stop();
    await client.close();
    await server.stop();
  });

  it('lists, then tells what it watches', async () => {
    server.send('ADDED', pod('b', '101'));
    server.send('MODIFIED', pod('a', '102'));
    server.send('DELETED', pod('b', '103'));
    await until(() => told.length === 4);
    expect(told).toEqual(['+a', '+b', 'a 1>102', '-b']);
    expect(informer.list('shop').map(({ metadata }) => metadata.name)).toEqual([
      'a',
    ]);
  });

  it('goes on from the last version where the server ends the watch', async () => {
    server.send('BOOKMARK', pod('', '150'));
    server.watches[0].response.end();
    await until(() => server.watches.length === 2);
    expect(server.watches[1].from).toBe('150');
    expect(server.lists).toBe(1);
  });

  it('lists again where its version expired, and tells the difference', async () => {
    server.objects = [pod('a', '9'), pod('c', '8')];
    server.expired = true;
    server.watches[0].response.end();
    await until(() => server.watches.length === 3);
    expect(server.lists).toBe(2);
    expect(told).toEqual(['+a', '+c', 'a 1>9']);
  });

  it('survives a restart of the server', async () => {
    await server.stop();
    server.objects = [pod('d', '3')];
    await server.start();
    await until(() => told.includes('+d'));
    expect(told).toEqual(['+a', '-a', '+d']);
    await until(() => server.watches.length === 1);
    server.send('MODIFIED', pod('d', '400'));
    await until(() => told.includes('d 3>400'));
  });
});
