import {
  cellOf,
  ClusterState,
  ServiceSummary,
} from '@koala-ops/backstage-plugin-koala-common';
import { ChangeLog } from './ChangeLog';
import {
  CellChange,
  ResolvedCell,
  ResolvedChange,
  RetiredService,
} from './ResolvedChange';

/** Gathers what is another than before, and makes one revision of it. */
export class Announcements {
  readonly #log = new ChangeLog();
  readonly #listeners = new Set<(change: ResolvedChange) => void>();
  /** Cells to announce with the next revision, and which of their targets. */
  #changed = new Map<ResolvedCell, Set<string>>();
  #retired: RetiredService[] = [];

  get number(): number {
    return this.#log.number;
  }

  since(number: number): ResolvedChange | undefined {
    return this.#log.since(number);
  }

  subscribe(listener: (change: ResolvedChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    this.#listeners.clear();
  }

  changed(cell: ResolvedCell, target: string): void {
    const targets = this.#changed.get(cell) ?? new Set();
    this.#changed.set(cell, targets.add(target));
  }

  /** A service goes, or comes back as another, with all its cells. */
  retired(service: RetiredService): void {
    this.#retired.push(service);
    service.cells.forEach(cell => this.#changed.delete(cell));
  }

  /** Makes a revision, unless nothing is different. */
  commit(others: {
    services: readonly ServiceSummary[];
    clusters: readonly ClusterState[];
  }): void {
    const cells = [...this.#changed].map(([cell, targets]): CellChange => {
      cell.cell = cellOf({
        service: cell.cell.service,
        environment: cell.cell.environment,
        targets: cell.slots.map(({ state }) => state),
      });
      return { cell, targets: [...targets] };
    });
    const retired = this.#retired;
    this.#changed = new Map();
    this.#retired = [];
    const { services, clusters } = others;
    const parts = [cells, services, clusters, retired];
    if (parts.every(part => part.length === 0)) return;
    const change = this.#log.append({ retired, cells, services, clusters });
    this.#listeners.forEach(listener => listener(change));
  }
}
