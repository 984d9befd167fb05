/** No vowels, no `l`, no `1`, `0` or `3`: a name made of these is never a word. */
const SAFE_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** A number's decimal digits as characters that spell no word, the way Kubernetes writes its hashes. */
export function safeEncode(hash: number): string {
  return [...String(hash)]
    .map(digit => SAFE_ALPHABET[digit.charCodeAt(0) % SAFE_ALPHABET.length])
    .join('');
}
