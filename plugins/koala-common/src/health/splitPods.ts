import { DeploymentObject } from '../objects/DeploymentObject';
import { PodObject } from '../objects/PodObject';
import { ReplicaSetObject } from '../objects/ReplicaSetObject';
import { newestReplicaSet } from '../release/newestReplicaSet';
import { isPodOf } from '../release/podsOf';

/** The pods of a Deployment, told apart by what they mean for its state. @public */
export interface SplitPods {
  /** Of the newest revision, alive. */
  current: PodObject[];
  /** Of an older revision, alive. */
  older: PodObject[];
  /** At their end: failed, evicted or completed; the ReplicaSet has replaced them. */
  ended: PodObject[];
  /** On their way out. */
  terminating: PodObject[];
}

/**
 * Tells the pods of a Deployment apart. Without any ReplicaSet (they may not be readable) all of its
 * pods count as current.
 *
 * @public
 */
export function splitPods(options: {
  deployment: DeploymentObject;
  replicaSets: Iterable<ReplicaSetObject>;
  pods: Iterable<PodObject>;
}): SplitPods {
  const { deployment } = options;
  const replicaSets = [...options.replicaSets];
  const newest = newestReplicaSet({ deployment, replicaSets });
  const split: SplitPods = {
    current: [],
    older: [],
    ended: [],
    terminating: [],
  };
  for (const pod of options.pods) {
    if (pod.meta.deletedAt !== undefined) {
      split.terminating.push(pod);
    } else if (pod.phase === 'Failed' || pod.phase === 'Succeeded') {
      split.ended.push(pod);
    } else if (replicaSets.length === 0 || (newest && isPodOf(pod, newest))) {
      split.current.push(pod);
    } else {
      split.older.push(pod);
    }
  }
  return split;
}
