import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** The Go modules that pin what a control plane is built from. */
export interface PinnedModules {
  /** Folder of the module that builds etcd. */
  etcdDir: string;
  /** Folder of the module that builds the Kubernetes programs. */
  kubernetesDir: string;
  /** Version of Kubernetes, such as `v1.35.1`. */
  kubernetesVersion: string;
  /** The Go release line that both modules build with, such as `1.25.0`. */
  goVersion: string;
  /** Changes with anything that is pinned and with the platform. */
  key: string;
}

/** `tools/control-plane` of this repository. */
export const TOOLS_DIR = resolve(
  require.resolve('@koala-ops/kube-testing/package.json'),
  '../../../tools/control-plane',
);

/** Reads what is pinned under `toolsDir`; throws where a file is missing or lacks a version. */
export async function readPinnedModules(
  toolsDir: string = TOOLS_DIR,
): Promise<PinnedModules> {
  const etcdDir = resolve(toolsDir, 'etcd');
  const kubernetesDir = resolve(toolsDir, 'kubernetes');
  const hash = createHash('sha256');
  const texts: string[] = [];
  for (const dir of [etcdDir, kubernetesDir]) {
    for (const file of ['go.mod', 'go.sum']) {
      const text = await readFile(resolve(dir, file), 'utf8');
      texts.push(text);
      hash.update(`${text.length}\n${text}`);
    }
  }
  const [etcdMod, , kubernetesMod] = texts;
  const kubernetesVersion = /\bk8s\.io\/kubernetes (v\S+)/.exec(
    kubernetesMod,
  )?.[1];
  const goVersions = [etcdMod, kubernetesMod].map(
    text => /^go (\S+)$/m.exec(text)?.[1],
  );
  if (!kubernetesVersion || !goVersions.every(Boolean)) {
    throw new Error(
      `${toolsDir} does not say which Go and Kubernetes it pins; restore its go.mod files`,
    );
  }
  const goVersion = (goVersions as string[]).sort(compareVersions).at(-1)!;
  const platform = `${process.platform}-${process.arch}`;
  return {
    etcdDir,
    kubernetesDir,
    kubernetesVersion,
    goVersion,
    key: `${kubernetesVersion}-${platform}-${hash.digest('hex').slice(0, 12)}`,
  };
}

/** Orders dotted versions by their numbers; missing parts count as 0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map(v => v.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] || 0) - (right[i] || 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}
