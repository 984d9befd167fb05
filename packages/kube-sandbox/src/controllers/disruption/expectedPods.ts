import { OwnerReference, Pod, PodDisruptionBudget } from '../../client';
import { scaled } from '../deployment/replicas';
import { controllerOf } from '../ownership';

/** How many pods a workload wants, as the budget's controller finds it out. */
export interface WorkloadScale {
  /** The workload: of a ReplicaSet its Deployment. */
  uid: string;
  replicas: number;
}

/** What a budget asks for. */
export interface ExpectedPods {
  expected: number;
  /** Pods that have to be healthy. */
  desired: number;
  /** Pods that no workload manages, so that nobody knows how many are wanted. */
  unmanaged: string[];
}

function sumOfScales(
  pods: Pod[],
  scaleOf: (owner: OwnerReference) => WorkloadScale,
): { expected: number; unmanaged: string[] } {
  const scales = new Map<string, number>();
  const unmanaged: string[] = [];
  for (const pod of pods) {
    const owner = controllerOf(pod);
    if (owner) {
      const { uid, replicas } = scaleOf(owner);
      scales.set(uid, replicas);
    } else {
      unmanaged.push(pod.metadata.name ?? '');
    }
  }
  const expected = [...scales.values()].reduce((sum, it) => sum + it, 0);
  return { expected, unmanaged };
}

/**
 * How many of its pods a budget expects, and how many have to be healthy. A share is of what the pods'
 * workloads want; `scaleOf` throws where that is not known.
 */
export function expectedPods(
  { spec }: PodDisruptionBudget,
  pods: Pod[],
  scaleOf: (owner: OwnerReference) => WorkloadScale,
): ExpectedPods {
  const { minAvailable, maxUnavailable } = spec;
  if (maxUnavailable !== undefined) {
    const { expected, unmanaged } = sumOfScales(pods, scaleOf);
    const lost = scaled(maxUnavailable, expected, Math.ceil);
    return { expected, desired: Math.max(0, expected - lost), unmanaged };
  }
  if (typeof minAvailable === 'string') {
    const { expected, unmanaged } = sumOfScales(pods, scaleOf);
    const desired = scaled(minAvailable, expected, Math.ceil);
    return { expected, desired, unmanaged };
  }
  return {
    expected: minAvailable === undefined ? 0 : pods.length,
    desired: minAvailable ?? 0,
    unmanaged: [],
  };
}
