// `yarn test:e2e`: the browser tests.
import { runCommand } from './command.mjs';

await runCommand(async () => {
  const { e2e } = await import('./test/e2e.mjs');
  return e2e(process.argv.slice(2));
});
