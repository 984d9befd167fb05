import { ApiClient, CronJob, EventRecorder, Job } from '../../client';
import { CronJobSync } from './CronJobSync';

const at = (time: string) => Date.parse(`2026-01-01T${time}Z`);

function cronJob(
  spec: Partial<CronJob['spec']> = {},
  status: CronJob['status'] = {},
): CronJob {
  return {
    metadata: {
      namespace: 'shop',
      name: 'import',
      uid: 'c-1',
      creationTimestamp: '2026-01-01T00:00:30Z',
    },
    spec: {
      schedule: '*/10 * * * *',
      jobTemplate: { spec: { template: { spec: { containers: [] } } } },
      ...spec,
    },
    status,
  };
}

function job(
  name: string,
  ending?: 'Complete' | 'Failed',
  startTime = '2026-01-01T00:00:00Z',
): Job {
  return {
    metadata: {
      namespace: 'shop',
      name,
      uid: name,
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          name: 'import',
          uid: 'c-1',
          controller: true,
        },
      ],
    },
    spec: { template: { spec: { containers: [] } } },
    status: {
      startTime,
      completionTime: ending === 'Complete' ? startTime : undefined,
      conditions: ending ? [{ type: ending, status: 'True' }] : [],
    },
  };
}

const active = (name: string) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  namespace: 'shop',
  name,
  uid: name,
});

/** One look at a CronJob, and all that it did. */
async function look(options: { cronJob: CronJob; jobs?: Job[]; now: string }) {
  const said: string[] = [];
  const created: string[] = [];
  const deleted: string[] = [];
  let status: CronJob['status'];
  const client = {
    get: async (_: unknown, { name }: { name: string }) =>
      options.jobs?.find(({ metadata }) => metadata.name === name) ??
      options.cronJob,
    create: async (_: unknown, object: Job) => {
      created.push(object.metadata.name ?? '');
      return {
        ...object,
        metadata: { ...object.metadata, uid: object.metadata.name },
      };
    },
    delete: async (_: unknown, { name }: { name: string }) => {
      deleted.push(name);
    },
    updateStatus: async (_: unknown, object: CronJob) => {
      status = object.status;
      return object;
    },
  } as unknown as ApiClient;
  const events = {
    record: ({ reason }: { reason: string }) => said.push(reason),
  } as unknown as EventRecorder;
  const again = await new CronJobSync({
    client,
    events,
    cronJob: options.cronJob,
    jobs: options.jobs ?? [],
    now: at(options.now),
  }).run();
  return { said, created, deleted, status, again };
}

const minute = (time: string) => at(time) / 60_000;

describe('CronJobSync', () => {
  it('waits for the next start', async () => {
    const { created, status, again } = await look({
      cronJob: cronJob(),
      now: '00:04:00',
    });
    expect(created).toEqual([]);
    expect(status).toBeUndefined();
    expect(again).toBe(6 * 60_000 + 100);
  });

  it('starts the Job that is due, once', async () => {
    const { created, status, said, again } = await look({
      cronJob: cronJob(),
      now: '00:10:01',
    });
    const name = `import-${minute('00:10:00')}`;
    expect(created).toEqual([name]);
    expect(said).toEqual(['SuccessfulCreate']);
    expect(status).toMatchObject({
      active: [{ name }],
      lastScheduleTime: '2026-01-01T00:10:00Z',
    });
    expect(again).toBe(10 * 60_000 - 1_000 + 100);
    const second = await look({
      cronJob: cronJob({}, status),
      jobs: [job(name)],
      now: '00:10:02',
    });
    expect(second.created).toEqual([]);
  });

  it('does nothing while it is suspended', async () => {
    const { created, again } = await look({
      cronJob: cronJob({ suspend: true }),
      now: '00:10:01',
    });
    expect(created).toEqual([]);
    expect(again).toBeUndefined();
  });

  it('starts in its time zone', async () => {
    const spec = { schedule: '0 9 * * *', timeZone: 'Europe/Berlin' };
    const { created } = await look({
      cronJob: cronJob(spec),
      now: '08:00:01',
    });
    expect(created).toEqual([`import-${minute('08:00:00')}`]);
  });

  it('does not start what is too late', async () => {
    const late = cronJob({ startingDeadlineSeconds: 60 });
    const inTime = await look({ cronJob: late, now: '00:10:59' });
    expect(inTime.created).toHaveLength(1);
    const { created, again } = await look({ cronJob: late, now: '00:11:01' });
    expect(created).toEqual([]);
    expect(again).toBe(9 * 60_000 - 1_000 + 100);
  });

  it.each([
    ['Allow', [], 1],
    ['Forbid', [], 0],
    ['Replace', ['old'], 1],
  ])('with %s beside a Job that runs', async (policy, deleted, created) => {
    const seen = await look({
      cronJob: cronJob(
        { concurrencyPolicy: policy },
        { active: [active('old')], lastScheduleTime: '2026-01-01T00:10:00Z' },
      ),
      jobs: [job('old')],
      now: '00:20:01',
    });
    expect(seen.deleted).toEqual(deleted);
    expect(seen.created).toHaveLength(created);
    expect(seen.said).toEqual(
      {
        Allow: ['SuccessfulCreate'],
        Forbid: ['JobAlreadyActive'],
        Replace: ['SuccessfulDelete', 'SuccessfulCreate'],
      }[policy],
    );
  });

  it('notes what finished, and keeps no more of it than it may', async () => {
    const jobs = [
      job('a', 'Complete', '2026-01-01T00:00:01Z'),
      job('b', 'Complete', '2026-01-01T00:00:02Z'),
      job('c', 'Failed', '2026-01-01T00:00:03Z'),
      job('d', 'Failed', '2026-01-01T00:00:04Z'),
    ];
    const { deleted, said, status } = await look({
      cronJob: cronJob(
        { successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 1 },
        { active: [active('b'), active('d')] },
      ),
      jobs,
      now: '00:05:00',
    });
    expect(deleted).toEqual(['a', 'c']);
    expect(said.filter(it => it === 'SawCompletedJob')).toHaveLength(2);
    expect(status).toEqual({ lastSuccessfulTime: '2026-01-01T00:00:02Z' });
  });

  it.each([
    [{ schedule: '* * *' }, 'UnparseableSchedule'],
    [{ timeZone: 'Mars/Base' }, 'UnknownTimeZone'],
    [{ schedule: '59 23 31 2 *' }, 'InvalidSchedule'],
  ])('says that %j is no schedule', async (spec, reason) => {
    const { said, again } = await look({
      cronJob: cronJob(spec),
      now: '00:10:01',
    });
    expect(said).toEqual([reason]);
    expect(again).toBeUndefined();
  });
});
