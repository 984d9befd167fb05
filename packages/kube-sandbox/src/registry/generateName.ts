const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;
const MAX_NAME_LENGTH = 63;

/** Five random characters that spell no words; `random(n)` gives an integer below n. */
export function nameSuffix(random: (below: number) => number): string {
  return Array.from(
    { length: SUFFIX_LENGTH },
    () => ALPHABET[random(ALPHABET.length)],
  ).join('');
}

/** The name of an object that was created with `metadata.generateName`. */
export function generateName(
  base: string,
  random: (below: number) => number,
): string {
  return base.slice(0, MAX_NAME_LENGTH - SUFFIX_LENGTH) + nameSuffix(random);
}
