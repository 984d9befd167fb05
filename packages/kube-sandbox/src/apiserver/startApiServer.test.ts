import { connect } from 'node:http2';
import { gunzipSync } from 'node:zlib';
import { runningServer } from './__testing__/runningServer';
import { TestClient } from './__testing__/TestClient';
import { startApiServer } from './startApiServer';

jest.setTimeout(60_000);

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

describe('startApiServer', () => {
  const running = runningServer();

  it('serves health, version and discovery', async () => {
    const { client } = running;
    expect((await client.get('/readyz')).body).toBe('ok');
    expect((await client.get('/version')).body.gitVersion).toBe('v1.35.1');
    expect((await client.get('/api')).body.versions).toEqual(['v1']);
    const { groups } = (await client.get('/apis')).body;
    expect(groups.map(({ name }: { name: string }) => name)).toContain('apps');
    const { resources } = (await client.get('/apis/apps/v1')).body;
    expect(resources).toContainEqual(
      expect.objectContaining({
        name: 'deployments',
        kind: 'Deployment',
        shortNames: ['deploy'],
        categories: ['all'],
      }),
    );
    expect((await client.get('/openapi/v3')).body.paths).toHaveProperty([
      'apis/apps/v1',
    ]);
  });

  it('speaks HTTP/2 with an authority that its certificate is signed by', async () => {
    const { server } = running;
    const session = connect(server.url, { ca: server.caPem });
    const stream = session.request({
      ':path': '/api/v1/namespaces',
      authorization: 'Bearer admin',
    });
    const headers = await new Promise<Record<string, unknown>>(
      (resolve, reject) => {
        stream.on('response', resolve).on('error', reject);
      },
    );
    expect(headers[':status']).toBe(200);
    stream.close();
    session.close();
  });

  it('knows users by their bearer tokens', async () => {
    const { server } = running;
    const as = async (token: string | undefined, path: string) => {
      const client = new TestClient(server, token);
      const answer = await client.get(path);
      client.close();
      return answer;
    };
    expect((await as('wrong', '/version')).body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'Unauthorized',
      reason: 'Unauthorized',
      code: 401,
    });
    expect((await as('', '/version')).code).toBe(200);
    expect((await as('', '/api/v1/pods')).body.message).toBe(
      'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" at the cluster scope',
    );
    expect((await as('nobody', '/apis')).code).toBe(200);
    expect((await as('viewer', '/api/v1/pods')).code).toBe(200);
    expect((await as('viewer', '/api/v1/secrets')).code).toBe(403);
    expect((await as('shop', '/api/v1/namespaces/shop/pods')).code).toBe(200);
    expect((await as('shop', '/api/v1/pods')).code).toBe(403);
    expect(
      (await as('shop', '/api/v1/namespaces/x/pods?watch=1')).body,
    ).toMatchObject({
      message:
        'pods is forbidden: User "shop-reader" cannot watch resource "pods" in API group "" in the namespace "x"',
      reason: 'Forbidden',
      details: { kind: 'pods' },
      code: 403,
    });
  });

  it('refuses writes of a viewer', async () => {
    const viewer = new TestClient(running.server, 'viewer');
    const answer = await viewer.delete(
      '/apis/apps/v1/namespaces/x/deployments/d',
    );
    viewer.close();
    expect(answer.code).toBe(403);
    expect(answer.body).toMatchObject({
      message:
        'deployments.apps "d" is forbidden: User "viewer" cannot delete resource "deployments" in API group "apps" in the namespace "x"',
      details: { name: 'd', group: 'apps', kind: 'deployments' },
    });
  });

  it('takes and drops tokens while it runs', async () => {
    const { server } = running;
    server.tokens.set('late', { user: 'late', groups: ['system:masters'] });
    const client = new TestClient(server, 'late');
    expect((await client.get('/api/v1/nodes')).code).toBe(200);
    server.tokens.delete('late');
    expect((await client.get('/api/v1/nodes')).code).toBe(401);
    client.close();
  });

  it.each([
    ['GET', '/nope', 404, '404 page not found\n'],
    ['GET', '/apis/nope/v1/foos', 404, '404 page not found\n'],
    ['GET', '/api/v1/foos', 404, 'NotFound'],
    ['GET', '/api/v1/namespaces/default/nodes', 404, 'NotFound'],
    ['GET', '/api/v1/namespaces/default/pods/a/log', 404, 'NotFound'],
    ['POST', '/api/v1/pods', 405, 'MethodNotAllowed'],
    ['DELETE', '/api/v1/pods', 405, 'MethodNotAllowed'],
    ['PUT', '/api/v1/namespaces/default/pods', 405, 'MethodNotAllowed'],
    ['OPTIONS', '/api/v1/pods', 405, 'MethodNotAllowed'],
    ['GET', '/api/v1/namespaces/%E0%A4%A/pods', 400, 'BadRequest'],
  ])('%s %s is %d', async (method, path, code, said) => {
    const answer = await running.client.send(method, path);
    expect(answer.code).toBe(code);
    expect(answer.body.reason ?? answer.body).toBe(said);
  });

  it('compresses large answers where the client allows it', async () => {
    const { client } = running;
    await client.post(CONFIG_MAPS, {
      metadata: { name: 'large' },
      data: { text: 'koala '.repeat(40_000) },
    });
    const plain = await client.get(CONFIG_MAPS);
    const packed = await client.get(CONFIG_MAPS, { 'accept-encoding': 'gzip' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(JSON.parse(gunzipSync(packed.bytes).toString())).toEqual(plain.body);
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 10);
    const small = await client.get('/version', { 'accept-encoding': 'gzip' });
    expect(small.headers['content-encoding']).toBeUndefined();
  });

  it('answers as table, as metadata, as YAML and indented', async () => {
    const { client } = running;
    await client.post(CONFIG_MAPS, {
      metadata: { name: 'a' },
      data: { k: 'v' },
    });
    const accept = (form: string) => ({
      accept: `application/json;as=${form};g=meta.k8s.io;v=v1`,
    });
    const table = (await client.get(CONFIG_MAPS, accept('Table'))).body;
    expect(table.columnDefinitions[1].name).toBe('Data');
    expect(table.rows[0].cells.slice(0, 2)).toEqual(['a', 1]);
    const partial = await client.get(
      CONFIG_MAPS,
      accept('PartialObjectMetadataList'),
    );
    expect(partial.body.items[0]).not.toHaveProperty('data');
    const yaml = await client.get(`${CONFIG_MAPS}/a`, {
      accept: 'application/yaml',
    });
    expect(yaml.body).toMatch(/^apiVersion: v1\ndata:\n/);
    const pretty = await client.get(`${CONFIG_MAPS}/a?pretty=true`);
    expect(pretty.bytes.toString()).toMatch(/^\{\n {2}"kind": "ConfigMap",/);
    expect((await client.get(CONFIG_MAPS, { accept: 'text/html' })).code).toBe(
      406,
    );
  });

  it('refuses bodies above 3 MB', async () => {
    const { client } = running;
    const answer = await client.post(CONFIG_MAPS, 'x'.repeat(3_200_000));
    expect(answer.code).toBe(413);
  });

  it('ends watches and connections when it is closed', async () => {
    const { client, server } = running;
    const watch = await client.watch(CONFIG_MAPS);
    await server.close();
    await watch.ended;
    await expect(client.get('/version')).rejects.toThrow();
  });

  it('says which port is in use', async () => {
    const { port } = running.server;
    await expect(
      startApiServer({ name: 'other', port, tokens: {} }),
    ).rejects.toThrow(
      `Port ${port} of 127.0.0.1, meant for cluster other, is in use: stop the process that uses it, or choose another port.`,
    );
  });

  it('serves the objects of a store that outlives it', async () => {
    const { client, server } = running;
    await client.post(CONFIG_MAPS, { metadata: { name: 'a' } });
    const { store } = server;
    await server.close();
    const restarted = await startApiServer({
      name: 'test',
      tokens: server.tokens,
      store,
    });
    const again = new TestClient(restarted);
    expect((await again.get(`${CONFIG_MAPS}/a`)).code).toBe(200);
    again.close();
    await restarted.close();
  });
});
