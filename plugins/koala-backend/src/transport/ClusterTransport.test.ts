import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  FaultServer,
  reply,
  replyStatus,
} from '../reflector/__testUtils__/FaultServer';
import { TcpGate } from '../reflector/__testUtils__/TcpGate';
import { systemClock } from './Clock';
import { ClusterTransport, ClusterTransportOptions } from './ClusterTransport';
import { Credential } from './Credential';
import { TransportError } from './TransportError';

jest.setTimeout(60_000);

const token = (value: string): Credential => ({ type: 'token', token: value });

let server: FaultServer;
let opened: ClusterTransport[] = [];

beforeEach(async () => {
  server = await FaultServer.start();
});

afterEach(async () => {
  opened.forEach(transport => transport.close());
  opened = [];
  await server.stop();
});

function transportTo(
  options: Partial<ClusterTransportOptions['endpoint']> & {
    credential?: () => Promise<Credential>;
  } = {},
): ClusterTransport {
  const { credential = async () => token('t'), ...endpoint } = options;
  const transport = ClusterTransport.create({
    endpoint: {
      url: server.url,
      ca: server.ca,
      skipTlsVerify: false,
      ...endpoint,
    },
    credential,
    clock: systemClock,
    connectTimeoutMs: 2_000,
  });
  opened.push(transport);
  return transport;
}

function get(
  transport: ClusterTransport,
  options: { path?: string; watch?: boolean; signal?: AbortSignal } = {},
) {
  return transport.request({
    path: options.path ?? '/api/v1/pods',
    query: options.watch ? { watch: '1', resourceVersion: '100' } : undefined,
    signal: options.signal ?? new AbortController().signal,
    headTimeoutMs: 10_000,
    idleTimeoutMs: options.watch ? undefined : 10_000,
  });
}

