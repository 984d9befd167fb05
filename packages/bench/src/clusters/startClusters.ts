import {
  ControlPlaneUnavailableError,
  startControlPlane,
} from '@koala-ops/kube-testing';
import { BenchClusters } from './BenchCluster';
import { startSandboxClusters } from './startSandboxClusters';

const NAMES = ['east', 'west'];

/** Starts two API servers without controllers: what is written stays as it is. */
export async function startClusters(options: {
  target: 'auto' | 'real' | 'sandbox';
  /** For the certificates of simulated servers. */
  dir: string;
  log: (line: string) => void;
}): Promise<BenchClusters> {
  const { target, dir, log } = options;
  if (target !== 'sandbox') {
    try {
      return await startRealClusters();
    } catch (error) {
      if (
        target === 'real' ||
        !(error instanceof ControlPlaneUnavailableError)
      ) {
        throw error;
      }
      log(`${error.message} Measuring on the sandbox.`);
    }
  }
  return startSandboxClusters({ names: NAMES, dir });
}

async function startRealClusters(): Promise<BenchClusters> {
  const { clusters, stop } = await startControlPlane({ clusters: NAMES });
  const { body } = await clusters[0].request('/version');
  return {
    clusters,
    description: `two real API servers, Kubernetes ${body.gitVersion}`,
    stop,
  };
}
