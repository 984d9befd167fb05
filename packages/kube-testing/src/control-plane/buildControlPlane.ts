import { spawn } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { inspectBinaries } from './ControlPlaneBinaries';
import { PinnedModules } from './pinnedModules';

const VERSION_PACKAGES = [
  'k8s.io/component-base/version',
  'k8s.io/client-go/pkg/version',
];

/**
 * Builds the control plane from its pinned modules and moves it into `targetDir` at once, so that
 * a half-built one is never found there; to be called under the build lock. Rejects with one sentence when the build fails.
 */
export async function buildControlPlane(options: {
  modules: PinnedModules;
  targetDir: string;
  env?: NodeJS.ProcessEnv;
}): Promise<void> {
  const { modules, targetDir, env = process.env } = options;
  const root = dirname(targetDir);
  await mkdir(root, { recursive: true });
  // One name per target: the lock admits one builder, and what a killed one left must not pile up.
  const staging = join(root, `.building-${basename(targetDir)}`);
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging);
  try {
    const cores = String(availableParallelism());
    await goBuild({
      cwd: modules.etcdDir,
      env,
      args: [
        '-p',
        cores,
        '-o',
        join(staging, 'etcd'),
        'go.etcd.io/etcd/server/v3',
      ],
    });
    await goBuild({
      cwd: modules.kubernetesDir,
      env,
      args: [
        '-p',
        cores,
        '-ldflags',
        linkerFlags(modules.kubernetesVersion),
        '-o',
        `${staging}/`,
        'tool',
      ],
    });
    const { missing } = await inspectBinaries(staging);
    if (missing.length > 0) {
      throw new Error(`the build made no ${missing.join(', ')}`);
    }
    await rm(targetDir, { recursive: true, force: true });
    await rename(staging, targetDir);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Without these the server calls itself v0.0.0, and clients that compare versions misbehave. */
export function linkerFlags(version: string): string {
  const [major, minor] = version.replace(/^v/, '').split('.');
  const values = {
    gitVersion: version,
    gitMajor: major,
    gitMinor: minor,
    gitTreeState: 'clean',
  };
  const settings = VERSION_PACKAGES.flatMap(name =>
    Object.entries(values).map(([key, value]) => `-X ${name}.${key}=${value}`),
  );
  return ['-s', '-w', ...settings].join(' ');
}

function goBuild(options: {
  cwd: string;
  args: string[];
  env: NodeJS.ProcessEnv;
}): Promise<void> {
  const { cwd, args, env } = options;
  return new Promise((resolve, reject) => {
    const child = spawn('go', ['build', ...args], {
      cwd,
      env: {
        ...env,
        GOTOOLCHAIN: 'local',
        CGO_ENABLED: '0',
        GOFLAGS: '-trimpath',
        GOWORK: 'off',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', chunk => {
      stderr = (stderr + chunk).slice(-20_000);
    });
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0) {
        resolve();
      } else {
        reject(new Error(explainBuildFailure(stderr)));
      }
    });
  });
}

/** One sentence out of what `go build` printed. */
export function explainBuildFailure(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map(line => line.trim())
    .filter(line => line && !line.startsWith('go: downloading'));
  const network = lines.find(line =>
    /dial tcp|no such host|i\/o timeout|proxyconnect|connection refused|TLS handshake|\b(403|404|410|5\d\d) [A-Z]/.test(
      line,
    ),
  );
  if (network) {
    return `a Go module could not be downloaded (${network}); check the network and GOPROXY`;
  }
  const disk = lines.find(line => /no space left on device/.test(line));
  if (disk) {
    return 'no space is left on the disk; the build needs about 3 GB in the Go build cache';
  }
  return lines.at(-1) ?? 'go build failed without saying why';
}
