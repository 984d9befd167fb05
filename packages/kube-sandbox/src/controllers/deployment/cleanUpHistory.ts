import { ApiClient, Deployment, ReplicaSet, resources } from '../../client';
import { revisionOf } from './annotations';
import { replicasOf } from './replicas';

/** Deletes the oldest ReplicaSets beyond the history that the Deployment wants kept. */
export async function cleanUpHistory(options: {
  client: ApiClient;
  deployment: Deployment;
  old: ReplicaSet[];
}): Promise<void> {
  const { client, deployment, old } = options;
  const limit = deployment.spec.revisionHistoryLimit;
  if (limit === undefined) {
    return;
  }
  const byRevision = old
    .filter(({ metadata }) => !metadata.deletionTimestamp)
    .sort((a, b) => revisionOf(a) - revisionOf(b));
  const surplus = Math.max(0, byRevision.length - limit);
  for (const { metadata } of byRevision.slice(0, surplus).filter(isIdle)) {
    await client.delete(resources.replicaSets, {
      namespace: metadata.namespace,
      name: metadata.name ?? '',
    });
  }
}

/** Wants no pods, has none, and its controller knows. */
function isIdle(replicaSet: ReplicaSet): boolean {
  const { metadata, status } = replicaSet;
  return (
    replicasOf(replicaSet) === 0 &&
    (status?.replicas ?? 0) === 0 &&
    (metadata.generation ?? 0) <= (status?.observedGeneration ?? 0)
  );
}
