import { join } from 'node:path';
import { ROOT } from '../repository.mjs';

/**
 * Arguments that make Node run a TypeScript source of this repository, the way
 * `backstage-cli` runs the backend.
 *
 * @param {string} path from the root of the repository
 */
export function sourceArguments(path) {
  return [
    '--enable-source-maps',
    '--require',
    join(ROOT, 'node_modules/@backstage/cli-node/config/nodeTransform.cjs'),
    join(ROOT, path),
  ];
}
