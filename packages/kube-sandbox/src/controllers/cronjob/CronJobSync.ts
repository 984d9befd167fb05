import {
  ApiClient,
  ApiError,
  CronJob,
  EventRecorder,
  isNamespaceTerminating,
  Job,
  resources,
  timestamp,
} from '../../client';
import { isTimeZone, parseSchedule, Schedule } from '../../schedule/Schedule';
import { isControlledBy } from '../ownership';
import { CronJobPass } from './CronJobPass';
import { dueTime, untilNextStart } from './dueTime';
import { jobsToForget } from './jobsToForget';
import { jobName, newJob } from './newJob';
import { noteJobs } from './noteJobs';

interface Options {
  client: ApiClient;
  events: EventRecorder;
  cronJob: CronJob;
  /** Those that it controls. */
  jobs: Job[];
  now: number;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Looks at one CronJob: tidies up, notes what finished, starts the Job that is due. */
export class CronJobSync {
  private readonly pass: CronJobPass;

  constructor(private readonly options: Options) {
    this.pass = new CronJobPass(options);
  }

  /** Resolves to the milliseconds until it has to be looked at again, if ever. */
  async run(): Promise<number | undefined> {
    const { client, jobs } = this.options;
    const { pass } = this;
    for (const job of jobsToForget(pass.cronJob, jobs)) {
      await this.delete(job);
    }
    let again: number | undefined;
    let problem: unknown;
    try {
      await noteJobs({ client, pass, jobs });
      again = await this.start();
    } catch (error) {
      problem = error;
    }
    await pass.write();
    if (problem) {
      throw problem;
    }
    return again;
  }

  private async start(): Promise<number | undefined> {
    const { now } = this.options;
    const { cronJob } = this.pass;
    const { spec, metadata } = cronJob;
    if (metadata.deletionTimestamp) {
      return undefined;
    }
    const { timeZone } = spec;
    if (timeZone !== undefined && !isTimeZone(timeZone)) {
      this.pass.warn(
        'UnknownTimeZone',
        `invalid timeZone: ${JSON.stringify(
          timeZone,
        )}: unknown time zone ${timeZone}`,
      );
      return undefined;
    }
    if (spec.suspend) {
      return undefined;
    }
    const schedule = this.schedule();
    const due = schedule && this.due(schedule);
    if (!schedule || due === 'invalid') {
      return undefined;
    }
    if (due !== undefined) {
      await this.startAt(due);
    }
    return untilNextStart(this.pass.cronJob, { schedule, now });
  }

  private schedule(): Schedule | undefined {
    const { schedule, timeZone } = this.pass.cronJob.spec;
    const quoted = JSON.stringify(schedule);
    if (schedule.includes('TZ')) {
      this.pass.warn(
        'UnsupportedSchedule',
        `CRON_TZ or TZ used in schedule ${quoted} is not officially supported, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details`,
      );
    }
    try {
      return parseSchedule(schedule, timeZone);
    } catch (error) {
      this.pass.warn(
        'UnparseableSchedule',
        `unparseable schedule: ${quoted} : ${messageOf(error)}`,
      );
      return undefined;
    }
  }

  private due(schedule: Schedule): number | 'invalid' | undefined {
    const { now } = this.options;
    const { cronJob } = this.pass;
    try {
      const { due, tooMany } = dueTime(cronJob, { schedule, now });
      if (tooMany) {
        this.pass.warn(
          'TooManyMissedTimes',
          'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew',
        );
      }
      return due;
    } catch (error) {
      this.pass.warn(
        'InvalidSchedule',
        `invalid schedule: ${cronJob.spec.schedule} : ${messageOf(error)}`,
      );
      return 'invalid';
    }
  }

  private async startAt(due: number): Promise<void> {
    const { now } = this.options;
    const { cronJob } = this.pass;
    const { startingDeadlineSeconds, concurrencyPolicy } = cronJob.spec;
    if (
      startingDeadlineSeconds !== undefined &&
      due + startingDeadlineSeconds * 1_000 < now
    ) {
      const at = new Date(due).toUTCString().replace('GMT', '+0000');
      this.pass.warn(
        'MissSchedule',
        `Missed scheduled time to start a job: ${at}`,
      );
      return;
    }
    const name = jobName(cronJob, due);
    if (
      this.pass.active.some(job => job.name === name) ||
      Date.parse(this.pass.status.lastScheduleTime ?? '') === due
    ) {
      return;
    }
    if (concurrencyPolicy === 'Forbid' && this.pass.active.length > 0) {
      this.pass.say(
        'JobAlreadyActive',
        'Not starting job because prior execution is running and concurrency policy is Forbid',
      );
      return;
    }
    if (concurrencyPolicy === 'Replace') {
      await this.replaceActive();
    }
    const job = await this.create(due);
    if (job) {
      const { metadata } = job;
      this.pass.change({
        active: [
          ...this.pass.active,
          {
            kind: 'Job',
            namespace: metadata.namespace,
            name: metadata.name ?? '',
            uid: metadata.uid ?? '',
            apiVersion: 'batch/v1',
            resourceVersion: metadata.resourceVersion,
          },
        ],
        lastScheduleTime: timestamp(due),
      });
    }
  }

  private async replaceActive(): Promise<void> {
    const { client } = this.options;
    for (const { namespace, name } of this.pass.active) {
      try {
        await this.delete(
          await client.get(resources.jobs, { namespace, name }),
        );
      } catch (error) {
        this.pass.warn('FailedGet', `Get job: ${messageOf(error)}`);
        throw error;
      }
    }
  }

  /** Undefined where the Job of this start is there already, and known or none of ours. */
  private async create(due: number): Promise<Job | undefined> {
    const { client } = this.options;
    const { cronJob } = this.pass;
    const wanted = newJob(cronJob, due);
    try {
      const job = await client.create(resources.jobs, wanted);
      this.pass.say('SuccessfulCreate', `Created job ${job.metadata.name}`);
      return job;
    } catch (error) {
      if (ApiError.is(error, 409)) {
        const { namespace, name = '' } = wanted.metadata;
        const job = await client.get(resources.jobs, { namespace, name });
        return isControlledBy(job, cronJob) &&
          !this.pass.isActive(job.metadata.uid)
          ? job
          : undefined;
      }
      if (!isNamespaceTerminating(error)) {
        this.pass.warn(
          'FailedCreate',
          `Error creating job: ${messageOf(error)}`,
        );
      }
      throw error;
    }
  }

  private async delete({ metadata }: Job): Promise<void> {
    const { namespace, name = '', uid } = metadata;
    try {
      await this.options.client.delete(
        resources.jobs,
        { namespace, name },
        { propagationPolicy: 'Background' },
      );
    } catch (error) {
      this.pass.warn('FailedDelete', `Deleted job: ${messageOf(error)}`);
      throw error;
    }
    this.pass.removeActive(uid);
    this.pass.say('SuccessfulDelete', `Deleted job ${name}`);
  }
}
