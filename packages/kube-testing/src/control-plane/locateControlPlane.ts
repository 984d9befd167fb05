import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildControlPlane } from './buildControlPlane';
import { withBuildLock } from './buildLock';
import { koalaCacheDir } from './cacheDir';
import {
  CONTROL_PLANE_PROGRAMS,
  ControlPlaneBinaries,
  inspectBinaries,
} from './ControlPlaneBinaries';
import { installedGoVersion } from './goToolchain';
import { compareVersions, readPinnedModules } from './pinnedModules';

/** Where the control plane's programs are, or one line that says why there are none. */
export type ControlPlaneLocation =
  | {
      state: 'available';
      binaries: ControlPlaneBinaries;
      source: 'assets' | 'cache' | 'built';
    }
  | {
      state: 'unavailable';
      /** One line that says what to do. */
      reason: string;
      /** True where Go is installed, so that nothing may excuse a skipped test. */
      goInstalled: boolean;
    };

/** What `locateControlPlane` reads and calls; the defaults are the real ones. */
export interface LocateOptions {
  env?: NodeJS.ProcessEnv;
  /** Receives the line that announces a build. */
  log?: (line: string) => void;
  /** False looks only, and never builds. */
  build?: boolean;
  goVersion?: typeof installedGoVersion;
  builder?: typeof buildControlPlane;
}

/**
 * Finds etcd, kube-apiserver, kube-controller-manager and kube-scheduler: through
 * `KUBEBUILDER_ASSETS`, else in the cache, else by building them there where Go is installed.
 * Never rejects for a reason that a user can mend: that is the `unavailable` result.
 */
export async function locateControlPlane(
  options: LocateOptions = {},
): Promise<ControlPlaneLocation> {
  const {
    env = process.env,
    log = line => process.stderr.write(`${line}\n`),
    build = true,
    goVersion = installedGoVersion,
    builder = buildControlPlane,
  } = options;

  let assetsNote = '';
  if (env.KUBEBUILDER_ASSETS) {
    const { binaries, missing } = await inspectBinaries(env.KUBEBUILDER_ASSETS);
    if (missing.length === 0) {
      return { state: 'available', binaries, source: 'assets' };
    }
    assetsNote = `KUBEBUILDER_ASSETS=${
      env.KUBEBUILDER_ASSETS
    } lacks ${missing.join(', ')}; `;
  }

  const modules = await readPinnedModules();
  const root = join(koalaCacheDir(env), 'control-plane');
  const targetDir = join(root, modules.key);
  const cached = await inspectBinaries(targetDir);
  if (cached.missing.length === 0) {
    return { state: 'available', binaries: cached.binaries, source: 'cache' };
  }

  const unavailable = (reason: string, goInstalled: boolean) =>
    ({
      state: 'unavailable',
      reason: `No real control plane: ${assetsNote}${reason}`,
      goInstalled,
    } as const);

  let go: string | undefined;
  try {
    go = await goVersion(env);
  } catch (error) {
    return unavailable(`${(error as Error).message}.`, true);
  }
  if (!go) {
    return unavailable(
      `set KUBEBUILDER_ASSETS to a folder with ${CONTROL_PLANE_PROGRAMS.join(
        ', ',
      )}, or install Go ${modules.goVersion} or newer to have it built.`,
      false,
    );
  }
  if (compareVersions(go, modules.goVersion) < 0) {
    return unavailable(
      `Go ${go} is too old, install ${modules.goVersion} or newer.`,
      true,
    );
  }
  if (!build) {
    return unavailable('it is not built yet.', true);
  }

  try {
    await mkdir(root, { recursive: true });
    return await withBuildLock({
      path: `${targetDir}.lock`,
      onWait: owner =>
        log(
          `Waiting for process ${
            owner ?? '?'
          } to finish building the control plane`,
        ),
      task: async () => {
        const again = await inspectBinaries(targetDir);
        if (again.missing.length === 0) {
          return {
            state: 'available',
            binaries: again.binaries,
            source: 'cache',
          } as const;
        }
        log(
          `Building etcd and Kubernetes ${modules.kubernetesVersion} with Go ${go} into ${targetDir}: about 5 minutes, once`,
        );
        await builder({ modules, targetDir, env });
        const { binaries } = await inspectBinaries(targetDir);
        return { state: 'available', binaries, source: 'built' } as const;
      },
    });
  } catch (error) {
    return unavailable(
      `building it failed: ${(error as Error).message}.`,
      true,
    );
  }
}
