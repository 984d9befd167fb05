import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Failure } from '../command.mjs';
import { isRunByYarn, ROOT } from '../repository.mjs';
import { cacheDirectory } from './cache.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensureNode, isSuitableNode } from './node.mjs';
import { ensureYarn } from './yarn.mjs';

/**
 * @typedef {object} Toolchain
 * @property {string} node path of a suitable Node
 * @property {NodeJS.ProcessEnv} env environment in which `node`, `yarn` and the repository's commands are the right ones
 * @property {() => Promise<string>} chromium path of a Chromium, fetched on first use
 */

/**
 * Brings what Koala needs to run and nothing twice: Node, Yarn and the
 * dependencies. Under Yarn everything is the developer's own business and is
 * only checked.
 *
 * @returns {Promise<Toolchain>}
 */
export async function prepareToolchain(env = process.env) {
  const cache = once(() => cacheDirectory(env));
  if (isRunByYarn(env)) {
    checkToolsAtHand();
    return toolchain({
      node: { path: process.execPath },
      path: [],
      cache,
      env,
    });
  }
  const node = await ensureNode({ cache });
  const yarn = await ensureYarn({ cache });
  const result = toolchain({
    node,
    path: [yarn.bin],
    cache,
    // Whoever caches something else follows.
    env: { ...env, KOALA_CACHE_DIR: cache() },
  });
  await ensureDependencies({
    node: node.path,
    yarn: yarn.script,
    cache,
    env: result.env,
  });
  return result;
}

function toolchain({ node, path, cache, env }) {
  return {
    node: node.path,
    env: {
      ...withoutOuterNpm(env),
      PATH: [
        ...path,
        dirname(node.path),
        join(ROOT, 'node_modules', '.bin'),
        env.PATH,
      ].join(delimiter),
      // A user's own npm settings may name the headers of another Node.
      ...(node.headers && { npm_config_nodedir: node.headers }),
    },
    chromium: once(() => ensureChromium({ cache, node: node.path, env })),
  };
}

function checkToolsAtHand() {
  const { node } = process.versions;
  if (!isSuitableNode(node)) {
    throw new Failure(
      `Koala needs Node 22 (22.17 or newer) or 24, and Yarn runs it with Node ${node}: switch Node, or use "npm start" and "npm test", which bring the right one.`,
    );
  }
  if (!existsSync(join(ROOT, 'node_modules'))) {
    throw new Failure('The dependencies are missing: run "yarn install".');
  }
}

/** What npm tells its scripts would mislead the Yarn and the tools started from here. */
function withoutOuterNpm(env) {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([key]) =>
        !/^npm_(package|lifecycle|command|execpath|node_execpath|config_(user_agent|local_prefix|prefix))/.test(
          key,
        ),
    ),
  );
}

function once(make) {
  let made;
  return () => (made ??= { value: make() }).value;
}
