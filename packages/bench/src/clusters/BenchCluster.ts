import type { TestCluster } from '@koala-ops/kube-testing';

/** What is needed of a cluster to measure against it: an API server that nothing else writes to. */
export type BenchCluster = Pick<
  TestCluster,
  'name' | 'url' | 'caFile' | 'token' | 'signal'
>;

/** The clusters of one run. */
export interface BenchClusters {
  clusters: BenchCluster[];
  /** What they are, for the report: `real, Kubernetes v1.35.1`. */
  description: string;
  stop(): Promise<void>;
}
