import { Store } from '@koala-ops/kube-sandbox';
import {
  appendFileSync,
  existsSync,
  readFileSync,
  statSync,
  truncateSync,
} from 'node:fs';

type StoredObject = Parameters<Store['put']>[1];

/** One write, as a line of the journal. */
interface Entry {
  resource: string;
  object: StoredObject;
  removed?: true;
}

/**
 * The store of a simulated cluster with a file behind it, so that its API server can be killed and
 * started again as a real one can, whose objects are in etcd: same objects, same revisions.
 */
export class JournaledStore extends Store {
  readonly #file: string;

  /** Opens the journal, or begins one. As on a real server, what led to the objects is not remembered. */
  static open(options: {
    file: string;
    historyWindow: number;
  }): JournaledStore {
    const store = new JournaledStore(options);
    if (existsSync(options.file)) {
      store.#replay();
      store.compact();
    }
    return store;
  }

  private constructor(options: { file: string; historyWindow: number }) {
    super(options);
    this.#file = options.file;
  }

  override put(resource: string, object: StoredObject): StoredObject {
    const stored = super.put(resource, object);
    this.#append({ resource, object: stored });
    return stored;
  }

  override remove(resource: string, last: StoredObject): StoredObject {
    const removed = super.remove(resource, last);
    this.#append({ resource, object: removed, removed: true });
    return removed;
  }

  #append(entry: Entry): void {
    appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
  }

  /** Every write counts one revision, so that the same writes in the same order give the same revisions. */
  #replay(): void {
    const lines = readFileSync(this.#file, 'utf8').split('\n');
    // What follows the last line feed was being written when the server was killed.
    const torn = lines.pop()!;
    for (const line of lines) {
      const { resource, object, removed } = JSON.parse(line) as Entry;
      if (removed) {
        super.remove(resource, object);
      } else {
        super.put(resource, object);
      }
    }
    if (torn) {
      truncateSync(
        this.#file,
        statSync(this.#file).size - Buffer.byteLength(torn),
      );
    }
  }
}
