/** The problem that Go's JSON decoder would name; Node names it in other words. */
export function jsonProblem(text: string, error: unknown): string {
  if (text.trim() === '') {
    return 'unexpected end of JSON input';
  }
  const position = /position (\d+)/.exec(String(error))?.[1];
  const character = position === undefined ? '' : text[Number(position)];
  if (!character) {
    return 'unexpected end of JSON input';
  }
  const before = text.slice(0, Number(position)).trimEnd().slice(-1);
  const wanted =
    before === '{' ? 'beginning of object key string' : 'beginning of value';
  return `invalid character '${character}' looking for ${wanted}`;
}
