import { at, iso } from '../__fixtures__/clock';
import { rawPod } from '../__fixtures__/rawPod';
import { rawJob, rawJobCondition } from '../__fixtures__/rawWorkloads';
import { expectedBy, shownBy, VerdictRow } from '../__fixtures__/verdictRow';
import { projectObject } from '../projection/projectObject';
import { Verdict } from '../status/Verdict';
import { judgeWorkload } from './judgeWorkload';

describe('judgeWorkload of a Job', () => {
  const judge = (
    options: Parameters<typeof rawJob>[0],
    pods: unknown[] = [],
    now = 60,
  ) =>
    judgeWorkload({
      workload: projectObject('Job', rawJob(options)),
      pods: pods.map(raw => projectObject('Pod', raw)),
      now: at(now),
    }) as Verdict;

  it.each<VerdictRow>([
    {
      title: 'just created, no status',
      verdict: () => judge({ status: { startTime: undefined } }),
      status: 'progressing',
      codes: ['JobStarting'],
      since: 0,
    },
    {
      title: 'complete, its pods gone',
      verdict: () =>
        judge({
          status: {
            succeeded: 1,
            completionTime: iso(30),
            conditions: [rawJobCondition('Complete', 30)],
          },
        }),
      status: 'healthy',
      codes: [],
      since: 30,
    },
    {
      title: 'complete, after a pod had failed',
      verdict: () =>
        judge(
          {
            status: {
              succeeded: 1,
              failed: 1,
              conditions: [rawJobCondition('Complete', 30)],
            },
          },
          [rawPod({ phase: 'Failed', containers: [] })],
        ),
      status: 'healthy',
      codes: [],
    },
    {
      title: 'failed without a reason and without pods',
      verdict: () =>
        judge({
          status: { conditions: [rawJobCondition('Failed', 30)] },
        }),
      status: 'degraded',
      codes: ['JobFailed'],
      says: /^failed$/,
      since: 30,
    },
    {
      title: 'failed, and being deleted by its TTL',
      verdict: () =>
        judge({
          metadata: { deletionTimestamp: iso(50) },
          status: {
            failed: 1,
            conditions: [rawJobCondition('Failed', 30, 'DeadlineExceeded')],
          },
        }),
      status: 'degraded',
      codes: ['DeadlineExceeded'],
    },
    {
      title: 'suspended, though it had begun',
      verdict: () =>
        judge({
          spec: { suspend: true },
          status: {
            failed: 1,
            conditions: [rawJobCondition('Suspended', 20)],
          },
        }),
      status: 'suspended',
      codes: ['Suspended'],
      since: 20,
    },
    {
      title: 'resumed: the condition says so later',
      verdict: () =>
        judge({
          status: {
            active: 1,
            conditions: [{ type: 'Suspended', status: 'False' }],
          },
        }),
      status: 'progressing',
      codes: ['JobRunning'],
    },
    {
      title: 'a condition that is False says nothing',
      verdict: () =>
        judge({
          status: {
            active: 1,
            conditions: [{ type: 'Failed', status: 'False' }],
          },
        }),
      status: 'progressing',
      codes: ['JobRunning'],
    },
    {
      title: 'negative counts and conditions of another type',
      verdict: () => judge({ status: { active: -3, conditions: 'none' } }),
      status: 'progressing',
      codes: ['JobStarting'],
    },
  ])('$title: $status', row => {
    expect(shownBy(row)).toMatchObject(expectedBy(row));
  });
});
