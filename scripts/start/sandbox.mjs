import { existsSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT, STATE_DIR } from '../repository.mjs';
import { DEFAULT_PORTS } from './options.mjs';
import { startGroup } from './processGroup.mjs';
import { waitUntil } from './waitUntil.mjs';

/** What Node is started with to run the program, with the flags of its first line; its own README says what it takes. */
export const SANDBOX_COMMAND = [
  '--max-semi-space-size=4',
  '--heap-growing-percent=25',
  join(ROOT, 'packages/kube-sandbox/bin/koala-sandbox.cjs'),
];

/** The sandbox's clusters, in the order of their ports. */
export const SANDBOX_CLUSTERS = ['dev', 'staging', 'prod-eu', 'prod-us'];

/**
 * Where its state is kept: apart where two of them run side by side on other ports.
 *
 * @param {number} port the first cluster's
 */
export function sandboxDirectory(port) {
  const isUsual = port === DEFAULT_PORTS.sandbox;
  return join(STATE_DIR, isUsual ? 'sandbox' : `sandbox-${port}`);
}

/**
 * What `kubectl` needs to reach the sandbox's clusters.
 *
 * @param {number} port the first cluster's
 */
export function sandboxKubeconfig(port) {
  return join(sandboxDirectory(port), 'kubeconfig');
}

/**
 * Starts the sandbox: a process of its own, which outlives every restart of the backend.
 *
 * @param {{ toolchain: import('../toolchain/toolchain.mjs').Toolchain, port: number, life: boolean, lifeSpeed: number }} options
 */
export function startSandbox({ toolchain, port, life, lifeSpeed }) {
  // An old one would name the ports and tokens of an earlier run.
  rmSync(sandboxKubeconfig(port), { force: true });
  return startGroup({
    file: toolchain.node,
    args: [
      ...SANDBOX_COMMAND,
      '--state-dir',
      sandboxDirectory(port),
      '--port-base',
      String(port),
      ...SANDBOX_CLUSTERS.flatMap(name => ['--cluster', name]),
      '--manifests',
      join(ROOT, 'examples/clusters'),
      ...(life
        ? [
            '--life',
            join(ROOT, 'examples/life.yaml'),
            '--life-speed',
            String(lifeSpeed),
          ]
        : []),
    ],
    cwd: ROOT,
    env: toolchain.env,
    onLine: line => console.log(`[sandbox] ${line}`),
  });
}

/**
 * Waits until every cluster of the sandbox answers, or `isOver` says yes.
 *
 * @param {{ port: number, isOver: () => boolean }} options
 */
export async function waitForSandbox({ port, isOver }) {
  await waitUntil(async () => {
    const answers = await Promise.all(
      SANDBOX_CLUSTERS.map((_, index) => isAnswering(port + index)),
    );
    return (
      isOver() ||
      (answers.every(Boolean) && existsSync(sandboxKubeconfig(port)))
    );
  });
}

/**
 * What app-config.sandbox.yaml reads from the environment: address, token and
 * certificate authority of each cluster, from the kubeconfig that the sandbox wrote
 * for its users. The portal is the user `portal`, who only reads.
 *
 * @param {{ port: number }} options
 */
export function sandboxEnvironment({ port }) {
  // A dependency, which is there by the time the sandbox runs.
  const { parse } = createRequire(join(ROOT, 'package.json'))('yaml');
  const { clusters, users } = parse(
    readFileSync(join(sandboxDirectory(port), 'users.kubeconfig'), 'utf8'),
  );
  const named = (list, name) => list.find(candidate => candidate.name === name);
  const entries = SANDBOX_CLUSTERS.flatMap(name => {
    const { cluster } = named(clusters, name);
    const { user } = named(users, `${name}-portal`);
    const prefix = `SANDBOX_${name.toUpperCase().replaceAll('-', '_')}`;
    return [
      [`${prefix}_URL`, cluster.server],
      [`${prefix}_TOKEN`, user.token],
      [`${prefix}_CA`, cluster['certificate-authority-data']],
    ];
  });
  return Object.fromEntries(entries);
}

/** Any answer will do: whether a request is allowed is not asked here. */
function isAnswering(port) {
  return new Promise(resolve => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path: '/readyz',
        // Nothing is sent or believed: only whether a server answers.
        rejectUnauthorized: false,
        timeout: 2_000,
      },
      response => {
        response.resume();
        resolve(response.statusCode < 500);
      },
    );
    sent.once('timeout', () => sent.destroy());
    sent.once('error', () => resolve(false));
    sent.end();
  });
}
