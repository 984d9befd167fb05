import { digestOf } from '../images/digests';
import { APP_VERSION_LABEL } from '../labels/wellKnownLabels';
import { DeploymentObject } from '../objects/DeploymentObject';
import { PodObject } from '../objects/PodObject';
import { ReplicaSetObject } from '../objects/ReplicaSetObject';
import { Release } from '../state/Release';
import { disagrees } from './disagrees';
import { byRevision, newestReplicaSet } from './newestReplicaSet';
import { podsOf } from './podsOf';
import { mainContainerOf, versionOf } from './versionOf';

/** Digest that pods report for an image; of the oldest pod, so that the answer does not flicker. */
function runningDigest(
  pods: readonly PodObject[],
  image: string,
): string | undefined {
  return [...pods]
    .sort(
      (a, b) =>
        a.meta.createdAt - b.meta.createdAt ||
        (a.meta.name < b.meta.name ? -1 : 1),
    )
    .map(mainContainerOf)
    .filter(container => container?.image === image)
    .map(container => digestOf(container?.imageId))
    .find(digest => digest !== undefined);
}

/** Version of the newest older revision that still has pods and runs something else. */
function previousVersion(options: {
  version: string;
  newest: ReplicaSetObject | undefined;
  replicaSets: readonly ReplicaSetObject[];
  pods: readonly PodObject[];
}): string | undefined {
  const { version, newest, replicaSets, pods } = options;
  for (const replicaSet of [...replicaSets].sort(byRevision)) {
    if (replicaSet.meta.uid === newest?.meta.uid) continue;
    const own = podsOf({ pods, replicaSet });
    if (replicaSet.currentReplicas === 0 && own.length === 0) continue;
    const { template } = replicaSet;
    const image =
      template.containers.find(({ role }) => role === 'main')?.image ?? '';
    const other = versionOf({
      image,
      labels: [template.labels],
      digest: runningDigest(own, image),
    });
    if (other.version !== version) {
      return other.version;
    }
  }
  return undefined;
}

/**
 * The release that a Deployment rolls out or has rolled out: what its template asks for, with the
 * version that is being replaced while pods of an older one are left.
 *
 * @param options - ReplicaSets and pods of this Deployment; those of others are left out by their
 *   owner.
 * @public
 */
export function releaseOf(options: {
  deployment: DeploymentObject;
  replicaSets: Iterable<ReplicaSetObject>;
  pods: Iterable<PodObject>;
}): Release {
  const { deployment } = options;
  const { template } = deployment;
  const replicaSets = [...options.replicaSets];
  const pods = [...options.pods];
  const newest = newestReplicaSet({ deployment, replicaSets });
  const image =
    template.containers.find(({ role }) => role === 'main')?.image ?? '';
  const digest =
    digestOf(image) ??
    (newest && runningDigest(podsOf({ pods, replicaSet: newest }), image));
  const labels = [template.labels, deployment.meta.labels];
  const { version, source } = versionOf({ image, labels, digest });
  const label = labels
    .map(candidate => candidate[APP_VERSION_LABEL])
    .find(value => value !== undefined && value !== '');
  return {
    version,
    source,
    previous: previousVersion({ version, newest, replicaSets, pods }),
    labelSays:
      source === 'tag' && label && disagrees(label, version)
        ? label
        : undefined,
    image,
    digest,
    revision: newest?.revision ?? deployment.revision,
    deployedAt: newest?.meta.createdAt || undefined,
  };
}
