import { Environment, Target } from './Environment';
import { Stage, stageOfCluster, stageOfNamespace, STAGES } from './stages';

/** A cluster and what is in it. @public */
export interface ClusterNamespaces {
  cluster: string;
  namespaces: readonly string[];
  /** Those of the namespaces that are known to run nothing; `default` is left out if it is one. */
  empty?: readonly string[];
}

/** Namespaces of the cluster itself and of common add-ons, where nobody's services run. */
const SYSTEM =
  /^(kube-.*|.*-system|openshift|openshift-.*|cattle-.*|fleet-.*|gke-.*|gmp-.*|local-path-storage|cert-manager|ingress-nginx|metallb.*|calico-.*|tigera-.*|amazon-.*|aws-.*|azure-.*|argocd|olm)$/;

function ownNamespaces(cluster: ClusterNamespaces): string[] {
  return [...new Set(cluster.namespaces)]
    .filter(
      name =>
        !SYSTEM.test(name) &&
        !(name === 'default' && cluster.empty?.includes(name)),
    )
    .sort();
}

/** Collects targets of environments, one per cluster. */
class Targets {
  readonly #byEnvironment = new Map<string, Map<string, string[]>>();

  add(environment: string, cluster: string, namespace: string): void {
    const clusters = this.#byEnvironment.get(environment) ?? new Map();
    this.#byEnvironment.set(environment, clusters);
    clusters.set(cluster, [...(clusters.get(cluster) ?? []), namespace]);
  }

  names(): string[] {
    return [...this.#byEnvironment.keys()];
  }

  of(environment: string): Target[] {
    return [...(this.#byEnvironment.get(environment) ?? [])].map(
      ([cluster, names]) => ({
        name: cluster,
        cluster,
        namespaces: { type: 'names', names },
      }),
    );
  }
}

/**
 * Environments for clusters that nobody has configured, from the names that people gave.
 *
 * A namespace named after a stage (`shop-dev`, `prod-shop`, `qa`) belongs to it; else the stage that its
 * cluster is named after (`prod-eu`). What names no stage becomes an environment of its own, one per
 * namespace. Stages come first, in the order of promotion, each promoted from the one before that
 * exists. System namespaces are left out.
 *
 * @public
 */
export function suggestEnvironments(
  clusters: readonly ClusterNamespaces[],
): Environment[] {
  const staged = new Targets();
  const single = new Targets();
  for (const cluster of clusters) {
    const byCluster = stageOfCluster(cluster.cluster);
    for (const namespace of ownNamespaces(cluster)) {
      const stage = stageOfNamespace(namespace) ?? byCluster;
      if (stage) {
        staged.add(stage.name, cluster.cluster, namespace);
      } else {
        single.add(namespace, cluster.cluster, namespace);
      }
    }
  }

  const present = STAGES.filter(({ name }) => staged.names().includes(name));
  return [
    ...present.map((stage: Stage, index): Environment => {
      const { name, title, tier } = stage;
      const promotesFrom = present[index - 1]?.name;
      return { name, title, tier, promotesFrom, targets: staged.of(name) };
    }),
    ...single
      .names()
      .sort()
      .map(name => ({
        name,
        title: name,
        targets: single.of(name),
      })),
  ];
}
