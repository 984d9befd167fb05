import { Reason } from './Reason';
import { Status } from './Status';

/**
 * Koala's judgement of one object at one moment. Pure data: the same object and the same `now` always
 * give the same verdict.
 *
 * @public
 */
export interface Verdict {
  status: Status;
  /** Since when the status holds, read from the object itself; milliseconds since the epoch. */
  since?: number;
  /** Worst first; empty for a plain healthy object. */
  reasons: Reason[];
  /**
   * When the verdict has to be made again although nothing changed (a grace period or a deadline
   * ends); milliseconds since the epoch.
   */
  recheckAt?: number;
}
