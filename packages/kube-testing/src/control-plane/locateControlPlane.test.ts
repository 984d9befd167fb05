import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTROL_PLANE_PROGRAMS } from './ControlPlaneBinaries';
import { locateControlPlane } from './locateControlPlane';
import { readPinnedModules } from './pinnedModules';

async function putPrograms(dir: string, programs: readonly string[]) {
  await mkdir(dir, { recursive: true });
  for (const program of programs) {
    await writeFile(join(dir, program), '');
    await chmod(join(dir, program), 0o755);
  }
}

describe('locateControlPlane', () => {
  let dir: string;
  const log = jest.fn();
  const neverBuild = async () => {
    throw new Error('unexpected build');
  };

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'locate-'));
    log.mockReset();
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('takes the assets when all programs are there', async () => {
    await putPrograms(dir, CONTROL_PLANE_PROGRAMS);
    const location = await locateControlPlane({
      env: { KUBEBUILDER_ASSETS: dir },
      builder: neverBuild,
    });
    expect(location).toMatchObject({
      state: 'available',
      source: 'assets',
      binaries: { 'kube-scheduler': join(dir, 'kube-scheduler') },
    });
  });

  it('says which programs the usual envtest assets lack', async () => {
    await putPrograms(dir, ['etcd', 'kube-apiserver', 'kubectl']);
    const location = await locateControlPlane({
      env: { KUBEBUILDER_ASSETS: dir, KOALA_CACHE_DIR: join(dir, 'cache') },
      goVersion: async () => undefined,
      builder: neverBuild,
    });
    expect(location).toMatchObject({
      state: 'unavailable',
      goInstalled: false,
      reason: expect.stringContaining(
        'lacks kube-controller-manager, kube-scheduler',
      ),
    });
  });

  it('says in one line what to do where there is neither', async () => {
    const location = await locateControlPlane({
      env: { KOALA_CACHE_DIR: dir },
      goVersion: async () => undefined,
      builder: neverBuild,
    });
    if (location.state !== 'unavailable') {
      throw new Error('found a control plane in an empty folder');
    }
    expect(location.reason).toMatch(/set KUBEBUILDER_ASSETS .* or install Go/);
    expect(location.reason).not.toContain('\n');
  });

  it('refuses a Go that is older than the pinned modules', async () => {
    const { goVersion } = await readPinnedModules();
    const location = await locateControlPlane({
      env: { KOALA_CACHE_DIR: dir },
      goVersion: async () => '1.9.7',
      builder: neverBuild,
    });
    expect(location).toMatchObject({
      state: 'unavailable',
      goInstalled: true,
      reason: expect.stringContaining(
        `Go 1.9.7 is too old, install ${goVersion} or newer`,
      ),
    });
  });

  it('builds once, announces it in one line, and finds the result in the cache', async () => {
    const builder = jest.fn(async ({ targetDir }: { targetDir: string }) => {
      await putPrograms(targetDir, CONTROL_PLANE_PROGRAMS);
    });
    const options = {
      env: { KOALA_CACHE_DIR: dir },
      goVersion: async () => '1.99.0',
      builder,
      log,
    };
    const [first, second] = await Promise.all([
      locateControlPlane(options),
      locateControlPlane(options),
    ]);
    expect([first, second].map(it => it.state)).toEqual([
      'available',
      'available',
    ]);
    expect(builder).toHaveBeenCalledTimes(1);
    const announcements = log.mock.calls
      .flat()
      .filter(it => /Building/.test(it));
    expect(announcements).toEqual([
      expect.stringMatching(/Kubernetes v1\.\d+\.\d+ .*about 5 minutes/),
    ]);
    expect(await locateControlPlane(options)).toMatchObject({
      source: 'cache',
    });
  });

  it('gives a failed build as a sentence and leaves no lock behind', async () => {
    const location = await locateControlPlane({
      env: { KOALA_CACHE_DIR: dir },
      goVersion: async () => '1.99.0',
      builder: async () => {
        throw new Error('a Go module could not be downloaded');
      },
      log,
    });
    expect(location).toMatchObject({
      state: 'unavailable',
      goInstalled: true,
      reason:
        'No real control plane: building it failed: a Go module could not be downloaded.',
    });
    expect(await readdir(join(dir, 'control-plane'))).toEqual([]);
  });
});
