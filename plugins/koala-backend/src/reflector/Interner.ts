/** More different texts than that are hardly shared. */
const MAX_TEXTS = 100_000;

/** A function that gives equal texts the same memory. When it holds too many it starts anew. */
export function createInterner(): (text: string) => string {
  const texts = new Map<string, string>();
  return text => {
    const known = texts.get(text);
    if (known !== undefined) {
      return known;
    }
    if (texts.size >= MAX_TEXTS) {
      texts.clear();
    }
    texts.set(text, text);
    return text;
  };
}
