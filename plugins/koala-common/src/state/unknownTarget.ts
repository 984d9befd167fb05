import { Reason } from '../status/Reason';
import { TargetState } from './TargetState';

/**
 * The state of a target that cannot be seen: unknown, with what was seen last and its age. Release and
 * counts are kept, so that the reader sees what ran there.
 *
 * @param options - `previous`: the state before, which may be an unknown one already. `asOf`: when the
 *   cluster was last heard, ms since the epoch.
 * @public
 */
export function unknownTarget(options: {
  target: string;
  cluster: string;
  reason: Reason;
  previous?: TargetState;
  asOf: number;
}): TargetState {
  const { target, cluster, reason, previous, asOf } = options;
  return {
    target,
    cluster,
    status: 'unknown',
    since: reason.since ?? asOf,
    reason,
    lastKnown:
      previous && previous.status !== 'unknown'
        ? { status: previous.status, asOf }
        : previous?.lastKnown,
    release: previous?.release,
    ready: previous?.ready,
    desired: previous?.desired,
  };
}
