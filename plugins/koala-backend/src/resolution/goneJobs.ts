import { Reason } from '@koala-ops/backstage-plugin-koala-common';
import { Slot } from './Slot';

/**
 * What to say of a slot whose workloads were Jobs that ran and are no longer there: their TTL, or
 * whoever made them, removed them. They are remembered until something takes their place.
 */
export function goneJobs({ claims, known, gone }: Slot): Reason | undefined {
  if (claims.length === 0 || claims.some(({ kind }) => kind !== 'Job')) {
    return claims.length === 0 ? gone : undefined;
  }
  const names = claims.map(({ name }) => name).join(', ');
  const how =
    known?.status === 'healthy'
      ? 'ran to its end'
      : `ran${known?.reason ? ` (${known.reason.code})` : ''}`;
  return {
    code: 'JobGone',
    message: `Job ${names} ${how} and is gone.`,
    since: known?.since,
  };
}
