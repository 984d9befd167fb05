import {
  JobObject,
  parseImage,
  WorkloadObject,
} from '@koala-ops/backstage-plugin-koala-common';

/**
 * What the runs of one task have in common: `cart-migrate-1-4-2` and `cart-migrate-x7k2p` are two runs
 * of `cart-migrate` if they run the same image in the same container.
 */
function taskOf({ meta, template }: JobObject): string {
  const parts = meta.name.split('-');
  while (parts.length > 1 && /\d/.test(parts[parts.length - 1])) parts.pop();
  const main = template.containers.find(({ role }) => role === 'main');
  const { registry, repository } = parseImage(main?.image ?? '');
  return [
    meta.namespace,
    parts.join('-'),
    main?.name,
    registry,
    repository,
  ].join('\n');
}

/**
 * Leaves out the Jobs that a newer run of the same task has taken the place of: a migration that failed
 * before the one that succeeded is past.
 */
export function withoutPastJobs(
  workloads: readonly WorkloadObject[],
): WorkloadObject[] {
  const newest = new Map<string, JobObject>();
  for (const job of workloads) {
    if (job.kind !== 'Job') continue;
    const task = taskOf(job);
    const known = newest.get(task);
    if (!known || known.meta.createdAt < job.meta.createdAt) {
      newest.set(task, job);
    }
  }
  return workloads.filter(
    workload =>
      workload.kind !== 'Job' || newest.get(taskOf(workload)) === workload,
  );
}
