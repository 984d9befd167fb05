import { Job, Pod } from '../../client';
import { assess } from './assess';
import { completion, endingOf } from './ending';
import { nextBackoff, remainingBackoff } from './podBackoff';

const START = Date.parse('2026-01-01T00:00:00Z');
const TRACKED = ['batch.kubernetes.io/job-tracking'];

function jobOf(
  spec: Partial<Job['spec']> = {},
  status: Job['status'] = {},
): Job {
  return {
    metadata: { name: 'a', namespace: 'shop', uid: 'j' },
    spec: {
      completions: 1,
      parallelism: 1,
      backoffLimit: 1,
      template: { spec: { containers: [], restartPolicy: 'Never' } },
      ...spec,
    },
    status,
  };
}

function podOf(
  name: string,
  phase: string,
  more: { index?: number; exitCode?: number; seconds?: number } = {},
): Pod {
  const { index, exitCode = 1, seconds = 0 } = more;
  return {
    metadata: {
      name,
      uid: name,
      namespace: 'shop',
      finalizers: TRACKED,
      annotations:
        index === undefined
          ? {}
          : { 'batch.kubernetes.io/job-completion-index': `${index}` },
    },
    spec: { containers: [] },
    status: {
      phase,
      containerStatuses: [
        {
          name: 'main',
          image: '',
          imageID: '',
          ready: false,
          restartCount: 0,
          state: {
            terminated: {
              exitCode,
              finishedAt: new Date(START + seconds * 1000).toISOString(),
            },
          },
        },
      ],
    },
  };
}

function endingWith(job: Job, pods: Pod[], now = START) {
  const assessment = assess({ job, pods, untracked: new Set() });
  return (
    endingOf(assessment, { now, speed: 1 }) ??
    completion(assessment, assessment.active.length)
  )?.reason;
}

const indexed = { completionMode: 'Indexed', completions: 2 };
const failOn = (values: number[]) => ({
  podFailurePolicy: {
    rules: [
      {
        action: 'FailJob' as const,
        onExitCodes: { operator: 'In' as const, values },
      },
    ],
  },
});

describe('a Job ends', () => {
  it.each<[string, Job, Pod[], string | undefined]>([
    ['not without pods', jobOf(), [], undefined],
    [
      'with enough successes',
      jobOf(),
      [podOf('a', 'Succeeded')],
      'CompletionsReached',
    ],
    [
      'not while a pod runs',
      jobOf({ completions: undefined }),
      [podOf('a', 'Succeeded'), podOf('b', 'Running')],
      undefined,
    ],
    ['not with one failure', jobOf(), [podOf('a', 'Failed')], undefined],
    [
      'with too many failures',
      jobOf(),
      [podOf('a', 'Failed'), podOf('b', 'Failed')],
      'BackoffLimitExceeded',
    ],
    [
      'with those counted before',
      jobOf({}, { failed: 1, uncountedTerminatedPods: { failed: ['x'] } }),
      [],
      'BackoffLimitExceeded',
    ],
    [
      'by its policy',
      jobOf(failOn([42])),
      [podOf('a', 'Failed', { exitCode: 42 })],
      'PodFailurePolicy',
    ],
    [
      'not by a policy for other codes',
      jobOf(failOn([42])),
      [podOf('a', 'Failed')],
      undefined,
    ],
    [
      'with every index',
      jobOf(indexed, { completedIndexes: '0' }),
      [podOf('a', 'Succeeded', { index: 1 })],
      'CompletionsReached',
    ],
    [
      'not with one index twice',
      jobOf(indexed),
      [
        podOf('a', 'Succeeded', { index: 1 }),
        podOf('b', 'Succeeded', { index: 1 }),
      ],
      undefined,
    ],
    [
      'with an index that failed for good',
      jobOf({ ...indexed, backoffLimit: 99, backoffLimitPerIndex: 0 }),
      [
        podOf('a', 'Failed', { index: 0 }),
        podOf('b', 'Succeeded', { index: 1 }),
      ],
      'FailedIndexes',
    ],
    [
      'as it was decided before',
      jobOf(
        {},
        {
          conditions: [
            {
              type: 'FailureTarget',
              status: 'True',
              reason: 'DeadlineExceeded',
            },
          ],
        },
      ),
      [podOf('a', 'Succeeded')],
      'DeadlineExceeded',
    ],
  ])('%s', (_, job, pods, reason) => {
    expect(endingWith(job, pods)).toBe(reason);
  });

  it('at its deadline, unless it is suspended', () => {
    const status = { startTime: '2026-01-01T00:00:00Z' };
    const spec = { activeDeadlineSeconds: 60 };
    const late = START + 60_000;
    expect(endingWith(jobOf(spec, status), [], late - 1)).toBeUndefined();
    expect(endingWith(jobOf(spec, status), [], late)).toBe('DeadlineExceeded');
    expect(
      endingWith(jobOf({ ...spec, suspend: true }, status), [], late),
    ).toBeUndefined();
  });
});

describe('the pause before the next pod', () => {
  const failed = (seconds: number) =>
    podOf(`f${seconds}`, 'Failed', { seconds });
  const wait = (backoff: ReturnType<typeof nextBackoff>, seconds: number) =>
    remainingBackoff(backoff, { now: START + seconds * 1000, speed: 1 }) / 1000;

  it('doubles with each failure, up to ten minutes', () => {
    let backoff = nextBackoff({ failures: 0 }, { succeeded: [], failed: [] });
    const waits = Array.from({ length: 8 }, () => {
      backoff = nextBackoff(backoff, { succeeded: [], failed: [failed(0)] });
      return wait(backoff, 0);
    });
    expect(waits).toEqual([10, 20, 40, 80, 160, 320, 600, 600]);
    expect(wait(backoff, 590)).toBe(10);
    expect(wait(backoff, 601)).toBe(0);
  });

  it('begins anew after a success', () => {
    const before = { failures: 5, lastFailureAt: START };
    const succeeded = [podOf('s', 'Succeeded', { seconds: 5 })];
    expect(nextBackoff(before, { succeeded, failed: [] })).toEqual({
      failures: 0,
    });
    const mixed = { succeeded, failed: [failed(4), failed(6)] };
    expect(nextBackoff(before, mixed)).toEqual({
      failures: 1,
      lastFailureAt: START + 6_000,
    });
  });
});
