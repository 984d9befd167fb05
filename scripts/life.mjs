// `npm run life pause|resume|status|speed <factor>`: the life of the running sandbox.
import { runCommand } from './command.mjs';

await runCommand(async () => {
  const { life } = await import('./start/life.mjs');
  return life(process.argv.slice(2));
});
