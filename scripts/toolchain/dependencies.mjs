import { createHash } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../command.mjs';
import { ROOT } from '../repository.mjs';
import { isWritable, requireSpace } from './cache.mjs';
import { explainDownload } from './explainDownload.mjs';
import { isReachable } from './isReachable.mjs';
import { run } from './run.mjs';
import { step } from './step.mjs';

const NODE_MODULES = join(ROOT, 'node_modules');
const STAMP = join(NODE_MODULES, '.koala-stamp');
/** Fewer than this in Yarn's cache cannot be all of them. */
const FEWEST_PACKAGES = 1_000;
const DEPENDENCY_FIELDS = [
  'name',
  'version',
  'bin',
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'dependenciesMeta',
  'resolutions',
  'workspaces',
  'packageManager',
];

/**
 * Installs the dependencies with Yarn, where they are not what the lock file says.
 *
 * @param {{ node: string, yarn: string, cache: () => string, env: NodeJS.ProcessEnv }} options
 */
export async function ensureDependencies({ node, yarn, cache, env }) {
  const wanted = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8').trim() === wanted) {
    return;
  }
  const first = !existsSync(NODE_MODULES);
  if (first) {
    requireSpace({
      directory: ROOT,
      megabytes: 2_500,
      what: 'Installing the dependencies',
    });
  }
  rmSync(STAMP, { force: true });
  let phase = '';
  await step(
    {
      does: 'Installing the dependencies with Yarn',
      usually: first ? '1-4 min the first time' : '5-60 s',
      detail: () => `${phase}${countPackages()} packages in place`,
    },
    async () => {
      const settings = yarnEnvironment({ env, cache });
      const { code, output } = await run(
        node,
        [yarn, 'install', '--immutable'],
        {
          cwd: ROOT,
          env: { ...settings, ...(await patience({ node, yarn, settings })) },
          onLine: line => {
            phase = /┌ (.*)$/.exec(line)?.[1]?.concat(', ') ?? phase;
          },
        },
      );
      if (code !== 0) {
        throw explainInstall(output);
      }
    },
  );
  writeFileSync(STAMP, `${wanted}\n`);
}

/** Changes when, and only when, an install could change something. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of ['yarn.lock', '.yarnrc.yml']) {
    hash.update(readFileSync(join(ROOT, file)));
  }
  const manifests = ['packages', 'plugins']
    .flatMap(group =>
      readdirSync(join(ROOT, group)).map(name => join(ROOT, group, name)),
    )
    .concat(ROOT)
    .map(directory => join(directory, 'package.json'))
    .filter(existsSync)
    .sort();
  for (const manifest of manifests) {
    const content = JSON.parse(readFileSync(manifest, 'utf8'));
    hash.update(JSON.stringify(DEPENDENCY_FIELDS.map(key => content[key])));
  }
  return hash.digest('hex');
}

function countPackages() {
  try {
    return readdirSync(NODE_MODULES).length;
  } catch {
    return 0;
  }
}

/** Yarn reads npm's settings only where they are said to it. */
function yarnEnvironment({ env, cache }) {
  const result = { ...env, YARN_ENABLE_TELEMETRY: '0' };
  const settings = {
    YARN_HTTP_PROXY: env.HTTP_PROXY ?? env.http_proxy,
    YARN_HTTPS_PROXY: env.HTTPS_PROXY ?? env.https_proxy,
    YARN_NPM_REGISTRY_SERVER: otherRegistry(env.npm_config_registry),
    YARN_HTTPS_CA_FILE_PATH: env.npm_config_cafile,
    YARN_GLOBAL_FOLDER: isWritable(join(homedir(), '.yarn'))
      ? undefined
      : join(cache(), 'yarn'),
  };
  for (const [key, value] of Object.entries(settings)) {
    if (value && !result[key]) {
      result[key] = value;
    }
  }
  return result;
}

/**
 * Without a network Yarn would try each of two thousand packages several
 * times. It is only asked where its cache may have them all.
 */
async function patience({ node, yarn, settings }) {
  const registry = await registryOf({ node, yarn, settings });
  if (!registry || settings.YARN_HTTPS_PROXY || (await isReachable(registry))) {
    return {};
  }
  if (countCached(settings) < FEWEST_PACKAGES) {
    throw explainDownload({
      what: 'The dependencies',
      tool: 'yarn',
      output: `ENOTFOUND ${registry}`,
    });
  }
  return { YARN_HTTP_RETRY: '0', YARN_HTTP_TIMEOUT: '10000' };
}

/** The registry that Yarn will ask; undefined where it cannot say. */
async function registryOf({ node, yarn, settings }) {
  const { code, output } = await run(
    node,
    [yarn, 'config', 'get', 'npmRegistryServer'],
    { cwd: ROOT, env: settings },
  );
  return code === 0 ? /https?:\/\/\S+/.exec(output)?.[0] : undefined;
}

function countCached(env) {
  const folder = env.YARN_GLOBAL_FOLDER ?? join(homedir(), '.yarn', 'berry');
  try {
    return readdirSync(join(folder, 'cache')).length;
  } catch {
    return 0;
  }
}

function otherRegistry(registry) {
  return registry && !/registry\.npmjs\.org/.test(registry)
    ? registry
    : undefined;
}

function explainInstall(output) {
  if (/YN0028/.test(output)) {
    return new Failure(
      'yarn.lock does not match the package.json files: run "yarn install" and commit the lock file.',
    );
  }
  return explainDownload({ what: 'The dependencies', tool: 'yarn', output });
}
