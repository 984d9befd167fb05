import { isDeepStrictEqual } from 'node:util';
import { TranscriptEntry } from './Transcript';

/** One place where two servers did not answer the same. */
export interface Disagreement {
  /** What was asked. */
  asked: string;
  /** The place in the answer: `body.metadata.labels.app`. */
  path: string;
  sandbox: unknown;
  real: unknown;
}

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const join = (path: string, key: string) => (path ? `${path}.${key}` : key);

type Place = Omit<Disagreement, 'asked'>;

function differ(path: string, sandbox: unknown, real: unknown): Place[] {
  if (isDeepStrictEqual(sandbox, real)) {
    return [];
  }
  if (
    Array.isArray(sandbox) &&
    Array.isArray(real) &&
    sandbox.length === real.length
  ) {
    return sandbox.flatMap((item, index) =>
      differ(`${path}[${index}]`, item, real[index]),
    );
  }
  if (isFields(sandbox) && isFields(real)) {
    const keys = new Set([...Object.keys(sandbox), ...Object.keys(real)]);
    return [...keys].flatMap(key =>
      differ(join(path, key), sandbox[key], real[key]),
    );
  }
  return [{ path, sandbox, real }];
}

/** Where two masked transcripts of the same case differ, in the order of the requests. */
export function compareTranscripts(
  sandbox: readonly TranscriptEntry[],
  real: readonly TranscriptEntry[],
): Disagreement[] {
  const length = Math.max(sandbox.length, real.length);
  for (let index = 0; index < length; index++) {
    if (sandbox[index]?.asked !== real[index]?.asked) {
      // From here on the two talk of different things.
      return [
        ...compareTranscripts(sandbox.slice(0, index), real.slice(0, index)),
        {
          asked: `request ${index + 1}`,
          path: '',
          sandbox: sandbox[index]?.asked,
          real: real[index]?.asked,
        },
      ];
    }
  }
  return sandbox.flatMap(({ asked, seen }, index) =>
    differ('', seen, real[index].seen).map(place => ({ asked, ...place })),
  );
}
