import { join, relative } from 'node:path';
import { Failure } from '../command.mjs';
import { isRunByYarn, ROOT } from '../repository.mjs';
import { prepareToolchain } from '../toolchain/toolchain.mjs';
import { readOptions, USAGE } from './options.mjs';
import { startPortal, waitForPortal } from './portal.mjs';
import { requireFreePorts } from './ports.mjs';
import {
  SANDBOX_CLUSTERS,
  SANDBOX_KUBECONFIG,
  sandboxEnvironment,
  startSandbox,
  waitForSandbox,
} from './sandbox.mjs';
import { stopSignal } from './stopSignal.mjs';

/**
 * Runs the portal until it is told to stop.
 *
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
export async function start(args) {
  const options = readOptions(args);
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  await requireFreePorts(portsOf(options));
  const toolchain = await prepareToolchain();
  const groups = [];
  const stop = stopSignal();
  try {
    await runUntilStopped({ options, toolchain, groups, stop });
  } finally {
    await Promise.all(groups.map(group => group.stop()));
  }
  return 0;
}

async function runUntilStopped({ options, toolchain, groups, stop }) {
  const { ports } = options;
  const isOver = () =>
    stop.isRequested() || groups.some(group => group.hasExited());

  const sandbox = startSandbox({ toolchain, port: ports.sandbox });
  groups.push(sandbox);
  await waitForSandbox({ port: ports.sandbox, isOver });
  if (isOver()) {
    return endOf({ sandbox, stop });
  }

  const portal = startPortal({
    toolchain,
    configs: [
      join(ROOT, 'app-config.yaml'),
      join(ROOT, 'app-config.sandbox.yaml'),
      ...options.configs,
    ],
    rest: options.rest,
    ports,
    env: sandboxEnvironment({ port: ports.sandbox }),
  });
  groups.push(portal);
  await waitForPortal({ ports, isOver });
  if (!isOver()) {
    console.log(readyMessage(ports));
    await Promise.race([stop.requested, sandbox.exited, portal.exited]);
  }
  return endOf({ sandbox, portal, stop });
}

/** Nothing where the user asked for the end, else a sentence that names who ended first. */
function endOf({ sandbox, stop }) {
  if (stop.isRequested()) {
    console.log('\nStopping …');
    return;
  }
  throw new Failure(
    `The ${
      sandbox.hasExited() ? 'sandbox' : 'portal'
    } ended by itself: its own lines above say why.`,
  );
}

function portsOf({ ports }) {
  return [
    { port: ports.portal, variable: 'PORT', of: 'the portal' },
    {
      port: ports.backend,
      variable: 'BACKEND_PORT',
      of: "the portal's backend",
    },
    ...SANDBOX_CLUSTERS.map((name, index) => ({
      port: ports.sandbox + index,
      variable: 'SANDBOX_PORT',
      suggest: ports.sandbox + 100,
      of: `the sandbox's cluster ${name}`,
    })),
  ].map(wanted => ({
    ...wanted,
    command: isRunByYarn() ? 'yarn start' : 'npm start',
  }));
}

function readyMessage(ports) {
  const kubeconfig = relative(process.cwd(), SANDBOX_KUBECONFIG);
  return `
  Koala is ready: open http://localhost:${ports.portal}/koala/services

  Its clusters answer to kubectl:
    kubectl --kubeconfig ${kubeconfig} --context dev get deployments --all-namespaces

  Ctrl-C ends both.
`;
}
