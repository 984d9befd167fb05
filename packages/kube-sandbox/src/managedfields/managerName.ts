/** The longest name of a field manager, in bytes. */
export const MANAGER_NAME_LIMIT = 128;

const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

/** The first character of a name that cannot be printed, and its position in bytes. */
export function unprintable(
  name: string,
): { character: string; position: number } | undefined {
  let position = 0;
  for (const character of name) {
    if (UNPRINTABLE.test(character)) {
      return { character, position };
    }
    position += Buffer.byteLength(character);
  }
  return undefined;
}

/** The field manager of a write: the one it names, else what its User-Agent says before the first `/`. */
export function managerName(
  named: string | undefined,
  userAgent: string | undefined,
): string {
  if (named) {
    return named;
  }
  let name = '';
  for (const character of (userAgent ?? '').split('/')[0]) {
    if (UNPRINTABLE.test(character)) {
      continue;
    }
    if (Buffer.byteLength(name + character) > MANAGER_NAME_LIMIT) {
      break;
    }
    name += character;
  }
  return name || 'unknown';
}
