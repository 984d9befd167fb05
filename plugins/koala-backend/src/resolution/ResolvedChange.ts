import {
  Cell,
  ClusterState,
  ServiceSummary,
} from '@koala-ops/backstage-plugin-koala-common';
import { Slot } from './Slot';

/** A service in an environment, with the slots it is made of in the order of the environment's targets. */
export interface ResolvedCell {
  readonly slots: readonly Slot[];
  cell: Cell;
}

/** A cell that is another than before. */
export interface CellChange {
  cell: ResolvedCell;
  /** Names of the targets that changed. */
  targets: readonly string[];
}

/** The cells that a service had before it was removed, or before its entity changed. */
export interface RetiredService {
  ref: string;
  cells: readonly ResolvedCell[];
}

/** One step of the read model; what a reader gets to see of it depends on what it may read. */
export interface ResolvedChange {
  /** Number of the revision that this change makes. */
  number: number;
  /** Applies before the rest: a service that is retired may be back among the services. */
  retired: readonly RetiredService[];
  cells: readonly CellChange[];
  services: readonly ServiceSummary[];
  clusters: readonly ClusterState[];
}
