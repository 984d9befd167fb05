import type { KubeConfig } from '@kubernetes/client-node';
import { createRequire } from 'node:module';

/**
 * An empty kubeconfig. The library behind it takes 30 MB of memory, so it is
 * only loaded by those who ask for one.
 */
export function newKubeConfig(): KubeConfig {
  const clientNode: typeof import('@kubernetes/client-node') = createRequire(
    __filename,
  )('@kubernetes/client-node');
  return new clientNode.KubeConfig();
}
