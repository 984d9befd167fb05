import { KubeConfig } from '@kubernetes/client-node';
import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { KubeconfigCluster } from './KubeconfigCluster';

describe('KubeconfigCluster', () => {
  let server: Server | undefined;
  afterEach(
    () =>
      new Promise<void>(done => (server ? server.close(() => done()) : done())),
  );

  async function clusterThat(answers: RequestListener) {
    server = createServer(answers);
    await new Promise<void>(done => server!.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const config = new KubeConfig();
    config.loadFromOptions({
      clusters: [
        {
          name: 'c',
          server: `http://127.0.0.1:${port}/base/`,
          // client-node takes plain HTTP only where TLS is not to be verified.
          skipTLSVerify: true,
        },
      ],
      users: [{ name: 'u', token: 'secret' }],
      contexts: [{ name: 'x', cluster: 'c', user: 'u' }],
      currentContext: 'x',
    });
    return KubeconfigCluster.create({ config, context: 'x' })!;
  }

  it('reads a list page by page, signed in', async () => {
    const asked: Array<[string?, string?]> = [];
    const cluster = await clusterThat((request, response) => {
      asked.push([request.url, request.headers.authorization]);
      const isFirst = !request.url?.includes('continue');
      response.end(
        JSON.stringify({
          items: [isFirst ? 1 : 2],
          metadata: { continue: isFirst ? 'a/b' : '' },
        }),
      );
    });
    expect(await cluster.list('/api/v1/pods')).toEqual([1, 2]);
    expect(asked).toEqual([
      ['/base/api/v1/pods?limit=500', 'Bearer secret'],
      ['/base/api/v1/pods?limit=500&continue=a%2Fb', 'Bearer secret'],
    ]);
  });

  it.each<[string, RequestListener, object]>([
    [
      'a Status',
      (_, response) => {
        response.statusCode = 403;
        response.end('{"kind":"Status","message":"pods is forbidden"}');
      },
      { message: 'pods is forbidden', status: 403 },
    ],
    [
      'rubbish',
      (_, response) => response.end('<html>'),
      { message: 'answers something else than JSON' },
    ],
    [
      'a broken connection',
      request => request.socket.destroy(),
      { message: expect.stringMatching(/^does not answer: /) },
    ],
  ])('says what is wrong: %s', async (_, answers, expected) => {
    const cluster = await clusterThat(answers);
    await expect(cluster.list('/api/v1/pods')).rejects.toMatchObject(expected);
  });
});
