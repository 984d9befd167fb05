/* eslint-disable no-console */
import { parseArgs } from 'node:util';
import { writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { readKubeconfig } from './readKubeconfig';
import { suggestConfig } from './suggestConfig';

/**
 * Writes the configuration of own-clusters mode and prints the part that is
 * worth keeping. Run by `npm start -- --kubeconfig FILE`.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { kubeconfig: { type: 'string' }, out: { type: 'string' } },
  });
  const { kubeconfig: file, out } = values;
  if (!file || !out) {
    throw new Error('Usage: --kubeconfig FILE --out FILE');
  }
  const { yaml, problems } = await suggestConfig(readKubeconfig(file));
  const { koala } = parse(yaml);
  writeFileSync(
    out,
    stringify({
      // One line per request would bury everything else.
      backend: {
        logger: {
          overrides: [{ matchers: { type: 'incomingRequest' }, level: 'warn' }],
        },
      },
      koala: { ...koala, kubeconfig: file },
      koalaDiscovery: { kubeconfig: file },
    }),
  );
  problems.forEach(problem => console.log(`  ${problem}`));
  console.log(
    `\n  These environments come from the names of your clusters and namespaces. In a portal of your own, say it like this:\n`,
  );
  console.log(yaml.replace(/^/gm, '    '));
}

main().catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
