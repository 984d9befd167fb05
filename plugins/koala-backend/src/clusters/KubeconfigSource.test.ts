import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { KubeconfigSource } from './KubeconfigSource';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('KubeconfigSource', () => {
  let dir: string;
  let path: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'koala-kubeconfig-'));
    path = join(dir, 'config');
  });

  afterEach(() => rm(dir, { recursive: true }));

  async function write(options: {
    users: Record<string, unknown>;
    clusters?: Record<string, unknown>;
    contexts?: Array<[name: string, context: Record<string, string>]>;
  }) {
    const { users, clusters = { c: { server: 'https://c.example' } } } =
      options;
    const contexts =
      options.contexts ??
      Object.keys(users).map((user): [string, Record<string, string>] => [
        user,
        { cluster: 'c', user },
      ]);
    await writeFile(
      path,
      stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: Object.entries(clusters).map(([name, cluster]) => ({
          name,
          cluster,
        })),
        users: Object.entries(users).map(([name, user]) => ({ name, user })),
        contexts: contexts.map(([name, context]) => ({ name, context })),
      }),
    );
    return KubeconfigSource.create({ path });
  }

  it('takes each context for a cluster, and those that differ in the namespace for one', async () => {
    await writeFile(join(dir, 'ca.crt'), 'FILE');
    const source = await write({
      users: { u: { token: 't' } },
      clusters: {
        one: {
          server: 'https://one.example',
          'certificate-authority': 'ca.crt',
        },
        two: {
          server: 'https://two.example',
          'insecure-skip-tls-verify': true,
          'tls-server-name': 'kubernetes',
        },
      },
      contexts: [
        ['dev', { cluster: 'one', user: 'u', namespace: 'shop' }],
        ['dev-pay', { cluster: 'one', user: 'u', namespace: 'pay' }],
        ['prod', { cluster: 'two', user: 'u' }],
        ['lost', { cluster: 'nowhere', user: 'u' }],
      ],
    });
    expect(await source.clusters()).toMatchObject([
      {
        name: 'dev',
        url: 'https://one.example',
        ca: 'FILE',
        namespaces: ['shop', 'pay'],
      },
      {
        name: 'prod',
        skipTlsVerify: true,
        tlsServerName: 'kubernetes',
        namespaces: [],
      },
    ]);
  });

  it('reads every kind of credential, afresh each time', async () => {
    const command = join(dir, 'login');
    await writeFile(
      command,
      `#!/bin/sh\necho '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"from-command"}}'\n`,
    );
    await chmod(command, 0o755);
    await writeFile(join(dir, 'token'), 'from-file\n');
    const source = await write({
      users: {
        token: { token: 'plain' },
        file: { tokenFile: 'token' },
        certificate: {
          'client-certificate-data': base64('CERT'),
          'client-key-data': base64('KEY'),
        },
        password: { username: 'me', password: 'a:b' },
        exec: {
          exec: { apiVersion: 'client.authentication.k8s.io/v1', command },
        },
        nobody: {},
      },
    });
    const clusters = await source.clusters();
    const credential = (name: string) =>
      clusters.find(cluster => cluster.name === name)!.credential();
    expect(await credential('token')).toEqual({
      type: 'token',
      token: 'plain',
    });
    expect(await credential('file')).toEqual({
      type: 'token',
      token: 'from-file',
    });
    expect(await credential('certificate')).toEqual({
      type: 'certificate',
      cert: 'CERT',
      key: 'KEY',
    });
    expect(await credential('password')).toEqual({
      type: 'basic',
      username: 'me',
      password: 'a:b',
    });
    expect(await credential('exec')).toEqual({
      type: 'token',
      token: 'from-command',
    });
    expect(await credential('nobody')).toEqual({ type: 'anonymous' });
    await writeFile(join(dir, 'token'), 'renewed');
    expect(await credential('file')).toMatchObject({ token: 'renewed' });
  });

  it('does not repeat what a command prints when it fails', async () => {
    const command = join(dir, 'login');
    await writeFile(command, '#!/bin/sh\necho s3cret >&2\nexit 1\n');
    await chmod(command, 0o755);
    const source = await write({ users: { u: { exec: { command } } } });
    const [cluster] = await source.clusters();
    const error = await cluster.credential().catch(thrown => thrown);
    expect(error.message).toContain(command);
    expect(error.message).not.toContain('s3cret');
  });

  it.each([
    [
      { server: 'https://c', 'proxy-url': 'http://proxy:3128' },
      {},
      /proxy-url/,
    ],
    [{ server: 'https://c' }, { as: 'boss' }, /acts as "boss"/],
    [{ server: 'c:6443' }, {}, /neither https nor http/],
  ])('says why it cannot watch %j %j', async (cluster, user, message) => {
    const source = await write({
      clusters: { c: cluster },
      users: { u: { token: 't', ...user } },
    });
    const [connection] = await source.clusters();
    expect(connection.unwatchable).toMatch(message);
  });

  it('fails where there is no such file', async () => {
    await expect(
      KubeconfigSource.create({ path: join(dir, 'none') }).clusters(),
    ).rejects.toThrow(/none/);
  });
});
