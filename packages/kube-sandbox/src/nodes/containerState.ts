import { ContainerState, timestamp } from '../client';
import { backoffSeconds, goDuration } from './backoff';
import { PodIdentity, describePod } from './containerEvents';
import { invalidNameError, pullError } from './imageReference';

/** What a container is doing; every moment is ms since the epoch. */
export type Activity =
  | { doing: 'waiting' | 'invalid-name' | 'finished' }
  | { doing: 'pulling' | 'pull-failed' | 'pull-backoff'; until: number }
  | { doing: 'running'; since: number; readyAt?: number; exitAt?: number }
  | { doing: 'exited' | 'crash-backoff'; until: number };

/** The `state` of a container's status, in the kubelet's words. */
export function containerState(options: {
  activity: Activity;
  image: string;
  name: string;
  pod: PodIdentity;
  /** Reason shown until it starts. */
  waitingReason: string;
  restarts: number;
  /** Pulls that failed in a row. */
  pullFailures: number;
  /** How it ended last. */
  ended?: ContainerState['terminated'];
}): ContainerState {
  const { activity, image, name, pod, waitingReason, restarts, ended } =
    options;
  const pullBackOff = () =>
    waiting(
      'ImagePullBackOff',
      `Back-off pulling image "${image}": ErrImagePull: ${pullError(image)}`,
    );
  switch (activity.doing) {
    case 'running':
      return { running: { startedAt: timestamp(activity.since) } };
    case 'exited':
    case 'finished':
      return { terminated: ended };
    case 'pull-failed':
      return waiting('ErrImagePull', pullError(image));
    case 'pull-backoff':
      return pullBackOff();
    case 'pulling':
      // A kubelet that tries again goes on to report why it failed before.
      return options.pullFailures > 0 ? pullBackOff() : waiting(waitingReason);
    case 'invalid-name':
      return waiting('InvalidImageName', invalidNameError(image));
    case 'crash-backoff': {
      const pause = goDuration(backoffSeconds(restarts));
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

function waiting(reason: string, message?: string): ContainerState {
  return { waiting: { reason, ...(message && { message }) } };
}
