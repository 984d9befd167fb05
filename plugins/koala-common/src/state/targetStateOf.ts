import { earliest, latest } from '../health/lasting';
import { WORKLOAD_KINDS } from '../objects/WorkloadObject';
import { combineStatuses } from './combineStatuses';
import { TargetState } from './TargetState';
import { WorkloadState } from './WorkloadState';

function byName(a: WorkloadState, b: WorkloadState): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.namespace < b.namespace ? -1 : 1;
}

function rankOf({ kind }: WorkloadState): number {
  return (WORKLOAD_KINDS as readonly string[]).indexOf(kind);
}

/**
 * The workload whose release is the service's: the one named like it, else the first by kind and name;
 * the largest if there are several of one kind.
 *
 * A Job that only carries the service's label, such as a migration, never is: it has to be called like
 * the service, or the service has to be a job.
 */
function mainWorkload(
  workloads: readonly WorkloadState[],
  service: { name?: string; type?: string },
): WorkloadState | undefined {
  const candidates = workloads.filter(
    ({ kind, name }) =>
      kind !== 'Job' || name === service.name || service.type === 'job',
  );
  return candidates.sort(
    (a, b) =>
      Number(b.name === service.name) - Number(a.name === service.name) ||
      rankOf(a) - rankOf(b) ||
      (a.name === b.name ? b.desired - a.desired : 0) ||
      byName(a, b),
  )[0];
}

/** Jobs come and go: what they do is no part of the pods that a service is meant to have. */
function isLasting({ kind }: WorkloadState): boolean {
  return kind !== 'Job' && kind !== 'CronJob';
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
 * @param options - `serviceName`, `serviceType`: of the Component; of several workloads, the one of this
 *   name gives the release.
 * @returns the state, and when to work it out again although nothing changed.
 * @public
 */
export function targetStateOf(options: {
  target: string;
  cluster: string;
  workloads: readonly WorkloadState[];
  serviceName?: string;
  serviceType?: string;
  /** Milliseconds since the epoch. */
  now: number;
}): { state: TargetState; recheckAt?: number } {
  const { target, cluster, workloads, serviceName, serviceType, now } = options;
  const status = combineStatuses(workloads.map(workload => workload.status));
  if (workloads.length === 0) {
    return { state: { target, cluster, status } };
  }
  const deciding = workloads.filter(workload => workload.status === status);
  const moving = status === 'progressing' || status === 'degraded';
  const lasting = workloads.filter(isLasting);
  const counted = lasting.length > 0;
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
      release: mainWorkload(workloads, {
        name: serviceName,
        type: serviceType,
      })?.release,
      ready: counted ? sum(lasting, 'ready') : undefined,
      desired: counted ? sum(lasting, 'desired') : undefined,
      updated: counted && moving ? sum(lasting, 'updated') : undefined,
    },
    recheckAt: earliest(
      workloads.map(({ recheckAt }) =>
        recheckAt === undefined ? undefined : Math.max(recheckAt, now),
      ),
    ),
  };
}
