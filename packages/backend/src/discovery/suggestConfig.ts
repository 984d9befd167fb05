import { toError } from '@backstage/errors';
import {
  ClusterNamespaces,
  formatEnvironmentsYaml,
  suggestEnvironments,
} from '@koala-ops/backstage-plugin-koala-common';
import { DiscoveredCluster, isForbidden } from './DiscoveredCluster';
import { Kubeconfig } from './readKubeconfig';

const DEFAULT = 'default';

/** What own-clusters mode found out before the portal starts. */
export interface SuggestedConfig {
  /** `koala.environments`, ready to copy into a configuration file. */
  yaml: string;
  /** One sentence for each cluster that could not be read, or not fully. */
  problems: readonly string[];
}

/**
 * Suggests environments from what the clusters of a kubeconfig file contain. A
 * cluster that does not answer is kept with the namespace its context names, so
 * that it shows as unreachable and not as absent.
 */
export async function suggestConfig(
  kubeconfig: Kubeconfig,
): Promise<SuggestedConfig> {
  const answers = await Promise.all(kubeconfig.clusters.map(look));
  return {
    yaml: formatEnvironmentsYaml(
      suggestEnvironments(answers.map(({ found }) => found)),
    ),
    problems: [
      ...kubeconfig.problems,
      ...answers.flatMap(({ problem }) => problem ?? []),
    ],
  };
}

async function look(
  cluster: DiscoveredCluster,
): Promise<{ found: ClusterNamespaces; problem?: string }> {
  const { name, server, namespace = DEFAULT } = cluster;
  try {
    const namespaces = (
      await cluster.list<Named>('/api/v1/namespaces')
    ).flatMap(({ metadata }) => metadata?.name ?? []);
    const empty = (await isEmpty(cluster, DEFAULT)) ? [DEFAULT] : [];
    return { found: { cluster: name, namespaces, empty } };
  } catch (error) {
    const found = { cluster: name, namespaces: [namespace] };
    const problem = isForbidden(error)
      ? `Cluster ${name} (${server}) does not let this account list namespaces: only its namespace ${namespace} is shown.`
      : `Cluster ${name} (${server}) ${
          toError(error).message
        }: it is shown as unknown until it answers, with its namespace ${namespace} only; start again to see all of it.`;
    return { found, problem };
  }
}

interface Named {
  metadata?: { name?: string };
}

/** Whether a namespace is known to run nothing; what may not be read counts as something. */
async function isEmpty(
  cluster: DiscoveredCluster,
  namespace: string,
): Promise<boolean> {
  try {
    const lists = await Promise.all(
      [
        `/api/v1/namespaces/${namespace}/pods`,
        `/apis/apps/v1/namespaces/${namespace}/deployments`,
      ].map(path => cluster.list<Named>(path)),
    );
    return lists.every(list => list.length === 0);
  } catch {
    return false;
  }
}
