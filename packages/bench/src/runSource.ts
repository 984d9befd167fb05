import { ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const PACKAGE = resolvePackagePath('@koala-ops/bench');

const NODE_TRANSFORM = require.resolve(
  '@backstage/cli-node/config/nodeTransform.cjs',
);

/**
 * Runs a source file of this package in a process of its own, the way `backstage-cli` runs a backend. The
 * file is expected to end with this process: see `endWithParent`.
 */
export function runSource(options: {
  /** From the root of this package. */
  file: string;
  args?: string[];
  stdout: 'pipe' | number;
  stderr: 'inherit' | number;
}): ChildProcess {
  const { file, args = [], stdout, stderr } = options;
  return spawn(
    process.execPath,
    ['--require', NODE_TRANSFORM, join(PACKAGE, file), ...args],
    {
      // Where a backend finds its package, and through it the schema of its configuration.
      cwd: PACKAGE,
      // Production is what people run: answers without blanks, no development shortcuts.
      env: { ...process.env, NODE_ENV: 'production' },
      // Its input is never written to, only closed.
      stdio: ['pipe', stdout, stderr],
    },
  );
}
