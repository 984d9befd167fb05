import { AutoscalerObject } from '../objects/AutoscalerObject';
import { ControllerRevisionObject } from '../objects/ControllerRevisionObject';
import { JobObject } from '../objects/JobObject';
import { PodObject } from '../objects/PodObject';
import { ReplicaSetObject } from '../objects/ReplicaSetObject';
import { VolumeObject } from '../objects/VolumeObject';

/**
 * What belongs to one workload. Which parts there can be depends on its kind.
 *
 * @public
 */
export interface WorkloadParts {
  /** Those that a Deployment controls. */
  replicaSets?: readonly ReplicaSetObject[];
  /** Those that a StatefulSet or a DaemonSet controls. */
  revisions?: readonly ControllerRevisionObject[];
  /** Those that a CronJob controls. */
  jobs?: readonly JobObject[];
  /** Those that it controls, itself or through its ReplicaSets or Jobs. */
  pods: readonly PodObject[];
  /** The one that scales it. */
  autoscaler?: AutoscalerObject;
  /** Finds the claims of its namespace by name, where they may be read. */
  claimOf?: (name: string) => VolumeObject | undefined;
}
