import { job } from '../manifests';
import { RecordedState } from '../RecordedState';
import { condition, web } from './seen';

export const JOBS: RecordedState[] = [
  {
    name: 'job-complete',
    about: web('Job'),
    objects: [job()],
    is: condition('Complete'),
  },
  {
    name: 'job-running',
    about: web('Job'),
    objects: [
      job({
        image: 'shop/cart:1.0.0-runs-60m',
        spec: { completions: 3, parallelism: 2 },
      }),
    ],
    is: ({ object }) => object.status?.ready === 2,
  },
  {
    name: 'job-failed',
    about: web('Job'),
    objects: [job({ image: 'shop/cart:1.0.0-exit-3' })],
    is: condition('Failed'),
  },
  {
    name: 'job-deadline-exceeded',
    about: web('Job'),
    objects: [
      job({
        image: 'shop/cart:1.0.0-runs-60m',
        spec: { activeDeadlineSeconds: 2 },
      }),
    ],
    is: condition('Failed'),
  },
  {
    name: 'job-failure-policy',
    about: web('Job'),
    objects: [
      job({
        image: 'shop/cart:1.0.0-exit-42',
        spec: {
          podFailurePolicy: {
            rules: [
              {
                action: 'FailJob',
                onExitCodes: { operator: 'In', values: [42] },
              },
            ],
          },
        },
      }),
    ],
    is: condition('Failed'),
  },
  {
    name: 'job-retrying',
    about: web('Job'),
    objects: [
      job({ image: 'shop/cart:1.0.0-exit-3', spec: { backoffLimit: 20 } }),
    ],
    is: ({ object }) => (object.status?.failed ?? 0) >= 2,
  },
  {
    name: 'job-crash-loop',
    about: web('Job'),
    objects: [
      job({
        image: 'shop/cart:1.0.0-crash',
        podSpec: { restartPolicy: 'OnFailure' },
        spec: { backoffLimit: 20 },
      }),
    ],
    is: ({ pods }) =>
      pods.some(({ status }) =>
        (status.containerStatuses ?? []).some(
          ({ state }: any) => state?.waiting?.reason === 'CrashLoopBackOff',
        ),
      ),
  },
  {
    name: 'job-image-not-found',
    about: web('Job'),
    objects: [job({ image: 'shop/cart:1.0.0-missing' })],
    is: ({ pods }) =>
      pods.some(({ status }) =>
        (status.containerStatuses ?? []).some(
          ({ state }: any) => state?.waiting?.reason === 'ImagePullBackOff',
        ),
      ),
  },
  {
    name: 'job-suspended',
    about: web('Job'),
    objects: [job({ spec: { suspend: true } })],
    is: condition('Suspended'),
  },
];
