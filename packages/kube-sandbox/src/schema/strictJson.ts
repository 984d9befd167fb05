import { definitionOf } from './schema';

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+)/y;

/** More than this many problems are not looked for, as on the real server. */
const LIMIT = 100;

/** The operations of a JSON patch. */
const PATCH_OPERATION: Readonly<Record<string, string>> = {
  op: 'string',
  from: 'string',
  path: 'string',
  value: 'untyped',
};

/** The types of an object's fields by name, or one type for all keys; undefined where nothing is known of them. */
function fieldsOf(type = 'any') {
  if (type.startsWith('@')) {
    return { fields: definitionOf(type.slice(1)).fields };
  } else if (type === 'patchOperation') {
    return { fields: PATCH_OPERATION };
  } else if (type.startsWith('{}')) {
    return { values: type.slice(2) };
  }
  return type === 'untyped' ? { values: type } : undefined;
}

function itemsOf(type = 'any'): string | undefined {
  return type.startsWith('[]') ? type.slice(2) : undefined;
}

/** Reads JSON that is known to be well-formed beside the type that it is meant to have. */
class StrictReader {
  readonly problems = new Set<string>();
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads one value; without a type nothing in it is checked. */
  read(type: string | undefined, path: string): void {
    const token = this.#next();
    if (token === '{') {
      this.#readFields(type, path);
    } else if (token === '[') {
      const items = type === 'untyped' ? type : itemsOf(type);
      for (let index = 0; this.#peek() !== ']'; index++) {
        this.read(items, `${path}[${index}]`);
        this.#skip(',');
      }
      this.#next();
    }
  }

  #readFields(type: string | undefined, path: string) {
    const known = fieldsOf(type);
    const seen = new Set<string>();
    while (this.#peek() !== '}') {
      const key: string = JSON.parse(this.#next());
      this.#next();
      const at = path ? `${path}.${key}` : key;
      if (known?.fields && !Object.hasOwn(known.fields, key)) {
        this.#report('unknown', at);
        this.read(undefined, at);
      } else {
        if (known && seen.has(key)) {
          this.#report('duplicate', at);
        }
        seen.add(key);
        this.read(known?.fields?.[key] ?? known?.values, at);
      }
      this.#skip(',');
    }
    this.#next();
  }

  #report(problem: 'unknown' | 'duplicate', path: string) {
    if (this.problems.size < LIMIT) {
      this.problems.add(`${problem} field ${JSON.stringify(path)}`);
    }
  }

  #next(): string {
    TOKEN.lastIndex = this.#position;
    const token = TOKEN.exec(this.#text)?.[1];
    if (token === undefined) {
      throw new SyntaxError(`no JSON at position ${this.#position}`);
    }
    this.#position = TOKEN.lastIndex;
    return token;
  }

  #peek(): string {
    const before = this.#position;
    const token = this.#next();
    this.#position = before;
    return token;
  }

  #skip(token: string) {
    if (this.#peek() === token) {
      this.#next();
    }
  }
}

/**
 * What a strict decoder says against JSON of a type, in the order of the text: `unknown field "spec.foo"` and
 * `duplicate field "metadata.name"`. The text must be well-formed. Besides those of the schema there are the types
 * `untyped`, in which any key may be but once, and `patchOperation`.
 */
export function strictProblems(text: string, type: string): string[] {
  const reader = new StrictReader(text);
  reader.read(type, '');
  return [...reader.problems];
}
