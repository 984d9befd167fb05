import { badRequest } from '../status/errors';

/** Where a list goes on: after `start`, in the state of `revision`, or in the newest one if that is -1. */
export interface ContinueToken {
  revision: number;
  /** The first key that may follow, exclusive of what was sent. */
  start: string;
}

/** Writes a token as the real server does, so that it is recognised by those who look inside. */
export function encodeContinue({ revision, start }: ContinueToken): string {
  return Buffer.from(
    JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start }),
    'utf8',
  ).toString('base64url');
}

/** A byte as Go quotes it in the errors of its JSON parser. */
function quotedByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return byte < 0x20 || (byte >= 0x7f && byte < 0xa0)
    ? `'\\u${byte.toString(16).padStart(4, '0')}'`
    : `'${character}'`;
}

/** Reads a token; throws a 400 where it is none. */
export function decodeContinue(token: string): ContinueToken {
  const refuse = (detail: string) =>
    badRequest(`invalid continue token: continue key is not valid: ${detail}`);
  const bytes = Buffer.from(token, 'base64url');
  let data: { v?: unknown; rv?: unknown; start?: unknown };
  try {
    data = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw refuse(
      `invalid character ${quotedByte(
        bytes[0] ?? 0,
      )} looking for beginning of value`,
    );
  }
  if (
    data?.v !== 'meta.k8s.io/v1' ||
    !Number.isSafeInteger(data.rv) ||
    typeof data.start !== 'string'
  ) {
    throw refuse('server does not recognize this encoded version');
  }
  return { revision: data.rv as number, start: data.start };
}
