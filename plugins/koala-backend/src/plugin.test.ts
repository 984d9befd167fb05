import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { kubernetesAuthStrategyExtensionPoint } from '@backstage/plugin-kubernetes-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import kubernetesModuleKoala from '@koala-ops/backstage-plugin-kubernetes-backend-module-koala';
import { ApiServer, startApiServer } from '@koala-ops/kube-sandbox';
import Ajv from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import request from 'supertest';
import { Agent, fetch } from 'undici';
import { parse } from 'yaml';
import { koalaPlugin } from './plugin';
import { rawDeployment } from './resolution/__testUtils__/rawObjects';

const TOKEN = 'admin-token';
/** Of a user who may do what roles allow. */
const LIMITED_TOKEN = 'limited-token';
const spec = parse(readFileSync(resolve(__dirname, '../openapi.yaml'), 'utf8'));
const ajv = new Ajv({ strict: false });
ajv.addSchema({ ...spec, $id: 'koala' });

/** Fails with what is wrong where a body is not what openapi.yaml promises. */
function expectSchema(name: string, body: unknown) {
  const validate = ajv.getSchema(`koala#/components/schemas/${name}`)!;
  validate(body);
  expect(validate.errors ?? []).toEqual([]);
}

function component(name: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default' },
    spec: { type: 'service', owner: 'team', lifecycle: 'production' },
  };
}

/** The plugin's own strategy loads an ES module on demand, which Jest cannot. */
const plainTokens = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'plain-tokens',
  register(env) {
    env.registerInit({
      deps: { strategies: kubernetesAuthStrategyExtensionPoint },
      async init({ strategies }) {
        strategies.addAuthStrategy('serviceAccount', {
          getCredential: async ({ authMetadata }) => ({
            type: 'bearer token',
            token: authMetadata.serviceAccountToken,
          }),
          validateCluster: () => [],
          presentAuthMetadata: () => ({}),
        });
      },
    });
  },
});

