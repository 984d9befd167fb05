/** Texts that the caller shares between objects. */
export type Intern = (text: string) => string;

/**
 * Above this many entries a table starts anew: what it shared stays shared, and it cannot grow with
 * everything that a cluster ever had.
 */
const MAX_ENTRIES = 20_000;

const tables = new WeakMap<Intern, Map<string, unknown>>();

/**
 * Gives equal values the same object, for as long as the caller's `intern` lives: the pods of a
 * ReplicaSet share their labels, the revisions of a Deployment their container list.
 */
export class SharedValues {
  readonly #intern: Intern | undefined;

  constructor(intern: Intern | undefined) {
    this.#intern = intern;
  }

  text(value: string): string {
    return this.#intern ? this.#intern(value) : value;
  }

  optionalText(value: string | undefined): string | undefined {
    return value === undefined || !this.#intern ? value : this.#intern(value);
  }

  /** The value built before under the same key, else a new one. */
  value<T>(key: string, build: () => T): T {
    if (!this.#intern) {
      return build();
    }
    let table = tables.get(this.#intern);
    if (!table) {
      table = new Map();
      tables.set(this.#intern, table);
    }
    const known = table.get(key);
    if (known !== undefined) {
      return known as T;
    }
    if (table.size >= MAX_ENTRIES) {
      table.clear();
    }
    const made = build();
    table.set(key, made);
    return made;
  }
}
