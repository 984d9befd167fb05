import { join, relative } from 'node:path';
import { Failure } from '../command.mjs';
import { isRunByYarn, ROOT } from '../repository.mjs';
import { prepareToolchain } from '../toolchain/toolchain.mjs';
import { DEFAULT_PORTS, readOptions, USAGE } from './options.mjs';
import { configureOwnClusters } from './ownClusters.mjs';
import { startPortal, waitForPortal } from './portal.mjs';
import { requireFreePorts } from './ports.mjs';
import {
  SANDBOX_CLUSTERS,
  sandboxKubeconfig,
  sandboxEnvironment,
  startSandbox,
  waitForSandbox,
} from './sandbox.mjs';
import { stopSignal } from './stopSignal.mjs';

/**
 * Runs the portal until it is told to stop: on the embedded sandbox, or on the
 * clusters of a kubeconfig file.
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
  const run = {
    options,
    toolchain,
    stop,
    begin: group => {
      groups.push(group);
      return group;
    },
    isOver: () => stop.isRequested() || groups.some(group => group.hasExited()),
  };
  try {
    await (options.kubeconfig ? runOnOwnClusters(run) : runOnSandbox(run));
  } finally {
    await Promise.all(groups.map(group => group.stop()));
  }
  return 0;
}

async function runOnSandbox(run) {
  const { options, toolchain, isOver, begin } = run;
  const { ports, life, lifeSpeed } = options;
  const sandbox = begin(
    startSandbox({ toolchain, port: ports.sandbox, life, lifeSpeed }),
  );
  await waitForSandbox({ port: ports.sandbox, isOver });
  if (isOver()) {
    return endOf(run, sandbox);
  }
  const kubeconfig = relative(process.cwd(), sandboxKubeconfig(ports.sandbox));
  // The command finds the sandbox by its port.
  const env =
    ports.sandbox === DEFAULT_PORTS.sandbox
      ? ''
      : `SANDBOX_PORT=${ports.sandbox} `;
  return runPortal({
    ...run,
    sandbox,
    configs: [join(ROOT, 'app-config.sandbox.yaml')],
    env: sandboxEnvironment({ port: ports.sandbox }),
    also: `
  Its clusters answer to kubectl:
    kubectl --kubeconfig ${kubeconfig} --context dev get deployments --all-namespaces
  What to try with it: docs/sandbox.md
${
  life
    ? `
  Its organisation has a life of its own, with rollouts now and then:
    ${env}npm run life pause        (or: resume, speed 10, status)
`
    : ''
}`,
  });
}

async function runOnOwnClusters(run) {
  const { options, toolchain } = run;
  const config = await configureOwnClusters({
    toolchain,
    kubeconfig: options.kubeconfig,
  });
  return runPortal({
    ...run,
    configs: [config],
    also: `
  It only reads your clusters.
`,
  });
}

async function runPortal(run) {
  const { options, toolchain, stop, begin, isOver, sandbox } = run;
  const portal = begin(
    startPortal({
      toolchain,
      configs: [
        join(ROOT, 'app-config.yaml'),
        ...run.configs,
        ...options.configs,
      ],
      rest: options.rest,
      ports: options.ports,
      env: run.env,
    }),
  );
  await waitForPortal({ ports: options.ports, isOver });
  if (!isOver()) {
    console.log(`
  Koala is ready: open http://localhost:${options.ports.portal}/koala/services
${run.also}
  Ctrl-C ends ${sandbox ? 'both' : 'it'}.
`);
    await Promise.race(
      [stop.requested, portal.exited, sandbox?.exited].filter(Boolean),
    );
  }
  return endOf(run, sandbox);
}

/** Nothing where the user asked for the end, else a sentence that names who ended first. */
function endOf({ stop }, sandbox) {
  if (stop.isRequested()) {
    console.log('\nStopping …');
    return;
  }
  throw new Failure(
    `The ${
      sandbox?.hasExited() ? 'sandbox' : 'portal'
    } ended by itself: its own lines above say why.`,
  );
}

function portsOf({ ports, kubeconfig }) {
  const command = isRunByYarn() ? 'yarn start' : 'npm start';
  return [
    { port: ports.portal, variable: 'PORT', of: 'the portal' },
    {
      port: ports.backend,
      variable: 'BACKEND_PORT',
      of: "the portal's backend",
    },
    ...(kubeconfig ? [] : SANDBOX_CLUSTERS).map((name, index) => ({
      port: ports.sandbox + index,
      variable: 'SANDBOX_PORT',
      suggest: ports.sandbox + 100,
      of: `the sandbox's cluster ${name}`,
    })),
  ].map(wanted => ({ ...wanted, command }));
}
