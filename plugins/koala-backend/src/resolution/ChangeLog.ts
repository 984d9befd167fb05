import {
  ClusterState,
  ServiceSummary,
} from '@koala-ops/backstage-plugin-koala-common';
import {
  CellChange,
  ResolvedCell,
  ResolvedChange,
  RetiredService,
} from './ResolvedChange';

/** How many changes are remembered; a reader that was away for longer gets a snapshot. */
const REMEMBERED = 2_000;

/**
 * The last changes of the read model, so that a stream that broke can go on where it stopped.
 */
export class ChangeLog {
  #changes: ResolvedChange[] = [];
  #number = 0;

  get number(): number {
    return this.#number;
  }

  append(change: Omit<ResolvedChange, 'number'>): ResolvedChange {
    this.#number += 1;
    const numbered = { ...change, number: this.#number };
    this.#changes.push(numbered);
    // Cut in large steps: shifting a long array on every change would cost more than it saves.
    if (this.#changes.length > 2 * REMEMBERED) {
      this.#changes = this.#changes.slice(-REMEMBERED);
    }
    return numbered;
  }

  /**
   * Everything after a revision as one change, or undefined where that is no longer, or not yet, known.
   */
  since(number: number): ResolvedChange | undefined {
    if (number > this.#number) return undefined;
    const oldest = this.#changes[0]?.number ?? this.#number + 1;
    if (number < oldest - 1) return undefined;
    return merge(
      this.#changes.filter(change => change.number > number),
      this.#number,
    );
  }
}

/** Later changes win; cells of a retired service are gone. */
function merge(
  changes: readonly ResolvedChange[],
  number: number,
): ResolvedChange {
  const retired: RetiredService[] = [];
  const cells = new Map<ResolvedCell, Set<string>>();
  const services = new Map<string, ServiceSummary>();
  const clusters = new Map<string, ClusterState>();
  for (const change of changes) {
    for (const service of change.retired) {
      retired.push(service);
      services.delete(service.ref);
      service.cells.forEach(cell => cells.delete(cell));
    }
    for (const service of change.services) services.set(service.ref, service);
    for (const cluster of change.clusters) clusters.set(cluster.name, cluster);
    for (const { cell, targets } of change.cells) {
      const known = cells.get(cell) ?? new Set();
      targets.forEach(target => known.add(target));
      cells.set(cell, known);
    }
  }
  return {
    number,
    retired,
    cells: [...cells].map(
      ([cell, targets]): CellChange => ({ cell, targets: [...targets] }),
    ),
    services: [...services.values()],
    clusters: [...clusters.values()],
  };
}
