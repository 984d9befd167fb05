import { InputError, toError } from '@backstage/errors';
import { newKubeConfig } from './clientNode';
import { DiscoveredCluster } from './DiscoveredCluster';
import { KubeconfigCluster } from './KubeconfigCluster';

/** The clusters of a kubeconfig file, and what is wrong with the others. */
export interface Kubeconfig {
  clusters: readonly DiscoveredCluster[];
  /** One sentence each. */
  problems: readonly string[];
}

/**
 * Reads a kubeconfig file: each of its contexts is a cluster.
 *
 * Throws an InputError of one sentence where the file cannot be used at all.
 */
export function readKubeconfig(file: string): Kubeconfig {
  const config = newKubeConfig();
  try {
    config.loadFromFile(file, { onInvalidEntry: 'filter' });
  } catch (error) {
    // An empty or a foreign file makes the parser stumble over its own feet.
    const reason = error instanceof TypeError ? '' : firstLine(error);
    throw new InputError(`${file} is not a kubeconfig file${reason}.`);
  }
  const contexts = config.getContexts() ?? [];
  if (contexts.length === 0) {
    throw new InputError(
      `${file} names no context, so there is no cluster to show: add one with "kubectl config set-context".`,
    );
  }
  const clusters: DiscoveredCluster[] = [];
  const problems: string[] = [];
  for (const { name, cluster } of contexts) {
    const found = KubeconfigCluster.create({ config, context: name });
    if (found) {
      clusters.push(found);
    } else {
      problems.push(
        `Context ${name} is left out: it names the cluster ${cluster}, which ${file} does not describe.`,
      );
    }
  }
  if (clusters.length === 0) {
    throw new InputError(problems.join(' '));
  }
  return { clusters, problems };
}

function firstLine(error: unknown): string {
  return `: ${toError(error).message.split('\n')[0]}`;
}
