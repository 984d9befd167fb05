import { CronJobObject } from './CronJobObject';
import { DaemonSetObject } from './DaemonSetObject';
import { DeploymentObject } from './DeploymentObject';
import { JobObject } from './JobObject';
import { StatefulSetObject } from './StatefulSetObject';

/**
 * The objects that run a service.
 *
 * @public
 */
export type WorkloadObject =
  | DeploymentObject
  | StatefulSetObject
  | DaemonSetObject
  | CronJobObject
  | JobObject;

/** @public */
export type WorkloadKind = WorkloadObject['kind'];

/**
 * The kinds of workloads; of several workloads with the same name the first of these gives the release.
 *
 * @public
 */
export const WORKLOAD_KINDS: readonly WorkloadKind[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
];

/** @public */
export function isWorkload(object: { kind: string }): object is WorkloadObject {
  return (WORKLOAD_KINDS as readonly string[]).includes(object.kind);
}
