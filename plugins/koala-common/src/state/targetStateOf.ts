import { earliest, latest } from '../health/lasting';
import { combineStatuses } from './combineStatuses';
import { TargetState } from './TargetState';
import { WorkloadState } from './WorkloadState';

function byName(a: WorkloadState, b: WorkloadState): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.namespace < b.namespace ? -1 : 1;
}

/**
 * The workload whose release is the service's: the one named like it, the largest if there are
 * several, else the first by name.
 */
function mainWorkload(
  workloads: readonly WorkloadState[],
  service: string | undefined,
): WorkloadState | undefined {
  const sorted = [...workloads].sort(byName);
  const namesakes = sorted.filter(({ name }) => name === service);
  return namesakes.length > 0
    ? namesakes.reduce((a, b) => (b.desired > a.desired ? b : a))
    : sorted[0];
}

function sum(
  workloads: readonly WorkloadState[],
  field: 'ready' | 'desired' | 'updated',
): number {
  return workloads.reduce((total, workload) => total + workload[field], 0);
}

/**
 * The state of a service in one target, from its workloads there: the worst of them; suspended only if
 * all are; not deployed where there are none.
 *
 * Trouble lasts since the first workload had it; healthy and suspended since the last one became so.
 *
 * @param options - `serviceName`: name of the Component; of several workloads, the one of this name
 *   gives the release.
 * @returns the state, and when to work it out again although nothing changed.
 * @public
 */
export function targetStateOf(options: {
  target: string;
  cluster: string;
  workloads: readonly WorkloadState[];
  serviceName?: string;
  /** Milliseconds since the epoch. */
  now: number;
}): { state: TargetState; recheckAt?: number } {
  const { target, cluster, workloads, serviceName, now } = options;
  const status = combineStatuses(workloads.map(workload => workload.status));
  if (workloads.length === 0) {
    return { state: { target, cluster, status } };
  }
  const deciding = workloads.filter(workload => workload.status === status);
  const moving = status === 'progressing' || status === 'degraded';
  const times = deciding.map(({ since }) => since);
  const worst = [...deciding]
    .sort((a, b) => (a.since ?? 0) - (b.since ?? 0) || byName(a, b))
    .find(({ reasons }) => reasons.length > 0);
  return {
    state: {
      target,
      cluster,
      status,
      since: moving ? earliest(times) : latest(times),
      reason: worst?.reasons[0],
      release: mainWorkload(workloads, serviceName)?.release,
      ready: sum(workloads, 'ready'),
      desired: sum(workloads, 'desired'),
      updated: moving ? sum(workloads, 'updated') : undefined,
    },
    recheckAt: earliest(
      workloads.map(({ recheckAt }) =>
        recheckAt === undefined ? undefined : Math.max(recheckAt, now),
      ),
    ),
  };
}
