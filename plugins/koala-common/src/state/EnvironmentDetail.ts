import { Reason } from '../status/Reason';
import { Status } from '../status/Status';
import { ClusterState } from './ClusterState';
import { ConfigProblem, EnvironmentSummary } from './Matrix';
import { Release } from './Release';

/**
 * A target of an environment with where it looks for workloads.
 *
 * @public
 */
export interface EnvironmentTarget {
  name: string;
  cluster: string;
  /** How its namespaces are chosen, as the configuration says it: `shop, pay`, `{system}-dev`, `team=shop`. */
  scope: string;
  /** Namespaces that are looked into, sorted. */
  namespaces: string[];
  /** Why some of it cannot be read; absent where all can. */
  reasons?: Reason[];
  /** Workloads that no service claims; absent where not all of it can be read. */
  unclaimed?: number;
}

/**
 * An environment with what it adds up to, counted over what the reader may see.
 *
 * @public
 */
export interface EnvironmentOverview
  extends Omit<EnvironmentSummary, 'targets'> {
  targets: EnvironmentTarget[];
  /** Services that could run here. */
  services: number;
  /** Services by their status here; they add up to `services`. */
  counts: Record<Status, number>;
  /** Workloads that these services run here; one that several claim is counted once. */
  workloads: number;
}

/**
 * A service whose name, or id, is almost what a workload says.
 *
 * @public
 */
export interface NearMiss {
  /** Entity reference of the Component. */
  service: string;
  /** What the workload is called where they differ: `label app`, `name`. */
  by: string;
  /** What stands there. */
  says: string;
  /** For people, with what to do about it. */
  message: string;
}

/**
 * A workload of an environment that no service claims.
 *
 * @public
 */
export interface UnclaimedWorkload {
  target: string;
  cluster: string;
  kind: string;
  name: string;
  namespace: string;
  status: Status;
  /** Since when the status holds; ms since the epoch. */
  since?: number;
  /** The worst reason; absent for a plain healthy workload. */
  reason?: Reason;
  release?: Release;
  ready?: number;
  desired?: number;
  createdAt: number;
  /** Services that were probably meant. */
  nearMisses: NearMiss[];
}

/**
 * Answer of `GET /api/koala/environments`.
 *
 * @public
 */
export interface EnvironmentList {
  revision: string;
  /** In promotion order. */
  environments: EnvironmentOverview[];
  clusters: ClusterState[];
  problems: ConfigProblem[];
}

/**
 * Answer of `GET /api/koala/environments/{name}`. Its services and cells are those of the matrix.
 *
 * @public
 */
export interface EnvironmentDetail {
  revision: string;
  environment: EnvironmentOverview;
  unclaimed: UnclaimedWorkload[];
  clusters: ClusterState[];
}
