import { Status } from '../status/Status';
import { Behind, TargetState } from './TargetState';

/**
 * Deployment state of one service in one environment.
 *
 * @public
 */
export interface Cell {
  /** Entity reference of the Component. */
  service: string;
  environment: string;
  status: Status;
  /** Another target is unknown while one is degraded: it may be worse than shown. */
  incomplete?: boolean;
  /** Targets where the service is deployed, of all; only where they differ ("1 of 2 regions"). */
  coverage?: { deployed: number; targets: number };
  /** How far the target that is furthest behind is behind. */
  behind?: Behind;
  targets: TargetState[];
}
