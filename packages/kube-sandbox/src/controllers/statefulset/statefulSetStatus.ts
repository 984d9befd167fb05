import { Pod, StatefulSet, StatefulSetStatus } from '../../client';
import { availableIn, isReady } from '../pods';
import { withoutZeros } from '../withoutZeros';
import { replicaCount } from './identity';
import { podRevision } from './statefulPod';

/** Whether the API server has the pod; a pod that is still to be created has no phase. */
export function isCreated(pod: Pod): boolean {
  return Boolean(pod.status?.phase);
}

export function isRunningAndReady(pod: Pod): boolean {
  return pod.status?.phase === 'Running' && isReady(pod);
}

/** Counters of a status; `currentReplicas` may be lowered by deletions of the same pass. */
export type Counters = Record<
  | 'replicas'
  | 'readyReplicas'
  | 'availableReplicas'
  | 'currentReplicas'
  | 'updatedReplicas',
  number
>;

export function countPods(options: {
  pods: Pod[];
  minReadyMs: number;
  now: number;
  currentRevision: string;
  updateRevision: string;
}): Counters {
  const { pods, minReadyMs, now, currentRevision, updateRevision } = options;
  const created = pods.filter(isCreated);
  const ready = created.filter(isRunningAndReady);
  const lasting = created.filter(({ metadata }) => !metadata.deletionTimestamp);
  const ofRevision = (revision: string) =>
    lasting.filter(pod => podRevision(pod) === revision).length;
  return {
    replicas: created.length,
    readyReplicas: ready.length,
    availableReplicas: ready.filter(
      pod => availableIn(pod, minReadyMs, now) === 0,
    ).length,
    currentReplicas: ofRevision(currentRevision),
    updatedReplicas: ofRevision(updateRevision),
  };
}

/** The status that these counts mean; a rolling update that is complete makes its revision the current one. */
export function statefulSetStatus(options: {
  set: StatefulSet;
  counters: Counters;
  currentRevision: string;
  updateRevision: string;
  collisionCount: number;
}): StatefulSetStatus {
  const { set, counters, updateRevision, collisionCount } = options;
  const { replicas, readyReplicas, availableReplicas, updatedReplicas } =
    counters;
  const wanted = replicaCount(set);
  const isComplete =
    set.spec.updateStrategy?.type === 'RollingUpdate' &&
    [replicas, readyReplicas, updatedReplicas].every(it => it === wanted);
  return {
    observedGeneration: set.metadata.generation,
    replicas,
    availableReplicas,
    ...withoutZeros({
      readyReplicas,
      currentReplicas: isComplete
        ? updatedReplicas
        : Math.max(0, counters.currentReplicas),
      updatedReplicas,
    }),
    currentRevision: isComplete ? updateRevision : options.currentRevision,
    updateRevision,
    collisionCount,
  };
}
