import { randomUUID } from 'node:crypto';
import { Cluster } from '../apiserver/Cluster';
import { Fields, KubeObject } from '../objects/KubeObject';
import { toTimestamp } from '../objects/timestamp';
import { resourceTypes } from '../registry/Registry';
import policy from './bootstrapPolicy.generated.json';

const API_VERSION = 'rbac.authorization.k8s.io/v1';

/** What every real cluster has from the start. */
function builtIn(): Fields[] {
  const { clusterroles, clusterrolebindings } = policy;
  return [
    ...clusterroles.map(role => ({ kind: 'ClusterRole', ...role })),
    ...clusterrolebindings.map(binding => ({
      kind: 'ClusterRoleBinding',
      ...binding,
    })),
  ];
}

/**
 * Creates the roles and bindings that every cluster has from the start, and further ones, where they are missing.
 * Throws where one is of a kind that is no role and no binding.
 */
export function createBootstrapPolicy(
  cluster: Cluster,
  further: readonly Fields[],
): void {
  for (const { kind, metadata, ...rest } of [...builtIn(), ...further]) {
    const type = resourceTypes().find(
      it => it.apiVersion === API_VERSION && it.kind === kind,
    );
    if (!type) {
      throw new Error(`${kind} is no role and no binding of one.`);
    }
    const { name, namespace, labels, annotations } = metadata;
    if (!cluster.store.get(type.storedIn, namespace, name)) {
      cluster.store.put(type.storedIn, {
        kind,
        apiVersion: API_VERSION,
        metadata: {
          name,
          ...(namespace && { namespace }),
          uid: randomUUID(),
          resourceVersion: '',
          creationTimestamp: toTimestamp(cluster.clock.now()),
          ...(labels && { labels }),
          ...(annotations && { annotations }),
        },
        // All clusters of a process share the rules.
        ...rest,
      } as KubeObject);
    }
  }
}
