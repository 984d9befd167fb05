import { PodObject } from '../objects/PodObject';
import { WorkloadObject } from '../objects/WorkloadObject';
import { newestPodTest } from '../release/newestPods';
import { WorkloadParts } from '../release/WorkloadParts';

/** The pods of a workload, told apart by what they mean for its state. @public */
export interface SplitPods {
  /** Of what it asks for now, alive. */
  current: PodObject[];
  /** Of an older revision, alive. */
  older: PodObject[];
  /** At their end: failed, evicted or completed; the controller has replaced them. */
  ended: PodObject[];
  /** On their way out. */
  terminating: PodObject[];
}

const ORDINAL = /-(\d+)$/;

/** Pods of an older revision that nothing will replace count like those of the newest. */
function isKept(workload: WorkloadObject, pod: PodObject): boolean {
  switch (workload.kind) {
    case 'StatefulSet': {
      const ordinal = ORDINAL.exec(pod.meta.name)?.[1];
      return (
        workload.strategy === 'OnDelete' ||
        (ordinal !== undefined && Number(ordinal) < workload.partition)
      );
    }
    case 'DaemonSet':
      return workload.strategy === 'OnDelete';
    default:
      // Each run of a CronJob stands for itself.
      return workload.kind === 'CronJob';
  }
}

/**
 * Tells the pods of a workload apart. Where its revisions are not known (they may not be readable) all
 * of its pods count as current.
 *
 * @public
 */
export function splitPods(
  options: { workload: WorkloadObject } & WorkloadParts,
): SplitPods {
  const { workload, ...parts } = options;
  const isNewest = newestPodTest({ workload, parts });
  const split: SplitPods = {
    current: [],
    older: [],
    ended: [],
    terminating: [],
  };
  for (const pod of parts.pods) {
    if (pod.meta.deletedAt !== undefined) {
      split.terminating.push(pod);
    } else if (pod.phase === 'Failed' || pod.phase === 'Succeeded') {
      split.ended.push(pod);
    } else if (isNewest(pod) || isKept(workload, pod)) {
      split.current.push(pod);
    } else {
      split.older.push(pod);
    }
  }
  return split;
}
