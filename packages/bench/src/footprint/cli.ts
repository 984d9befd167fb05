import { parseArgs } from 'node:util';
import { locateControlPlane } from '@koala-ops/kube-testing';
import { renderTable } from '../report/renderTable';
import { DemoClusters, startRealDemo, startSandboxDemo } from './demoClusters';
import { Footprint, measureFootprint } from './measureFootprint';

const USAGE = `yarn bench:sandbox: what the demo organisation's four clusters cost while they live.

  --minutes N    how long each is watched (10)
  --target T     sandbox, real, or both, one after the other (both)

Reads /proc, so it runs on Linux only.`;

const megabytes = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

async function measure(options: {
  target: string;
  start: () => Promise<DemoClusters>;
  minutes: number;
}): Promise<string[][]> {
  const { target, start, minutes } = options;
  process.stdout.write(`${target}: ${minutes} minutes\n`);
  const clusters = await start();
  try {
    const footprints = await measureFootprint({ clusters, minutes });
    return footprints.map((it: Footprint) => [
      target,
      `${it.program}${it.processes > 1 ? ` x ${it.processes}` : ''}`,
      megabytes(it.rss),
      megabytes(it.peakRss),
      percent(it.core),
    ]);
  } finally {
    await clusters.stop();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      target: { type: 'string', default: 'both' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) {
    throw new Error(`--minutes is "${values.minutes}" and must be above 0.`);
  }
  const { target } = values;
  if (!['sandbox', 'real', 'both'].includes(target)) {
    throw new Error(
      `--target is "${target}" and must be sandbox, real or both.`,
    );
  }
  const rows: string[][] = [];
  if (target !== 'real') {
    rows.push(
      ...(await measure({
        target: 'sandbox',
        start: startSandboxDemo,
        minutes,
      })),
    );
  }
  if (target !== 'sandbox') {
    const location = await locateControlPlane();
    if (location.state === 'unavailable') {
      process.stdout.write(`Left out: ${location.reason}\n`);
    } else {
      rows.push(
        ...(await measure({ target: 'real', start: startRealDemo, minutes })),
      );
    }
  }
  const head = ['clusters', 'program', 'memory', 'peak', 'of a core'];
  process.stdout.write(`\n${renderTable({ head, rows })}\n`);
}

main().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
