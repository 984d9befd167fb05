/* eslint jest/expect-expect: ["warn", { "assertFunctionNames": ["expect", "until"] }] */
import {
  FaultServer,
  replyStatus,
} from '../reflector/__testUtils__/FaultServer';
import { TcpGate } from '../reflector/__testUtils__/TcpGate';
import { until } from '../reflector/__testUtils__/until';
import { systemClock } from './Clock';
import { ClusterTransport } from './ClusterTransport';
import { Heartbeat } from './Heartbeat';

jest.setTimeout(60_000);

const times = { intervalMs: 100, timeoutMs: 300, requestIntervalMs: 200 };

describe.each([
  ['HTTP/2', {}],
  ['HTTP/1.1', { http1: true }],
])('Heartbeat over %s', (_name, options) => {
  let server: FaultServer;
  let gate: TcpGate;
  let transport: ClusterTransport;
  let heartbeat: Heartbeat;

  beforeEach(async () => {
    server = await FaultServer.start(options);
    gate = await TcpGate.open(server.url);
    transport = ClusterTransport.create({
      endpoint: { url: gate.url, ca: server.ca, skipTlsVerify: false },
      credential: async () => ({ type: 'token', token: 't' }),
      clock: systemClock,
    });
    heartbeat = Heartbeat.start({ transport, clock: systemClock, times });
    await until(() => transport.lastByteAt !== undefined, {
      what: 'the cluster has answered',
    });
  });

  afterEach(async () => {
    heartbeat.stop();
    transport.close();
    await gate.close();
    await server.stop();
  });

  const openWatch = () =>
    transport.request({
      path: '/api/v1/pods',
      query: { watch: '1', resourceVersion: '100' },
      signal: new AbortController().signal,
      headTimeoutMs: 10_000,
    });

  it('cuts a silent watch when the server is frozen, and knows since when', async () => {
    const watch = await openWatch();
    const ended = (async () => {
      for await (const _chunk of watch.body);
    })();
    gate.freeze();
    await expect(ended).rejects.toMatchObject({
      message: expect.stringContaining('stopped answering'),
    });
    expect(Date.now() - transport.loss!.since).toBeGreaterThanOrEqual(
      times.timeoutMs,
    );
    gate.thaw();
    await until(() => transport.loss === undefined, {
      what: 'the cluster is back',
    });
  });

  it('leaves a silent watch alone while the server answers', async () => {
    const watch = await openWatch();
    let ended = false;
    void (async () => {
      for await (const _chunk of watch.body);
    })().then(
      () => {
        ended = true;
      },
      () => {
        ended = true;
      },
    );
    const before = transport.stats().requests;
    await until(() => transport.stats().requests > before + 3, {
      what: 'some heartbeats have passed',
    });
    expect(ended).toBe(false);
    expect(transport.loss).toBeUndefined();
  });

  it('finds a cluster that is back although nobody asks for anything', async () => {
    await gate.close();
    await until(() => transport.loss !== undefined, {
      what: 'the cluster is lost',
    });
    await gate.reopen();
    await until(() => transport.loss === undefined, {
      what: 'the cluster is back',
    });
  });

  it('counts a refusal as a sign of life, and a gateway as none', async () => {
    let code = 403;
    server.answerVersion = response => replyStatus(response, { code });
    const before = transport.stats().requests;
    await until(() => transport.stats().requests > before + 2, {
      what: 'heartbeats are refused',
    });
    expect(transport.loss).toBeUndefined();
    code = 503;
    await until(() => transport.loss?.error.code === 'gateway', {
      what: 'the gateway is seen through',
    });
    const { since } = transport.loss!;
    await new Promise(resolve => setTimeout(resolve, 600));
    expect(transport.loss?.since).toBe(since);
    code = 403;
    await until(() => transport.loss === undefined, {
      what: 'the cluster is back',
    });
  });
});
