// `npm start`: the portal on the embedded sandbox, or on your own clusters.
// Only Node's own modules may be imported here: it runs before anything is installed.
import { runCommand } from './command.mjs';

await runCommand(async () => {
  const { start } = await import('./start/start.mjs');
  return start(process.argv.slice(2));
});
