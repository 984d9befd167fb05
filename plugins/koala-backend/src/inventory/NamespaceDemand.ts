/** What is wanted of one cluster, for an account that may not read the cluster as a whole. */
export interface NamespaceDemand {
  /** Namespaces that services are looked for in, sorted. */
  names: readonly string[];
  /** Some namespaces are found by their labels, so the cluster's namespaces have to be listed. */
  byLabel: boolean;
}

/** Where nothing is known of what is wanted, the labels may be. */
export const NO_DEMAND: NamespaceDemand = { names: [], byLabel: true };
