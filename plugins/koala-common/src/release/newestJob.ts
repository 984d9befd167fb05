import { JobObject } from '../objects/JobObject';

/** When a Job ended, well or not; undefined while it goes on. */
export function finishedAt(job: JobObject): number | undefined {
  const end = job.conditions.find(
    ({ type, status }) =>
      status === 'True' && (type === 'Complete' || type === 'Failed'),
  );
  return end
    ? job.completedAt ??
        end.transitionedAt ??
        job.startedAt ??
        job.meta.createdAt
    : undefined;
}

/** The Job that was created last; by name among those of one moment. */
export function newestJob(jobs: readonly JobObject[]): JobObject | undefined {
  let newest: JobObject | undefined;
  for (const job of jobs) {
    if (
      !newest ||
      job.meta.createdAt > newest.meta.createdAt ||
      (job.meta.createdAt === newest.meta.createdAt &&
        job.meta.name > newest.meta.name)
    ) {
      newest = job;
    }
  }
  return newest;
}
