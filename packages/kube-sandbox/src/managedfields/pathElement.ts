/** How Go writes JSON: `<`, `>` and `&` are escaped. */
function goJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const compareTexts = (a: string, b: string) => {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
};

/** The element of a field of a struct or a map. */
export const fieldElement = (name: string) => `f:${name}`;

/** The element of an item of a set. */
export const valueElement = (value: unknown) => `v:${goJson(value)}`;

/** The element of an item of a list that has keys; keys are sorted by name. */
export function keyElement(keys: ReadonlyArray<[string, unknown]>): string {
  const fields = [...keys]
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([name, value]) => `${goJson(name)}:${goJson(value)}`);
  return `k:{${fields.join(',')}}`;
}

/** Numbers come before texts, texts before truths. */
const rank = (value: unknown) =>
  ['number', 'string', 'boolean'].indexOf(typeof value);

function compareValues(a: unknown, b: unknown): number {
  if (rank(a) !== rank(b)) {
    return rank(a) - rank(b);
  }
  return typeof a === 'string'
    ? compareTexts(a, b as string)
    : Number(a) - Number(b);
}

function compareKeys(a: string, b: string): number {
  const left = Object.entries(JSON.parse(a));
  const right = Object.entries(JSON.parse(b));
  for (let index = 0; index < left.length && index < right.length; index += 1) {
    const order =
      compareTexts(left[index][0], right[index][0]) ||
      compareValues(left[index][1], right[index][1]);
    if (order !== 0) {
      return order;
    }
  }
  return left.length - right.length;
}

const KINDS = 'fkvi';

/** The order of path elements in `fieldsV1`: fields, keys, values, indexes. */
export function compareElements(a: string, b: string): number {
  if (a[0] !== b[0]) {
    return KINDS.indexOf(a[0]) - KINDS.indexOf(b[0]);
  }
  if (a[0] === 'f') {
    return compareTexts(a, b);
  }
  const left = a.slice(2);
  const right = b.slice(2);
  return a[0] === 'k'
    ? compareKeys(left, right)
    : compareValues(JSON.parse(left), JSON.parse(right));
}

/** An element as messages show it: `.image`, `[name="main"]`, `[="x"]`. */
export function elementText(element: string): string {
  const rest = element.slice(2);
  switch (element[0]) {
    case 'f':
      return `.${rest}`;
    case 'k': {
      const keys = Object.entries(JSON.parse(rest));
      return `[${keys
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
        .join(',')}]`;
    }
    case 'v':
      return `[=${JSON.stringify(JSON.parse(rest))}]`;
    default:
      return `[${rest}]`;
  }
}

/**
 * The element that a client wrote, in the form in which this server writes it; undefined for kinds of a later version.
 * Throws where it is none.
 */
export function parseElement(text: string): string | undefined {
  if (text[1] !== ':') {
    throw new SyntaxError(`missing colon: ${text}`);
  }
  const rest = text.slice(2);
  switch (text[0]) {
    case 'f':
      return text;
    case 'k':
      return keyElement(Object.entries(JSON.parse(rest)));
    case 'v':
      return valueElement(JSON.parse(rest));
    case 'i':
      return `i:${Number.parseInt(rest, 10)}`;
    default:
      return undefined;
  }
}
