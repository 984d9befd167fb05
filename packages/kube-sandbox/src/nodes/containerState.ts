import { ContainerState, timestamp } from '../client';
import { backoffSeconds, goDuration } from './backoff';
import { PodIdentity, describePod } from './containerEvents';
import { ImagePull } from './ImagePull';
import { RunningContainer } from './RunningContainer';

/** What a container is doing; every moment is ms since the epoch. */
export type Activity =
  | { doing: 'waiting' | 'finished' }
  | { doing: 'pulling'; pull: ImagePull }
  /** Its configuration refers to something that is not there. */
  | { doing: 'misconfigured'; message: string }
  | { doing: 'running'; running: RunningContainer }
  | { doing: 'exited' | 'crash-backoff'; until: number };

function waiting(reason: string, message?: string): ContainerState {
  return { waiting: { reason, ...(message && { message }) } };
}

/** The `state` of a container's status, in the kubelet's words. */
export function containerState(options: {
  activity: Activity;
  name: string;
  pod: PodIdentity;
  /** Reason shown until it starts. */
  waitingReason: string;
  /** Failures in a row. */
  failures: number;
  /** How it ended last. */
  ended?: ContainerState['terminated'];
}): ContainerState {
  const { activity, name, pod, waitingReason, failures, ended } = options;
  switch (activity.doing) {
    case 'running':
      return { running: { startedAt: timestamp(activity.running.since) } };
    case 'exited':
    case 'finished':
      return ended ? { terminated: ended } : waiting(waitingReason);
    case 'pulling':
      return { waiting: activity.pull.waiting ?? { reason: waitingReason } };
    case 'misconfigured':
      return waiting('CreateContainerConfigError', activity.message);
    case 'crash-backoff': {
      const pause = goDuration(backoffSeconds(failures));
      return waiting(
        'CrashLoopBackOff',
        `back-off ${pause} restarting failed container=${name} pod=${describePod(
          pod,
        )}`,
      );
    }
    default:
      return waiting(waitingReason);
  }
}
