import { WorkloadObject } from '../objects/WorkloadObject';
import { WorkloadParts } from '../release/WorkloadParts';
import { Inspection } from './Finding';
import { inspectCronJob } from './judgeCronJob';
import { inspectDaemonSet } from './judgeDaemonSet';
import { inspectDeployment, progressDeadlineOf } from './judgeDeployment';
import { inspectJob } from './judgeJob';
import { inspectStatefulSet } from './judgeStatefulSet';
import { DEFAULT_DEADLINE_MS } from './lasting';

/** What is found about a workload of any kind, the troubles of its pods left aside. */
export function inspectObject(
  options: {
    workload: WorkloadObject;
    now: number;
    graceMs?: number;
  } & WorkloadParts,
): Inspection {
  const { workload, jobs = [], ...rest } = options;
  switch (workload.kind) {
    case 'Deployment':
      return inspectDeployment({ deployment: workload, ...rest });
    case 'StatefulSet':
      return inspectStatefulSet({ statefulSet: workload, ...rest });
    case 'DaemonSet':
      return inspectDaemonSet({ daemonSet: workload, ...rest });
    case 'CronJob':
      return inspectCronJob({ cronJob: workload, jobs, ...rest });
    default:
      return inspectJob({ job: workload, ...rest });
  }
}

/**
 * How long a workload gives its pods to be ready, in milliseconds; Koala's own 10 min where it does not
 * say, or its kind cannot.
 *
 * @public
 */
export function podDeadlineOf(workload: WorkloadObject): number {
  return workload.kind === 'Deployment'
    ? progressDeadlineOf(workload)
    : DEFAULT_DEADLINE_MS;
}

/**
 * How many pods of a workload are ready, wanted and up to date. Of a Job these are its completions, of a
 * CronJob the runs that go on.
 */
export function countsOf(
  workload: WorkloadObject,
  { jobs = [] }: WorkloadParts,
): { ready: number; desired: number; updated: number } {
  switch (workload.kind) {
    case 'Job': {
      const desired = workload.completions ?? 1;
      const ready = Math.min(workload.succeeded, desired);
      return { ready, desired, updated: desired };
    }
    case 'CronJob': {
      const desired = workload.active;
      const ready = Math.min(
        jobs.filter(job => job.active > 0 && job.ready > 0).length,
        desired,
      );
      return { ready, desired, updated: desired };
    }
    default: {
      const { readyReplicas, updatedReplicas } = workload;
      const desired =
        workload.kind === 'DaemonSet'
          ? workload.desiredReplicas
          : workload.replicas;
      // During a surge more pods are ready than are wanted.
      return {
        ready: Math.min(readyReplicas, desired),
        desired,
        updated: Math.min(updatedReplicas, desired),
      };
    }
  }
}
