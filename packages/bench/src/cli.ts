import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { bench } from './bench';
import { readOptions, USAGE } from './options';
import { renderReport, rowsOf } from './report/renderReport';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const begun = performance.now();
  const log = (line: string) => {
    const seconds = ((performance.now() - begun) / 1_000).toFixed(0);
    process.stdout.write(`[${seconds.padStart(4)} s] ${line}\n`);
  };
  const report = await bench(options, log);
  const { setting, populationSeconds, results } = report;
  process.stdout.write(`
${setting}, populated in ${populationSeconds.toFixed(1)} s; ${
    cpus().length
  } cores, Node ${process.version}; medians of ${options.runs}

${renderReport(results)}
`);
  if (options.json) {
    const json = { options, ...report, rows: rowsOf(results) };
    await writeFile(options.json, `${JSON.stringify(json, null, 2)}\n`);
    process.stdout.write(`\nAll figures: ${options.json}\n`);
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => process.exit(130));
}

main().catch(error => {
  process.stderr.write(`\n${(error as Error).message}\n`);
  process.exitCode = 1;
});
