import { digestOf } from '../images/digests';
import { DeploymentObject } from '../objects/DeploymentObject';
import { PodObject } from '../objects/PodObject';
import { PodTemplate } from '../objects/PodTemplate';
import { WorkloadObject } from '../objects/WorkloadObject';
import { Release } from '../state/Release';
import { newestControllerRevision } from './newestControllerRevision';
import { newestPodTest } from './newestPods';
import { byRevision, newestReplicaSet } from './newestReplicaSet';
import { podsOf } from './podsOf';
import { mainContainerOf, versionOf, versionOfPod } from './versionOf';
import { WorkloadParts } from './WorkloadParts';

/** What tells a workload's newest revision from those before it. */
export interface Lineage extends Pick<Release, 'revision' | 'deployedAt'> {
  /** Pods that can tell the digest of an image that the workload asks for. */
  newestPods: readonly PodObject[];
  /** What older revisions run that still have pods, the newest of them first. */
  olderVersions: () => Iterable<string>;
}

const NONE: readonly string[] = [];

/** Image of the main container; empty where there is none. */
export function mainImageOf({ containers }: PodTemplate): string {
  return containers.find(({ role }) => role === 'main')?.image ?? '';
}

/** Digest that pods report for an image; of the oldest pod, so that the answer does not flicker. */
export function runningDigest(
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

function isAlive({ meta, phase }: PodObject): boolean {
  return (
    meta.deletedAt === undefined && phase !== 'Succeeded' && phase !== 'Failed'
  );
}

function lineageOfDeployment(
  deployment: DeploymentObject,
  { replicaSets = [], pods }: WorkloadParts,
): Lineage {
  const newest = newestReplicaSet({ deployment, replicaSets });
  return {
    revision: newest?.revision ?? deployment.revision,
    deployedAt: newest?.meta.createdAt || undefined,
    newestPods: newest ? podsOf({ pods, replicaSet: newest }) : [],
    *olderVersions() {
      for (const replicaSet of [...replicaSets].sort(byRevision)) {
        if (replicaSet.meta.uid === newest?.meta.uid) continue;
        const own = podsOf({ pods, replicaSet });
        if (replicaSet.currentReplicas === 0 && own.length === 0) continue;
        const { template } = replicaSet;
        const image = mainImageOf(template);
        const digest = runningDigest(own, image);
        yield versionOf({ image, labels: [template.labels], digest }).version;
      }
    },
  };
}

/** Looks at what belongs to a workload for its newest revision. */
export function lineageOf(
  workload: WorkloadObject,
  parts: WorkloadParts,
): Lineage {
  const createdAt = workload.meta.createdAt || undefined;
  const { revisions = [], pods } = parts;
  switch (workload.kind) {
    case 'Deployment':
      return lineageOfDeployment(workload, parts);
    case 'StatefulSet':
    case 'DaemonSet': {
      const newest = newestControllerRevision({ workload, revisions });
      const isNewest = newestPodTest({ workload, parts });
      const alive = pods.filter(isAlive);
      return {
        revision: newest?.revision,
        deployedAt: newest?.revisedAt,
        newestPods: alive.filter(isNewest),
        olderVersions: () =>
          alive
            .filter(pod => !isNewest(pod))
            .sort((a, b) => b.meta.createdAt - a.meta.createdAt)
            .map(versionOfPod),
      };
    }
    case 'Job':
      return {
        deployedAt: createdAt,
        newestPods: pods,
        olderVersions: () => NONE,
      };
    default:
      return {
        // Nothing tells when the template of a CronJob was changed, unless it never was.
        deployedAt: workload.meta.generation === 1 ? createdAt : undefined,
        newestPods: pods,
        olderVersions: () => NONE,
      };
  }
}
