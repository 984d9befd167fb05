import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { writeKubeconfig } from './writeKubeconfig';

describe('writeKubeconfig', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('writes one context per cluster, for nobody else to read', async () => {
    const file = join(dir, 'deeper', 'kubeconfig');
    await writeKubeconfig({
      file,
      clusters: ['dev', 'prod'].map((name, index) => ({
        name,
        url: `https://127.0.0.1:${7443 + index}`,
        caPem: 'PEM',
        token: `token-${name}`,
      })),
    });
    const config = parse(await readFile(file, 'utf8'));
    expect(config['current-context']).toBe('dev');
    expect(config.contexts[1]).toEqual({
      name: 'prod',
      context: { cluster: 'prod', user: 'prod' },
    });
    expect(config.users[1]).toEqual({
      name: 'prod',
      user: { token: 'token-prod' },
    });
    expect(config.clusters[1].cluster).toEqual({
      server: 'https://127.0.0.1:7444',
      'certificate-authority-data': 'UEVN',
    });
    expect((await stat(file)).mode & 0o077).toBe(0);
  });
});
