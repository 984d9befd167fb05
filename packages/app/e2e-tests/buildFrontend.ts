import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');
const DIST = join(ROOT, 'packages/app/dist');
const STAMP = join(DIST, '.koala-stamp');

/** All that ends up in the frontend's bundle, or decides what does. */
const SOURCES = [
  'packages/app/src',
  'packages/app/public',
  'packages/app/package.json',
  'plugins/koala/src',
  'plugins/koala/package.json',
  'plugins/koala-common/src',
  'plugins/koala-common/package.json',
  'app-config.yaml',
  'yarn.lock',
];

/**
 * Builds the frontend as it is shipped, unless the one that is there was made
 * from the same sources.
 */
export default function buildFrontend(): void {
  const wanted = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) {
    return;
  }
  process.stdout.write('Building the frontend (usually 20-60 s)\n');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'package',
      'build',
      '--config',
      join(ROOT, 'app-config.yaml'),
    ],
    { cwd: join(ROOT, 'packages/app'), encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Error(`The frontend cannot be built:\n${stdout}\n${stderr}`);
  }
  writeFileSync(STAMP, wanted);
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(path => filesOf(join(ROOT, path)))) {
    hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesOf(path: string): string[] {
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return [path];
  }
  return entries
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap(entry => filesOf(join(path, entry.name)));
}
