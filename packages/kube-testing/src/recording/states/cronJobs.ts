import { cronJob } from '../manifests';
import { RecordedState } from '../RecordedState';
import { web } from './seen';

export const CRON_JOBS: RecordedState[] = [
  {
    name: 'cronjob-never-run',
    about: web('CronJob'),
    objects: [cronJob({ cron: { schedule: '0 3 1 1 *' } })],
    is: ({ object }) => object !== undefined,
  },
  {
    name: 'cronjob-suspended',
    about: web('CronJob'),
    objects: [cronJob({ cron: { suspend: true } })],
    is: ({ object }) => object !== undefined,
  },
  {
    name: 'cronjob-succeeded',
    about: web('CronJob'),
    objects: [cronJob()],
    is: ({ object }) =>
      object?.status?.lastSuccessfulTime && !object.status.active,
  },
  {
    name: 'cronjob-failed',
    about: web('CronJob'),
    objects: [cronJob({ image: 'shop/cart:1.0.0-exit-3' })],
    is: ({ object, pods }) =>
      object?.status?.lastScheduleTime &&
      !object.status.active &&
      pods.length >= 2,
  },
  {
    name: 'cronjob-running',
    about: web('CronJob'),
    objects: [cronJob({ image: 'shop/cart:1.0.0-runs-60m' })],
    is: ({ object, pods }) =>
      object?.status?.active?.length === 1 &&
      pods.some(({ status }) => status.phase === 'Running'),
  },
  {
    name: 'cronjob-gone',
    about: web('CronJob'),
    objects: [
      cronJob({
        image: 'shop/cart:1.0.0-exit-3',
        cron: { failedJobsHistoryLimit: 0 },
      }),
    ],
    is: ({ object, pods }) =>
      object?.status?.lastScheduleTime &&
      !object.status.active &&
      pods.length === 0,
  },
];
