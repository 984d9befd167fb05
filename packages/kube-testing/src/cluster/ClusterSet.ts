import { TestCluster } from './TestCluster';

/** Clusters that were started together. */
export interface ClusterSet {
  clusters: TestCluster[];
  /** The cluster of that name; throws where there is none. */
  cluster(name: string): TestCluster;
  /** Ends every server, process and connection, and removes the temporary folder. */
  stop(): Promise<void>;
}

/** The cluster of that name; throws an error that names the others where there is none. */
export function clusterNamed(
  clusters: readonly TestCluster[],
  name: string,
): TestCluster {
  const found = clusters.find(cluster => cluster.name === name);
  if (!found) {
    const names = clusters.map(cluster => cluster.name).join(', ');
    throw new Error(`No cluster is called ${name}; there are ${names}`);
  }
  return found;
}
