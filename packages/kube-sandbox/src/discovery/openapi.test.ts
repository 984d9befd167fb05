import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { runningServer } from '../apiserver/__testing__/runningServer';
import { groupVersions } from '../registry/Registry';
import index from './openapi.generated.json';

jest.setTimeout(60_000);

describe('OpenAPI documents', () => {
  const running = runningServer();

  it('exist for every group and version that is served', () => {
    const paths = groupVersions.map(groupVersion =>
      groupVersion.includes('/')
        ? `v3/apis/${groupVersion}`
        : `v3/api/${groupVersion}`,
    );
    expect(Object.keys(index)).toEqual(expect.arrayContaining(paths));
    const files = Object.values(index).flatMap(forms =>
      Object.values<{ file: string }>(forms).map(({ file }) => file),
    );
    const folder = join(__dirname, '..', '..', 'openapi');
    expect(files.sort()).toEqual(readdirSync(folder).sort());
  });

  it('are sent as they are stored to who takes gzip, and unpacked to others', async () => {
    const { client } = running;
    const path = '/openapi/v3/apis/apps/v1';
    const plain = await client.get(path);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(Number(plain.headers['content-length'])).toBe(plain.bytes.length);
    const packed = await client.get(path, { 'accept-encoding': 'gzip' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed.bytes).equals(plain.bytes)).toBe(true);
    expect(plain.body.components.schemas).toHaveProperty([
      'io.k8s.api.apps.v1.Deployment',
    ]);
  });

  it('describe nothing that is not served', async () => {
    const { client } = running;
    const { body } = await client.get('/openapi/v3/apis/apps/v1');
    const { paths, components } = body;
    expect(Object.keys(paths)).toContain(
      '/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale',
    );
    expect(Object.keys(paths).join()).not.toMatch(/watch/);
    const references = new Set(
      JSON.stringify(body).match(/(?<=#\/components\/schemas\/)[\w.-]+/g),
    );
    expect(Object.keys(components.schemas)).toEqual(
      expect.arrayContaining([...references]),
    );
  });
});
