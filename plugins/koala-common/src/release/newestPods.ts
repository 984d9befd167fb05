import { PodObject } from '../objects/PodObject';
import { WorkloadObject } from '../objects/WorkloadObject';
import {
  newestControllerRevision,
  runsRevision,
} from './newestControllerRevision';
import { newestReplicaSet } from './newestReplicaSet';
import { newestJob } from './newestJob';
import { isPodOf } from './podsOf';
import { WorkloadParts } from './WorkloadParts';

/**
 * Tells the pods of what a workload asks for now from those of older revisions; of a CronJob, those of
 * its newest run. Where the revisions cannot be read all of its pods count as the newest.
 *
 * @public
 */
export function newestPodTest(options: {
  workload: WorkloadObject;
  parts: Omit<WorkloadParts, 'pods'>;
}): (pod: PodObject) => boolean {
  const { workload, parts } = options;
  switch (workload.kind) {
    case 'Deployment': {
      const { replicaSets = [] } = parts;
      const newest = newestReplicaSet({ deployment: workload, replicaSets });
      return pod =>
        replicaSets.length === 0 ||
        (newest !== undefined && isPodOf(pod, newest));
    }
    case 'StatefulSet':
    case 'DaemonSet': {
      const { revisions = [] } = parts;
      const newest = newestControllerRevision({ workload, revisions });
      const name =
        newest?.meta.name ??
        (workload.kind === 'StatefulSet' && revisions.length === 0
          ? workload.updateRevision
          : undefined);
      return pod =>
        name === undefined
          ? revisions.length === 0
          : runsRevision(pod, { workload: workload.meta.name, name });
    }
    case 'CronJob': {
      const newest = newestJob(parts.jobs ?? []);
      return pod =>
        newest === undefined || pod.meta.controller?.uid === newest.meta.uid;
    }
    default:
      return () => true;
  }
}
