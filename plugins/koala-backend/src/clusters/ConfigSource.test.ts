import { mockServices } from '@backstage/backend-test-utils';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigSource } from './ConfigSource';

const sourceOf = (clusterLocatorMethods: unknown) =>
  ConfigSource.create({
    config: mockServices.rootConfig({
      data: { kubernetes: { clusterLocatorMethods } as never },
    }),
  });

describe('ConfigSource', () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'koala-config-'));
  });

  afterEach(() => rm(dir, { recursive: true }));

  it('reads the clusters of the configuration', async () => {
    const caFile = join(dir, 'ca.crt');
    await writeFile(caFile, 'FILE');
    const source = sourceOf([
      { type: 'gke', projectId: 'p' },
      {
        type: 'config',
        clusters: [
          {
            name: 'a',
            title: 'A',
            url: 'https://a.example',
            authProvider: 'serviceAccount',
            serviceAccountToken: 'token',
            caData: Buffer.from('DATA').toString('base64'),
          },
          {
            name: 'b',
            url: 'https://b.example',
            authMetadata: {
              'kubernetes.io/auth-provider': 'serviceAccount',
              serviceAccountToken: 'b-token',
            },
            caFile,
            skipTLSVerify: true,
          },
          { name: 'c', url: 'https://c.example', authProvider: 'oidc' },
          { name: 'd', url: 'https://d.example', authProvider: 'aws' },
        ],
      },
      { type: 'localKubectlProxy' },
    ]);
    const clusters = await source.clusters();
    expect(clusters).toMatchObject([
      { name: 'a', title: 'A', ca: 'DATA', skipTlsVerify: false },
      { name: 'b', ca: 'FILE', skipTlsVerify: true },
      { name: 'c', unwatchable: expect.stringContaining('"oidc"') },
      { name: 'd', unwatchable: expect.stringContaining('Koala module') },
      { name: 'local', url: 'http://127.0.0.1:8001' },
    ]);
    expect(
      await Promise.all([0, 1, 4].map(index => clusters[index].credential())),
    ).toEqual([
      { type: 'token', token: 'token' },
      { type: 'token', token: 'b-token' },
      { type: 'anonymous' },
    ]);
  });

  it('connects anew when a certificate authority is renewed', async () => {
    const caFile = join(dir, 'ca.crt');
    const source = sourceOf([
      {
        type: 'config',
        clusters: [
          {
            name: 'a',
            url: 'https://a.example',
            authProvider: 'serviceAccount',
            serviceAccountToken: 't',
            caFile,
          },
        ],
      },
    ]);
    await writeFile(caFile, 'ONE');
    const [one] = await source.clusters();
    await writeFile(caFile, 'TWO');
    const [two] = await source.clusters();
    expect(two.fingerprint).not.toBe(one.fingerprint);
  });

  it('has no clusters without configuration', async () => {
    expect(await sourceOf(undefined).clusters()).toEqual([]);
  });

  it('names the key that is missing', async () => {
    await expect(
      sourceOf([{ type: 'config', clusters: [{ name: 'a' }] }]).clusters(),
    ).rejects.toThrow(/url/);
  });
});
