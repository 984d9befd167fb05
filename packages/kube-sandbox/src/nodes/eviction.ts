import { Condition, Pod, PodStatus } from '../client';
import { PodEvent } from './containerEvents';
import { imageBehaviour } from './imageBehaviour';

/** Why and when a kubelet ends a pod of its own accord. */
export interface PodEviction {
  /** ms since the epoch. */
  at: number;
  event: PodEvent;
  status: Pick<PodStatus, 'reason' | 'message'>;
  /** By type, where it sets one. */
  condition?: Record<string, Pick<Condition, 'status' | 'reason' | 'message'>>;
}

const DEADLINE =
  'Pod was active on the node longer than the specified deadline';

function deadline(at: number): PodEviction {
  const reason = 'DeadlineExceeded';
  return {
    at,
    event: { type: 'Normal', reason, message: DEADLINE },
    status: { reason, message: DEADLINE },
  };
}

function lowOnDisk(pod: Pod, at: number): PodEviction {
  const [{ name }] = pod.spec.containers;
  const reason = 'Evicted';
  const message = `The node was low on resource: ephemeral-storage. Threshold quantity: 21474836480, available: 19802340Ki. Container ${name} was using 8123456Ki, request is 0, has larger consumption of ephemeral-storage. `;
  return {
    at,
    event: { type: 'Warning', reason, message },
    status: { reason, message },
    condition: {
      DisruptionTarget: {
        status: 'True',
        reason: 'TerminationByKubelet',
        message,
      },
    },
  };
}

/** The next moment at which a kubelet would end the pod; undefined: never. */
export function evictionOf(options: {
  pod: Pod;
  startedAt: number;
  /** Its main containers run, or did. */
  hasStarted: boolean;
  speed: number;
  now: number;
}): PodEviction | undefined {
  const { pod, startedAt, hasStarted, speed } = options;
  const { activeDeadlineSeconds, containers } = pod.spec;
  const fullAfter = containers
    .map(({ image }) => imageBehaviour(image).evictedAfterMs)
    .find(ms => ms !== undefined);
  if (hasStarted && fullAfter !== undefined) {
    return lowOnDisk(pod, startedAt + fullAfter / speed);
  }
  return activeDeadlineSeconds === undefined
    ? undefined
    : deadline(startedAt + (activeDeadlineSeconds * 1000) / speed);
}
