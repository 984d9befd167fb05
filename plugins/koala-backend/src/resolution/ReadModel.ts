import {
  ClusterState,
  ConfigProblem,
  Environment,
  Matching,
  ServiceSummary,
  WorkloadObject,
} from '@koala-ops/backstage-plugin-koala-common';
import { ResolvedCell, ResolvedChange } from './ResolvedChange';
import { Slot } from './Slot';

/**
 * The state of everything, as the API reads it: nothing in here is hidden from anybody yet.
 * See `AuthorizedKoalaService` for what a reader may see of it.
 */
export interface ReadModel {
  /** False until catalog and clusters have been looked at for the first time. */
  readonly ready: boolean;
  /** Unlike that of every other process that ever served this API. */
  readonly instance: string;
  /** Grows with each change. */
  readonly number: number;
  readonly environments: readonly Environment[];
  problems(): readonly ConfigProblem[];
  services(): ReadonlyMap<string, ServiceSummary>;
  cells(): Iterable<ResolvedCell>;
  cellsOf(service: string): readonly ResolvedCell[];
  /** The slots that claim a workload. */
  claimantsOf(cluster: string, uid: string): Iterable<Slot>;
  isClaimed(cluster: string, uid: string): boolean;
  /** Namespaces of a target that any service is looked for in. */
  namespacesIn(place: { environment: string; target: string }): Set<string>;
  /** Workloads that run by themselves, claimed or not. */
  workloadsIn(cluster: string, namespace: string): Iterable<WorkloadObject>;
  /** How a service finds its workloads. */
  matchingOf(service: string): Matching | undefined;
  /** Clusters that the environments name. */
  clusters(): readonly ClusterState[];
  /** All that changed after a revision, or undefined where only a snapshot can tell. */
  since(number: number): ResolvedChange | undefined;
  subscribe(listener: (change: ResolvedChange) => void): () => void;
}
