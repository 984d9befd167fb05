import { lifeCommand } from './sandbox/lifeCommand';
import { parseArguments } from './sandbox/parseArguments';
import { startSandbox } from './sandbox/startSandbox';
import { sandboxTokens } from './sandbox/tokens';

/** Ending takes no longer than this, whatever still hangs. */
const STOP_WITHIN_MS = 1500;

const logger = {
  info: (message: string) => process.stdout.write(`${message}\n`),
  warn: (message: string) => process.stderr.write(`${message}\n`),
};

function fail(error: unknown): never {
  logger.warn(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

async function main() {
  const [first, ...rest] = process.argv.slice(2);
  if (first === 'life') {
    logger.info(await lifeCommand(rest));
    return;
  }
  const settings = parseArguments(process.argv.slice(2));
  const sandbox = await startSandbox({
    settings,
    tokens: sandboxTokens(process.env),
    logger,
  });
  let stopping = false;
  const stop = () => {
    if (stopping) {
      return;
    }
    stopping = true;
    setTimeout(() => process.exit(0), STOP_WITHIN_MS);
    void sandbox.stop().finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, stop);
  }
  sandbox.seeded.catch(error => {
    if (!stopping) {
      fail(error);
    }
  });
  logger.info(
    `Sandbox ready: kubectl --kubeconfig ${sandbox.kubeconfig} --context ${settings.clusters[0]} get pods -A`,
  );
}

main().catch(fail);
