// `npm test`: every suite there is. `yarn test`: Backstage's own test command.
// Only Node's own modules may be imported here: it runs before anything is installed.
import { runCommand } from './command.mjs';

await runCommand(async () => {
  const { test } = await import('./test/test.mjs');
  return test(process.argv.slice(2));
});
