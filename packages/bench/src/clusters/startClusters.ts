import { startControlPlane } from '@koala-ops/kube-testing';
import { BenchClusters } from './BenchCluster';

const NAMES = ['east', 'west'];

/** Starts two API servers without controllers: what is written stays as it is. */
export async function startClusters(): Promise<BenchClusters> {
  const { clusters, stop } = await startControlPlane({ clusters: NAMES });
  const { body } = await clusters[0].request('/version');
  return {
    clusters,
    description: `two real API servers, Kubernetes ${body.gitVersion}`,
    stop,
  };
}