async function textOf(response: Awaited<ReturnType<typeof get>>) {
  const chunks: Buffer[] = [];
  for await (const chunk of response.body) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

describe('ClusterTransport', () => {
  it('sends many requests over one connection', async () => {
    const transport = transportTo();
    const responses = await Promise.all(
      Array.from({ length: 30 }, () => get(transport).then(textOf)),
    );
    expect(responses.every(text => text.includes('PodList'))).toBe(true);
    expect(transport.stats()).toMatchObject({
      protocol: 'h2',
      connections: 1,
      requests: 30,
    });
    expect(transport.loss).toBeUndefined();
  });

  it('takes another connection where one has all the streams it may have', async () => {
    const transport = transportTo();
    const stop = new AbortController();
    const watches = await Promise.all(
      Array.from({ length: 250 }, () =>
        get(transport, { watch: true, signal: stop.signal }),
      ),
    );
    expect(watches.every(({ status }) => status === 200)).toBe(true);
    expect(transport.stats().connections).toBe(3);
    stop.abort();
  });

  it('reads a credential that is refused again, once', async () => {
    server.token = 'new';
    const tokens = ['old', 'new', 'newer'];
    const read = jest.fn(async () => token(tokens.shift()!));
    const transport = transportTo({ credential: read });
    expect((await get(transport).then(textOf)).includes('PodList')).toBe(true);
    await get(transport).then(textOf);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('hands over a 401 that another look at the same credential does not change', async () => {
    server.token = 'other';
    const transport = transportTo();
    const response = await get(transport);
    expect(response.status).toBe(401);
    response.discard();
    expect(server.requests.get('list Pod')).toBe(1);
  });

  it.each<[string, () => Promise<ClusterTransport>, object]>([
    [
      'an unknown authority',
      async () => transportTo({ ca: undefined }),
      { code: 'tls', nextStep: expect.stringContaining('caData') },
    ],
    [
      'a certificate of another name',
      async () => transportTo({ tlsServerName: 'elsewhere.example' }),
      {
        code: 'tls',
        message: expect.stringContaining('another name'),
      },
    ],
    [
      'an authority that is no PEM',
      async () =>
        transportTo({
          ca: '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n',
        }),
      { code: 'tls' },
    ],
    [
      'a refused connection',
      async () => {
        const gate = await TcpGate.open(server.url);
        await gate.close();
        return transportTo({ url: gate.url });
      },
      {
        code: 'refused',
        message: expect.stringContaining('refuses the connection'),
        nextStep: expect.stringContaining('port'),
      },
    ],
    [
      'a name that does not exist',
      async () => transportTo({ url: 'https://nowhere.invalid:6443' }),
      { code: 'dns', message: expect.stringContaining('nowhere.invalid') },
    ],
    [
      'a frozen server',
      async () => {
        const gate = await TcpGate.open(server.url);
        gate.freeze();
        return transportTo({ url: gate.url });
      },
      { code: 'timeout', nextStep: expect.stringContaining('frozen') },
    ],
    [
      'plain HTTP on the other side',
      async () => {
        const plain = createServer();
        await new Promise<void>(resolve =>
          plain.listen(0, '127.0.0.1', resolve),
        );
        plain.unref();
        const { port } = plain.address() as AddressInfo;
        return transportTo({ url: `https://127.0.0.1:${port}` });
      },
      { code: 'tls', nextStep: expect.stringContaining('scheme') },
    ],
  ])('explains %s and says what to do', async (_what, prepare, expected) => {
    const transport = await prepare();
    await expect(get(transport)).rejects.toMatchObject(expected);
    expect(transport.loss?.error).toMatchObject(expected);
  });

  it('says that there is no credential, which is no loss of the cluster', async () => {
    const transport = transportTo({
      credential: async () => {
        throw new Error('the token file is empty');
      },
    });
    await expect(get(transport)).rejects.toMatchObject({
      code: 'credential',
      message: expect.stringContaining('the token file is empty'),
    });
    expect(transport.loss).toBeUndefined();
  });

  it('connects where verification is turned off', async () => {
    const transport = transportTo({ ca: undefined, skipTlsVerify: true });
    expect((await get(transport)).status).toBe(200);
  });

  it('ends a request that is given up, and only that', async () => {
    const transport = transportTo();
    const stop = new AbortController();
    const watch = await get(transport, { watch: true, signal: stop.signal });
    const reading = textOf(watch);
    stop.abort();
    await expect(reading).rejects.toMatchObject({ code: 'aborted' });
    await expect(
      get(transport, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'aborted' });
    expect((await get(transport)).status).toBe(200);
    expect(transport.loss).toBeUndefined();
    expect(transport.stats().connections).toBe(1);
  });

  it('ends a body that falls silent', async () => {
    server.inject(({ response }) => {
      response.writeHead(200);
      response.write('{');
      return true;
    });
    const transport = transportTo();
    const response = await transport.request({
      path: '/api/v1/pods',
      signal: new AbortController().signal,
      headTimeoutMs: 10_000,
      idleTimeoutMs: 200,
    });
    await expect(textOf(response)).rejects.toMatchObject({ code: 'timeout' });
  });

  it('ends a request that gets no answer', async () => {
    server.inject(() => true);
    await expect(
      transportTo().request({
        path: '/api/v1/pods',
        signal: new AbortController().signal,
        headTimeoutMs: 200,
      }),
    ).rejects.toMatchObject({ code: 'timeout' });
  });

  it('takes no proxy that answers for a dead API server for the cluster', async () => {
    const transport = transportTo();
    await get(transport).then(textOf);
    const heal = server.inject(({ response }) => {
      replyStatus(response, { code: 502 });
      return true;
    });
    transport.lose(
      new TransportError({ code: 'gateway', message: 'a proxy answers 502' }),
    );
    (await get(transport)).discard();
    expect(transport.loss?.error.code).toBe('gateway');
    heal();
    (await get(transport)).discard();
    expect(transport.loss).toBeUndefined();
  });

  describe('with kubectl proxy', () => {
    let plain: Server;
    const paths: string[] = [];

    beforeEach(async () => {
      paths.length = 0;
      plain = createServer((request, response) => {
        paths.push(request.url!);
        reply(response as never, 200, {
          authorization: request.headers.authorization ?? null,
        });
      });
      await new Promise<void>(resolve => plain.listen(0, '127.0.0.1', resolve));
    });

    afterEach(async () => {
      plain.closeAllConnections();
      await new Promise(resolve => plain.close(resolve));
    });

    it('speaks plain HTTP, without a credential, below the path of the URL', async () => {
      const { port } = plain.address() as AddressInfo;
      const transport = transportTo({
        url: `http://127.0.0.1:${port}/k8s/`,
        ca: undefined,
        credential: async () => ({ type: 'anonymous' }),
      });
      expect(JSON.parse(await get(transport).then(textOf))).toEqual({
        authorization: null,
      });
      expect(paths).toEqual(['/k8s/api/v1/pods']);
      expect(transport.protocol).toBe('http/1.1');
    });
  });
});
