import { furthestBehind } from '../release/behindOf';
import { Status, STATUSES } from '../status/Status';
import { Cell } from './Cell';
import { combineStatuses } from './combineStatuses';
import { TargetState } from './TargetState';

/**
 * The cell of a service in an environment, from the states of its targets:
 *
 * | Targets | Cell |
 * |---|---|
 * | any degraded | degraded; incomplete if another is unknown |
 * | else any unknown | unknown |
 * | else any progressing | progressing |
 * | else any healthy | healthy |
 * | else any suspended | suspended |
 * | all not deployed, or no target | not deployed |
 *
 * `coverage` counts where the service is deployed, when some targets have it and others do not. It
 * is absent while a target is unknown: what it has cannot be counted.
 *
 * @public
 */
export function cellOf(options: {
  service: string;
  environment: string;
  targets: TargetState[];
}): Cell {
  const { service, environment, targets } = options;
  const statuses = targets.map(target => target.status);
  const status = combineStatuses(statuses);
  const unknown = statuses.includes('unknown');
  const deployed = statuses.filter(one => one !== 'not-deployed').length;

  const cell: Cell = { service, environment, status, targets };
  if (unknown && status === 'degraded') {
    cell.incomplete = true;
  }
  if (!unknown && deployed > 0 && deployed < targets.length) {
    cell.coverage = { deployed, targets: targets.length };
  }
  const behind = furthestBehind(targets.map(target => target.behind));
  if (behind) {
    cell.behind = behind;
  }
  return cell;
}

/**
 * How many cells have which status, every status named; the counts add up to the number of cells.
 *
 * @public
 */
export function countStatuses(
  cells: Iterable<Pick<Cell, 'status'>>,
): Record<Status, number> {
  const counts = Object.fromEntries(
    STATUSES.map(status => [status, 0]),
  ) as Record<Status, number>;
  for (const { status } of cells) {
    counts[status] += 1;
  }
  return counts;
}
