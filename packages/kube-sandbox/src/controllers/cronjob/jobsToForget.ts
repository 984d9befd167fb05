import { CronJob, Job } from '../../client';
import { finishedAs } from '../job/conditions';

function oldestFirst(a: Job, b: Job): number {
  const [first, second] = [a, b].map(job => job.status?.startTime ?? '~');
  if (first === second) {
    return (a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1;
  }
  return first < second ? -1 : 1;
}

/** Finished Jobs beyond those that the CronJob keeps as its history. */
export function jobsToForget({ spec }: CronJob, jobs: Job[]): Job[] {
  const beyond = (ending: string, limit: number | undefined) => {
    const finished = jobs
      .filter(job => finishedAs(job) === ending)
      .sort(oldestFirst);
    return limit === undefined
      ? []
      : finished.slice(0, Math.max(0, finished.length - limit));
  };
  return [
    ...beyond('Complete', spec.successfulJobsHistoryLimit),
    ...beyond('Failed', spec.failedJobsHistoryLimit),
  ];
}
