import { Cell, Matrix } from '@koala-ops/backstage-plugin-koala-common';

type Listener = () => void;

/**
 * The cells of the newest matrix by key, and who watches which. A component that watches one cell hears
 * of that cell only.
 */
export class MatrixIndex {
  #cells = new Map<string, Cell>();
  readonly #cellListeners = new Map<string, Set<Listener>>();
  readonly #serviceRevisions = new Map<string, string>();
  #matrix: Matrix | undefined;

  getCell(service: string, environment: string): Cell | undefined {
    return this.#cells.get(keyOf(service, environment));
  }

  /** Revision at which the service, one of its cells or one of their clusters changed last. */
  getServiceRevision(service: string): string | undefined {
    return this.#serviceRevisions.get(service);
  }

  subscribeCell(
    service: string,
    environment: string,
    listener: Listener,
  ): () => void {
    const key = keyOf(service, environment);
    const listeners = this.#cellListeners.get(key) ?? new Set();
    listeners.add(listener);
    this.#cellListeners.set(key, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#cellListeners.get(key) === listeners) {
        this.#cellListeners.delete(key);
      }
    };
  }

  /** Takes the next matrix in and tells those whose cell is another object now. */
  replace(next: Matrix): void {
    const before = this.#cells;
    const cells = new Map<string, Cell>();
    for (const cell of next.cells) {
      cells.set(keyOf(cell.service, cell.environment), cell);
    }
    this.#cells = cells;
    this.#noteServices(next, before);
    this.#matrix = next;
    for (const [key, listeners] of this.#cellListeners) {
      if (before.get(key) !== cells.get(key)) {
        listeners.forEach(listener => listener());
      }
    }
  }

  #noteServices(next: Matrix, before: ReadonlyMap<string, Cell>): void {
    const clusters = new Set(this.#matrix?.clusters);
    const changed = new Set(
      next.clusters.filter(c => !clusters.has(c)).map(c => c.name),
    );
    for (const cell of next.cells) {
      const known = before.get(keyOf(cell.service, cell.environment));
      if (
        known !== cell ||
        (changed.size > 0 && cell.targets.some(t => changed.has(t.cluster)))
      ) {
        this.#serviceRevisions.set(cell.service, next.revision);
      }
    }
    const services = new Set(this.#matrix?.services);
    for (const service of next.services) {
      if (!services.has(service)) {
        this.#serviceRevisions.set(service.ref, next.revision);
      }
    }
  }
}

function keyOf(service: string, environment: string): string {
  return `${service} ${environment}`;
}
