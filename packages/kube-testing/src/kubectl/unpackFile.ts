import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { Entry, open, Options, ZipFile } from 'yauzl';

const openZip = promisify<string, Options, ZipFile>(open);

/**
 * Unpacks one program out of a zip archive. It appears at `target` whole or not at all, also when
 * two processes do this at once.
 */
export async function unpackFile(options: {
  archive: string;
  entry: string;
  target: string;
}): Promise<void> {
  const { archive, entry, target } = options;
  const zip = await openZip(archive, { lazyEntries: true });
  await mkdir(dirname(target), { recursive: true });
  const staging = await mkdtemp(join(dirname(target), '.unpacking-'));
  const partial = join(staging, basename(target));
  try {
    const content = await contentOf(zip, entry);
    await pipeline(content, createWriteStream(partial));
    await chmod(partial, 0o755);
    await rename(partial, target);
  } finally {
    await rm(staging, { recursive: true, force: true });
    zip.close();
  }
}

function contentOf(zip: ZipFile, name: string): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', () => reject(new Error(`The archive holds no ${name}`)));
    zip.on('entry', (entry: Entry) => {
      if (entry.fileName !== name) {
        zip.readEntry();
        return;
      }
      zip.openReadStream(entry, (error, stream) =>
        error ? reject(error) : resolve(stream),
      );
    });
    zip.readEntry();
  });
}
