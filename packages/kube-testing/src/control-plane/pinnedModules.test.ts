import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseGoVersion } from './goToolchain';
import { compareVersions, readPinnedModules, TOOLS_DIR } from './pinnedModules';

describe('readPinnedModules', () => {
  it('reads the versions that this repository pins', async () => {
    const { kubernetesVersion, goVersion, key } = await readPinnedModules();
    expect(kubernetesVersion).toMatch(/^v1\.\d+\.\d+$/);
    expect(goVersion).toMatch(/^1\.\d+/);
    expect(key).toContain(`${process.platform}-${process.arch}`);
  });

  it('has another key once anything pinned changes', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'pinned-'));
    try {
      await cp(TOOLS_DIR, copy, { recursive: true });
      const before = await readPinnedModules(copy);
      expect(before.key).toBe((await readPinnedModules()).key);
      const sum = join(copy, 'etcd', 'go.sum');
      await writeFile(sum, `${await readFile(sum, 'utf8')}\n`);
      expect((await readPinnedModules(copy)).key).not.toBe(before.key);
    } finally {
      await rm(copy, { recursive: true });
    }
  });
});

describe('compareVersions', () => {
  it.each([
    ['1.9.7', '1.25.0', -1],
    ['1.26.8', '1.25.0', 1],
    ['1.25', '1.25.0', 0],
  ])('%s and %s: %d', (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign);
  });
});

describe('parseGoVersion', () => {
  it.each([
    ['go1.26.8\n', '1.26.8'],
    ['go1.25 X:nodwarf5', '1.25'],
    ['devel +abc', undefined],
  ])('%j', (text, version) => expect(parseGoVersion(text)).toBe(version));
});
