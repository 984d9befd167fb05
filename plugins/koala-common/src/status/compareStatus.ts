import { Status, STATUSES } from './Status';

/**
 * Order of statuses for sorting: the one that needs attention first.
 *
 * @public
 */
export function compareStatus(a: Status, b: Status): number {
  return STATUSES.indexOf(a) - STATUSES.indexOf(b);
}

/**
 * The status that needs attention most; undefined of none.
 *
 * This is the order of attention and not the rule for cells, where healthy and suspended make healthy:
 * see {@link cellOf}.
 *
 * @public
 */
export function worstStatus(statuses: Iterable<Status>): Status | undefined {
  let worst: Status | undefined;
  for (const status of statuses) {
    if (worst === undefined || compareStatus(status, worst) < 0) {
      worst = status;
    }
  }
  return worst;
}
