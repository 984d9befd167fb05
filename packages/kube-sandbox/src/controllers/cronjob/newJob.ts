import { DateTime } from 'luxon';
import { CronJob, Job, resources } from '../../client';
import { controllerReference } from '../ownership';

const SCHEDULED_AT = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

/** One name per start, so that no start makes two Jobs. */
export function jobName({ metadata }: CronJob, scheduledAt: number): string {
  return `${metadata.name}-${Math.floor(scheduledAt / 60_000)}`;
}

/** The Job of one start. */
export function newJob(cronJob: CronJob, scheduledAt: number): Job {
  const { metadata = {}, spec } = cronJob.spec.jobTemplate;
  const at = DateTime.fromMillis(scheduledAt, {
    zone: cronJob.spec.timeZone ?? 'UTC',
  });
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      namespace: cronJob.metadata.namespace,
      name: jobName(cronJob, scheduledAt),
      labels: metadata.labels,
      annotations: {
        ...metadata.annotations,
        [SCHEDULED_AT]: at.toISO({ suppressMilliseconds: true }) ?? '',
      },
      ownerReferences: [controllerReference(cronJob, resources.cronJobs)],
    },
    spec,
  };
}
