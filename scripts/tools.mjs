// Prints shell commands that put the right Node and Yarn on the path:
//   eval "$(node scripts/tools.mjs)"
import { runCommand } from './command.mjs';

await runCommand(async () => {
  // What the steps say is for people; the commands are for the shell.
  console.log = console.error;
  const { prepareToolchain } = await import('./toolchain/toolchain.mjs');
  const { env } = await prepareToolchain();
  for (const name of ['PATH', 'npm_config_nodedir']) {
    if (env[name]) {
      process.stdout.write(
        `export ${name}='${env[name].replace(/'/g, `'\\''`)}'\n`,
      );
    }
  }
  return 0;
});
