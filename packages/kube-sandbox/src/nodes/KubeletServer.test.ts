import { request } from 'https';
import { Pod, systemClock } from '../client';
import {
  createKubeletCredentials,
  KubeletCredentials,
} from '../tls/kubeletCredentials';
import { KubeletServer } from './KubeletServer';

const POD = {
  metadata: { namespace: 'shop', name: 'cart-1', uid: 'uid-1' },
  spec: { containers: [{ name: 'cart', image: 'shop/cart:1' }] },
} as Pod;

const STATUS = {
  containerStatuses: [
    {
      name: 'cart',
      image: '',
      imageID: '',
      containerID: 'containerd://one',
      ready: true,
      restartCount: 0,
      state: { running: { startedAt: '2026-01-31T08:00:00Z' } },
    },
  ],
};

describe('KubeletServer', () => {
  let credentials: KubeletCredentials;
  let server: KubeletServer;
  beforeAll(async () => {
    credentials = await createKubeletCredentials();
  });
  beforeEach(() => {
    server = KubeletServer.start({
      credentials,
      clock: systemClock,
      speed: 1,
      pods: {
        find: (namespace, name) =>
          namespace === 'shop' && name === 'cart-1'
            ? { pod: POD, status: STATUS }
            : undefined,
        onChange: () => () => {},
      },
    });
  });
  afterEach(() => server.stop());

  async function ask(
    path: string,
    options: { client?: { cert: string; key: string }; method?: string } = {},
  ) {
    const { client = credentials.client, method } = options;
    const port = await server.port;
    return new Promise<{ code?: number; text: string }>((resolve, reject) => {
      request(
        {
          host: 'localhost',
          port,
          path,
          method,
          ca: credentials.caPem,
          agent: false,
          ...client,
        },
        response => {
          let text = '';
          response.on('data', chunk => {
            text += chunk;
          });
          response.on('end', () =>
            resolve({ code: response.statusCode, text }),
          );
        },
      )
        .once('error', reject)
        .end();
    });
  }

  it('believes nobody but its API server', async () => {
    const stranger = await createKubeletCredentials();
    const path = '/containerLogs/shop/cart-1/cart';
    for (const client of [{ cert: '', key: '' }, stranger.client]) {
      expect(await ask(path, { client })).toEqual({
        code: 401,
        text: 'Unauthorized',
      });
    }
    expect((await ask('/healthz')).text).toBe('ok');
  });

  it('serves logs', async () => {
    const path = '/containerLogs/shop/cart-1/cart';
    const { code, text } = await ask(`${path}?tailLines=2`);
    expect(code).toBe(200);
    expect(text.split('\n')).toHaveLength(3);
  });

  it.each([
    ['/containerLogs/shop/nope/cart', 404, 'pod "nope" does not exist'],
    [
      '/containerLogs/shop/cart-1/nope',
      404,
      'container "nope" not found in pod "cart-1"',
    ],
    [
      '/containerLogs/shop/cart-1/cart?previous=true',
      400,
      'previous terminated container "cart" in pod "cart-1" not found',
    ],
    ['/containerLogs/shop/cart-1/cart?tailLines=x', 400, 'decode query'],
    ['/exec/shop/cart-1/cart', 501, 'simulated containers hold no programs'],
    ['/metrics', 404, '404 page not found'],
  ])('says of %s why not', async (path, code, text) => {
    const answer = await ask(path);
    expect(answer.code).toBe(code);
    expect(answer.text).toContain(text);
  });
});
