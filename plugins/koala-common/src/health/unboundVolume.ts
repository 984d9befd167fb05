import { PodObject } from '../objects/PodObject';
import { VolumeObject } from '../objects/VolumeObject';
import { StartStep } from './startStep';

/** Finds a claim of the pod's namespace by its name. @public */
export type ClaimLookup = (name: string) => VolumeObject | undefined;

/** What the scheduler says where volumes are to blame, if only among others. */
const ABOUT_VOLUMES = /persistent ?volume|volume node affinity/i;

interface Unbound {
  name: string;
  /** Undefined where there is no such claim. */
  volume?: VolumeObject;
}

function firstUnbound(
  pod: PodObject,
  claimOf: ClaimLookup,
): Unbound | undefined {
  const found = pod.claims.map(name => ({ name, volume: claimOf(name) }));
  return (
    found.find(({ volume }) => !volume) ??
    found.find(({ volume }) => volume?.phase !== 'Bound')
  );
}

/** `storage class \`fast\``, or that it has none. */
export function classOf({ className }: VolumeObject): string {
  return className ? `storage class \`${className}\`` : 'no storage class';
}

/**
 * The claim that keeps a pod from being scheduled. A claim that waits for its first consumer is unbound
 * as long as a pod waits for something else, so only the scheduler can tell that it is to blame.
 *
 * @param options - `said`: the scheduler's message.
 */
export function unboundVolume(options: {
  pod: PodObject;
  claimOf?: ClaimLookup;
  said?: string;
}): StartStep | undefined {
  const { pod, claimOf, said } = options;
  if (!claimOf || !said || !ABOUT_VOLUMES.test(said)) {
    return undefined;
  }
  const unbound = firstUnbound(pod, claimOf);
  if (!unbound) {
    return undefined;
  }
  const { name, volume } = unbound;
  return volume
    ? {
        code: 'VolumePending',
        message: `no node takes the pod: its claim \`${name}\` is not bound (${classOf(
          volume,
        )})`,
      }
    : {
        code: 'VolumeMissing',
        message: `no node takes the pod: its claim \`${name}\` does not exist`,
      };
}

/** The claim that a pod waits for, that the scheduler has not yet said anything about. */
export function unboundVolumeStep(
  pod: PodObject,
  claimOf: ClaimLookup | undefined,
): StartStep | undefined {
  const gated = pod.conditions.some(
    ({ type, reason }) =>
      type === 'PodScheduled' && reason === 'SchedulingGated',
  );
  if (pod.node || gated || !claimOf || pod.claims.length === 0) {
    return undefined;
  }
  const unbound = firstUnbound(pod, claimOf);
  if (!unbound?.volume) {
    return undefined;
  }
  const { name, volume } = unbound;
  return {
    code: 'VolumePending',
    message: `the pod waits for its claim \`${name}\` to be bound (${classOf(
      volume,
    )})`,
  };
}
