import { at, iso } from '../__fixtures__/clock';
import {
  ExpectedVerdict,
  expectedVerdict,
  shown,
} from '../__fixtures__/expectedVerdict';
import { rawPod } from '../__fixtures__/rawPod';
import { rawCronJob, rawRun } from '../__fixtures__/rawWorkloads';
import { unpullable } from '../__fixtures__/workloadRow';
import { projectObject } from '../projection/projectObject';
import { judgeWorkload } from './judgeWorkload';

interface Row extends ExpectedVerdict {
  title: string;
  cron?: Parameters<typeof rawCronJob>[0];
  runs?: unknown[];
  pods?: unknown[];
  now?: number;
}

const ran = (scheduled: number, succeeded?: number, active = 0) => ({
  status: {
    lastScheduleTime: iso(scheduled),
    ...(succeeded !== undefined && { lastSuccessfulTime: iso(succeeded) }),
    ...(active > 0 && { active: Array(active).fill({ name: 'x' }) }),
  },
});
const podOf = (run: any, make: (options: object) => any = rawPod) => {
  const raw = make({ createdAt: 1800 });
  return {
    ...raw,
    metadata: {
      ...raw.metadata,
      ownerReferences: [
        { kind: 'Job', name: 'x', uid: run.metadata.uid, controller: true },
      ],
    },
  };
};

const rows: Row[] = [
  { title: 'has not run yet', status: 'healthy', codes: [] },
  {
    title: 'status without fields',
    cron: { status: {} },
    status: 'healthy',
    codes: [],
  },
  {
    title: 'suspended, though its last run failed',
    cron: { spec: { suspend: true }, ...ran(600) },
    runs: [rawRun(600, 'Failed')],
    status: 'suspended',
    codes: ['Suspended'],
  },
  {
    title: 'its last run succeeded',
    cron: ran(1200, 1260),
    runs: [rawRun(600, 'Complete'), rawRun(1200, 'Complete')],
    status: 'healthy',
    codes: [],
    since: 1260,
  },
  {
    title: 'its last run succeeded, an older one had failed',
    cron: ran(1200, 1260),
    runs: [rawRun(600, 'Failed'), rawRun(1200, 'Complete')],
    status: 'healthy',
    codes: [],
  },
  {
    title: 'its last run failed, an older one had succeeded',
    cron: ran(1200, 660),
    runs: [rawRun(600, 'Complete'), rawRun(1200, 'Failed')],
    status: 'degraded',
    codes: ['BackoffLimitExceeded'],
    says: /^its last run failed \(1 pod failed\)/,
    since: 1260,
  },
  {
    title: 'its last run failed, and the next goes on',
    cron: ran(1800, 660, 1),
    runs: [rawRun(1200, 'Failed'), rawRun(1800)],
    status: 'degraded',
    codes: ['BackoffLimitExceeded'],
  },
  {
    title: 'its last run succeeded, and the next goes on',
    cron: ran(1800, 1260, 1),
    runs: [rawRun(1200, 'Complete'), rawRun(1800)],
    status: 'healthy',
    codes: [],
  },
  {
    title: 'its first run goes on',
    cron: ran(1800, undefined, 1),
    runs: [rawRun(1800)],
    status: 'progressing',
    codes: ['JobRunning'],
  },
  {
    title: 'its last run succeeded, the next cannot pull its image',
    cron: ran(1800, 1260, 1),
    runs: [rawRun(1200, 'Complete'), rawRun(1800)],
    pods: [podOf(rawRun(1800), unpullable)],
    now: 1900,
    status: 'degraded',
    codes: ['ImagePullBackOff'],
  },
  {
    title: 'the next cannot pull its image, inside the grace period',
    cron: ran(1800, 1260, 1),
    runs: [rawRun(1200, 'Complete'), rawRun(1800)],
    pods: [podOf(rawRun(1800), unpullable)],
    now: 1810,
    status: 'healthy',
    codes: [],
  },
  {
    title: 'ran well, and its Job is gone by its TTL',
    cron: ran(1200, 1260),
    status: 'healthy',
    codes: ['RunGone'],
    since: 1260,
  },
  {
    title: 'ran well and is gone, while an older failed Job is still there',
    cron: ran(1200, 1260),
    runs: [rawRun(600, 'Failed')],
    status: 'healthy',
    codes: ['RunGone'],
  },
  {
    title: 'ran, is gone, and never succeeded',
    cron: ran(1200),
    status: 'unknown',
    codes: ['RunGone'],
    since: 1200,
  },
  {
    title: 'ran, is gone, and succeeded before that only',
    cron: ran(1200, 660),
    runs: [rawRun(600, 'Complete')],
    status: 'unknown',
    codes: ['RunGone'],
  },
  {
    title: 'its run was counted before the Job was heard of',
    cron: ran(1200, undefined, 1),
    status: 'healthy',
    codes: [],
  },
  {
    title: 'a run by hand between two others counts as its last one',
    cron: ran(1200, 1260),
    runs: [rawRun(1200, 'Complete'), rawRun(1500, 'Failed')],
    status: 'degraded',
    codes: ['BackoffLimitExceeded'],
  },
  {
    title: 'a run that is suspended has not finished',
    cron: ran(1800, 1260, 1),
    runs: [
      rawRun(1200, 'Complete'),
      rawRun(1800, undefined, { spec: { suspend: true } }),
    ],
    status: 'healthy',
    codes: [],
  },
  {
    title: 'being deleted',
    cron: { metadata: { deletionTimestamp: iso(5) } },
    status: 'progressing',
    codes: ['BeingDeleted'],
  },
];

describe('judgeWorkload of a CronJob', () => {
  it.each(rows)('$title: $status', row => {
    const state = judgeWorkload({
      workload: projectObject('CronJob', rawCronJob(row.cron)),
      jobs: (row.runs ?? []).map(raw => projectObject('Job', raw)),
      pods: (row.pods ?? []).map(raw => projectObject('Pod', raw)),
      now: at(row.now ?? 1900),
    });
    const { first, ...expected } = expectedVerdict(row);
    expect(shown(state)).toMatchObject(
      row.status === 'healthy' ? expected : { first, ...expected },
    );
  });
});