/** Looks again and again until it finds what it waits for. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < 300; i += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise(later => setTimeout(later, 50));
  }
  throw new Error('It did not happen');
}

class TestKube {
  static async start() {
    const server = await startApiServer({
      name: 'dev',
      tokens: {
        [TOKEN]: { user: 'admin', groups: ['system:masters'] },
        [LIMITED_TOKEN]: { user: 'koala' },
      },
    });
    return new TestKube(server);
  }

  readonly #agent: Agent;

  private constructor(readonly server: ApiServer) {
    this.#agent = new Agent({ connect: { ca: server.caPem } });
  }

  async write(method: string, path: string, body: object) {
    const answer = await fetch(`${this.server.url}${path}`, {
      method,
      dispatcher: this.#agent,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        'content-type':
          method === 'PATCH'
            ? 'application/merge-patch+json'
            : 'application/json',
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as any;
  }

  /** Creates a Deployment with ReplicaSet and pods, status and owners included. */
  async deploy(options: Parameters<typeof rawDeployment>[0]) {
    const uids = new Map<string, string>();
    for (const { kind, status, ...object } of rawDeployment(options)) {
      const apps = kind !== 'Pod';
      const { uid, resourceVersion, creationTimestamp, ...metadata } =
        object.metadata;
      metadata.ownerReferences = metadata.ownerReferences?.map(
        (owner: { uid: string }) => ({ ...owner, uid: uids.get(owner.uid) }),
      );
      const path = `${apps ? '/apis/apps/v1' : '/api/v1'}/namespaces/${
        options.namespace
      }/${kind.toLowerCase()}s`;
      const created = await this.write('POST', path, {
        apiVersion: apps ? 'apps/v1' : 'v1',
        kind,
        ...object,
        metadata,
      });
      uids.set(uid, created.metadata.uid);
      await this.write('PATCH', `${path}/${metadata.name}/status`, { status });
    }
  }

  /** Lets the limited user read everything in a namespace. */
  async allow(namespace: string) {
    const path = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`;
    const group = 'rbac.authorization.k8s.io';
    const apiVersion = `${group}/v1`;
    const metadata = { name: 'koala', namespace };
    await this.write('POST', `${path}/roles`, {
      apiVersion,
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['list', 'watch'] }],
    });
    await this.write('POST', `${path}/rolebindings`, {
      apiVersion,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: group, kind: 'Role', name: 'koala' },
      subjects: [{ apiGroup: group, kind: 'User', name: 'koala' }],
    });
  }

  async close() {
    await this.#agent.destroy();
    await this.server.close();
  }
}

jest.setTimeout(60_000);

describe('koala backend', () => {
  let kube: TestKube;
  let backend: TestBackend;

  async function start(
    koala: object | undefined,
    options: {
      decision?: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
      token?: string;
    } = {},
  ) {
    return startTestBackend({
      features: [
        koalaPlugin,
        kubernetesPlugin,
        kubernetesModuleKoala,
        plainTokens,
        catalogServiceMock.factory({ entities: [component('cart')] }),
        mockServices.permissions.factory({
          result: options.decision ?? AuthorizeResult.ALLOW,
        }),
        mockServices.rootConfig.factory({
          data: {
            ...(koala ? { koala } : {}),
            kubernetes: {
              serviceLocatorMethod: { type: 'multiTenant' },
              clusterLocatorMethods: [
                {
                  type: 'config',
                  clusters: [
                    {
                      name: 'dev',
                      url: kube.server.url,
                      authProvider: 'serviceAccount',
                      serviceAccountToken: options.token ?? TOKEN,
                      caData: Buffer.from(kube.server.caPem).toString('base64'),
                    },
                  ],
                },
              ],
            },
          },
        }),
      ],
    });
  }

  const environments = [
    { name: 'dev', targets: [{ cluster: 'dev', namespaces: ['shop'] }] },
  ];

  beforeAll(async () => {
    kube = await TestKube.start();
    await kube.write('POST', '/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop' },
    });
    await kube.deploy({ name: 'cart', namespace: 'shop', version: '2.6.0' });
  });

  afterAll(() => kube.close());

  afterEach(() => backend?.stop());

  const get = (path: string) =>
    request(backend.server).get(`/api/koala${path}`);

  /** The matrix once cart has the status. */
  async function matrixWith(status: string) {
    return until(async () => {
      const answer = await get('/matrix');
      return answer.body.cells?.[0]?.status === status ? answer : undefined;
    });
  }

  it('serves the state of a real API, as openapi.yaml describes it', async () => {
    backend = await start({ environments });
    const { body } = await matrixWith('healthy');
    expectSchema('Matrix', body);
    expect(body.cells[0]).toMatchObject({
      service: 'component:default/cart',
      environment: 'dev',
      targets: [
        { cluster: 'dev', release: { version: '2.6.0' }, ready: 1, desired: 1 },
      ],
    });

    const service = await get('/services/default/cart');
    expect(service.status).toBe(200);
    expectSchema('ServiceDetail', service.body);
    expect(service.body.cells[0].targets[0].workloads[0].pods).toHaveLength(1);

    const clusters = await get('/clusters');
    expect(clusters.status).toBe(200);
    clusters.body.clusters.forEach((report: object) =>
      expectSchema('ClusterReport', report),
    );
    expect(clusters.body.clusters[0].reflectors).toContainEqual(
      expect.objectContaining({ kind: 'Pod' }),
    );

    const listed = await get('/environments');
    expectSchema('EnvironmentList', listed.body);
    expect(listed.body).toMatchObject({
      environments: [
        { name: 'dev', services: 1, counts: { healthy: 1 }, workloads: 1 },
      ],
      problems: [],
    });
    await kube.deploy({ name: 'nobodys', namespace: 'shop', version: '1.0.0' });
    const detail = await until(async () => {
      const { body: found } = await get('/environments/dev');
      return found.unclaimed[0]?.status === 'healthy' ? found : undefined;
    });
    expectSchema('EnvironmentDetail', detail);
    expect(detail.unclaimed).toMatchObject([
      { name: 'nobodys', target: 'dev', release: { version: '1.0.0' } },
    ]);
    expect((await get('/environments/nothing')).status).toBe(404);
  });

  it('answers 304 to a reader who has it, and 404 for what is not there', async () => {
    backend = await start({ environments });
    const { headers } = await matrixWith('healthy');
    const again = await get('/matrix').set('If-None-Match', headers.etag);
    expect(again.status).toBe(304);
    expect((await get('/services/default/nothing')).status).toBe(404);
    expect((await get('/matrix?unknown=1')).status).toBe(400);
  });

  it('compresses where the reader takes it, and sends the same either way', async () => {
    backend = await start({ environments });
    await matrixWith('healthy');
    const plain = await get('/matrix').set('Accept-Encoding', 'identity');
    const compressed = await get('/matrix').set('Accept-Encoding', 'gzip');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(compressed.headers['content-encoding']).toBe('gzip');
    expect(compressed.body).toEqual(plain.body);
  });

  it('shows what an account of single namespaces sees, and which it may not read', async () => {
    await kube.allow('shop');
    backend = await start(
      {
        environments: [
          ...environments,
          { name: 'qa', targets: [{ cluster: 'dev', namespaces: ['closed'] }] },
        ],
      },
      { token: LIMITED_TOKEN },
    );
    const { body } = await matrixWith('healthy');
    expectSchema('Matrix', body);
    const [qa] = await until(async () => {
      const { body: latest } = await get('/matrix');
      const { targets } = latest.cells[1];
      return targets[0].reason?.code === 'NamespaceForbidden'
        ? targets
        : undefined;
    });
    expect(qa).toMatchObject({
      status: 'unknown',
      reason: {
        message: expect.stringMatching(
          /may not watch Deployment, .* in the namespace closed of dev/,
        ),
        object: { kind: 'Namespace', name: 'closed' },
      },
    });
    const { body: list } = await get('/environments');
    expectSchema('EnvironmentList', list);
    expect(list.environments).toMatchObject([
      { name: 'dev', targets: [{ namespaces: ['shop'] }] },
      {
        name: 'qa',
        targets: [
          { namespaces: ['closed'], reasons: [{ code: 'NamespaceForbidden' }] },
        ],
      },
    ]);
    expect(list.environments[1].targets[0]).not.toHaveProperty('unclaimed');
    expect(list.clusters).toMatchObject([
      { name: 'dev', condition: 'partial', message: expect.any(String) },
    ]);
  });

  it('lets nobody in without a token, and refuses whoever may see nothing', async () => {
    backend = await start({ environments });
    for (const path of ['/matrix', '/stream', '/clusters', '/environments']) {
      const answer = await get(path).set(
        'Authorization',
        mockCredentials.none.header(),
      );
      expect([path, answer.status]).toEqual([path, 401]);
    }
    await backend.stop();
    backend = await start({ environments }, { decision: AuthorizeResult.DENY });
    for (const path of [
      '/matrix',
      '/stream',
      '/clusters',
      '/environments',
      '/services/default/cart',
    ]) {
      const answer = await get(path);
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.body.error.message).toContain('koala.service.read');
    }
  });

  it('streams a change of a cluster to an open reader, and ends when the backend stops', async () => {
    backend = await start({ environments });
    await matrixWith('healthy');
    const answer = await fetch(
      `http://localhost:${backend.server.port()}/api/koala/stream`,
      { headers: { authorization: mockCredentials.user.header() } },
    );
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    expect(answer.headers.get('cache-control')).toContain('no-transform');

    let text = '';
    const ended = (async () => {
      for await (const chunk of answer.body!) {
        text += Buffer.from(chunk as Uint8Array).toString();
      }
    })();
    const events = () =>
      text
        .split('\n\n')
        .slice(0, -1)
        .flatMap(block => {
          const [, event] = /^event: (.+)$/m.exec(block) ?? [];
          const [, data] = /^data: (.+)$/m.exec(block) ?? [];
          return event ? [{ event, data: JSON.parse(data) }] : [];
        });
    await until(async () => events()[0]);
    expect(events()[0].event).toBe('snapshot');
    expectSchema('Matrix', events()[0].data);

    const path = '/apis/apps/v1/namespaces/shop/deployments/cart';
    await kube.write('PATCH', path, { spec: { paused: true } });
    const change = await until(async () =>
      events().find(
        ({ event, data }) =>
          event === 'change' && data.cells?.[0].status === 'suspended',
      ),
    );
    expectSchema('MatrixChange', change.data);
    await kube.write('PATCH', path, { spec: { paused: null } });

    await backend.stop();
    await ended;
  });

  it.each([
    ['without koala configuration', undefined, 'koala.environments'],
    [
      'with a broken one',
      { environments: [{ name: 'dev', targets: 'x' }] },
      'koala.environments[0].targets',
    ],
    [
      'with a cluster that nobody knows',
      {
        environments: [
          ...environments,
          { name: 'qa', targets: [{ cluster: 'qa', namespaces: ['x'] }] },
        ],
      },
      'koala.environments[1].targets[0].cluster',
    ],
  ])('starts %s, and says which key to set', async (_, koala, key) => {
    backend = await start(koala);
    const problem = await until(async () => {
      const { body } = await get('/environments');
      return body.problems.find((one: { key: string }) => one.key === key);
    });
    expect(problem.message).toBeTruthy();
    const matrix = await until(async () => {
      const answer = await get('/matrix');
      return answer.status === 200 ? answer : undefined;
    });
    expectSchema('Matrix', matrix.body);
    expect(matrix.body.problems).toContainEqual(problem);
  });
});
