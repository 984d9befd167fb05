import { Matrix } from '@koala-ops/backstage-plugin-koala-common';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { SerialisedMatrix } from './KoalaService';

const compress = promisify(gzip);

/** Different sets of permissions whose answers are kept. */
const MAX_ENTRIES = 50;

/**
 * Answers of the matrix, serialised and compressed once per revision and per set of permissions, however
 * many ask.
 */
export class SnapshotCache {
  readonly #entries = new Map<string, SerialisedMatrix>();

  get(options: {
    key: string;
    revision: string;
    make: () => Matrix;
  }): SerialisedMatrix {
    const { key, revision, make } = options;
    const known = this.#entries.get(key);
    if (known?.revision === revision) return known;
    const made = serialise(key, make());
    this.#entries.delete(key);
    this.#entries.set(key, made);
    if (this.#entries.size > MAX_ENTRIES) {
      this.#entries.delete(this.#entries.keys().next().value!);
    }
    return made;
  }
}

function serialise(key: string, matrix: Matrix): SerialisedMatrix {
  const json = Buffer.from(JSON.stringify(matrix));
  let compressed: Promise<Buffer> | undefined;
  return {
    revision: matrix.revision,
    etag: `W/"${createHash('sha256')
      .update(`${matrix.revision}\n${key}`)
      .digest('base64url')}"`,
    json,
    gzip: () => {
      compressed ??= compress(json);
      return compressed;
    },
  };
}
