import { existsSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { ROOT } from '../repository.mjs';
import { startGroup } from './processGroup.mjs';
import { waitUntil } from './waitUntil.mjs';

/**
 * Starts the portal in development mode: frontend and backend, both of which
 * follow changes of the source.
 *
 * @param {{ toolchain: import('../toolchain/toolchain.mjs').Toolchain, configs: string[], rest: string[], ports: { portal: number, backend: number }, env?: NodeJS.ProcessEnv }} options
 *   `configs`: configuration files, later ones win
 */
export function startPortal({ toolchain, configs, rest, ports, env = {} }) {
  const local = join(ROOT, 'app-config.local.yaml');
  const files = [...configs, ...(existsSync(local) ? [local] : [])];
  return startGroup({
    file: toolchain.node,
    args: [
      join(ROOT, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'repo',
      'start',
      ...files.flatMap(file => ['--config', file]),
      ...rest,
    ],
    cwd: ROOT,
    env: {
      ...withBrowserOnlyWhereThereIsOne(toolchain.env),
      // It writes through a pipe, and would take that for no terminal.
      ...(process.stdout.isTTY && { FORCE_COLOR: '1' }),
      ...env,
      PORT: String(ports.portal),
      BACKEND_PORT: String(ports.backend),
    },
    onLine: line => console.log(line),
  });
}

/**
 * Waits until a browser would see the portal: the page is served and the
 * backend says it is ready, or `isOver` says yes.
 *
 * @param {{ ports: { portal: number, backend: number }, isOver: () => boolean }} options
 */
export async function waitForPortal({ ports, isOver }) {
  await waitUntil(async () => {
    const ready = await Promise.all([
      isOk(`http://localhost:${ports.portal}/`),
      isOk(`http://localhost:${ports.backend}/.backstage/health/v1/readiness`),
    ]);
    return isOver() || ready.every(Boolean);
  });
}

function isOk(url) {
  return new Promise(resolve => {
    const sent = get(url, { timeout: 5_000 }, response => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    sent.once('timeout', () => sent.destroy());
    sent.once('error', () => resolve(false));
  });
}

function withBrowserOnlyWhereThereIsOne(env) {
  const hasDisplay =
    process.platform !== 'linux' || env.DISPLAY || env.WAYLAND_DISPLAY;
  return env.CI || !hasDisplay ? { ...env, BROWSER: 'none' } : env;
}
