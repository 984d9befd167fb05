import {
  ActiveJob,
  ApiClient,
  ApiError,
  CronJob,
  CronJobStatus,
  EventRecorder,
  isNamespaceTerminating,
  Job,
  resources,
  timestamp,
} from '../../client';
import { isTimeZone, parseSchedule, Schedule } from '../../schedule/Schedule';
import { finishedAs } from '../job/conditions';
import { isControlledBy } from '../ownership';
import { dueTime, untilNextStart } from './dueTime';
import { jobsToForget } from './jobsToForget';
import { jobName, newJob } from './newJob';

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

/** One look at one CronJob: tidies up, notes what finished, starts the Job that is due. */
export class CronJobSync {
  private readonly status: CronJobStatus;
  private changed = false;

  constructor(private readonly options: Options) {
    const { status } = options.cronJob;
    this.status = { ...status, active: [...(status?.active ?? [])] };
  }

  /** Resolves to the milliseconds until it has to be looked at again, if ever. */
  async run(): Promise<number | undefined> {
    const { client, cronJob, jobs } = this.options;
    for (const job of jobsToForget(cronJob, jobs)) {
      await this.delete(job);
    }
    let again: number | undefined;
    let problem: unknown;
    try {
      await this.noteFinished();
      await this.noteMissing();
      again = await this.start();
    } catch (error) {
      problem = error;
    }
    if (this.changed) {
      const { active = [], ...rest } = this.status;
      await client.updateStatus(resources.cronJobs, {
        ...cronJob,
        status: { ...rest, ...(active.length > 0 && { active }) },
      });
    }
    if (problem) {
      throw problem;
    }
    return again;
  }

  private get active(): ActiveJob[] {
    return this.status.active ?? [];
  }

  private isActive(uid: string | undefined): boolean {
    return this.active.some(job => job.uid === uid);
  }

  private removeActive(uid: string | undefined): void {
    this.status.active = this.active.filter(job => job.uid !== uid);
    this.changed = true;
  }

  private async noteFinished(): Promise<void> {
    for (const job of this.options.jobs) {
      const { name, uid } = job.metadata;
      const ending = finishedAs(job);
      if (!ending) {
        await this.noteUnexpected(job);
        continue;
      }
      if (this.isActive(uid)) {
        this.removeActive(uid);
        this.say(
          'SawCompletedJob',
          `Saw completed job: ${name}, condition: ${ending}`,
        );
      }
      const { completionTime } = job.status ?? {};
      if (
        ending === 'Complete' &&
        completionTime &&
        completionTime > (this.status.lastSuccessfulTime ?? '')
      ) {
        this.status.lastSuccessfulTime = completionTime;
        this.changed = true;
      }
    }
  }

  private async noteUnexpected(job: Job): Promise<void> {
    const { client, cronJob } = this.options;
    const { namespace, name = '' } = cronJob.metadata;
    if (this.isActive(job.metadata.uid)) {
      return;
    }
    // The cache may lag behind the status that this controller wrote itself.
    const fresh = await client.get(resources.cronJobs, { namespace, name });
    const known = fresh.status?.active?.some(
      ({ uid }) => uid === job.metadata.uid,
    );
    if (known) {
      this.options.cronJob = fresh;
      this.status.active = [...(fresh.status?.active ?? [])];
      this.status.lastScheduleTime = fresh.status?.lastScheduleTime;
    } else {
      this.warn(
        'UnexpectedJob',
        `Saw a job that the controller did not create or forgot: ${job.metadata.name}`,
      );
    }
  }

  private async noteMissing(): Promise<void> {
    const { client, jobs } = this.options;
    const present = new Set(jobs.map(({ metadata }) => metadata.uid));
    for (const { uid, namespace, name } of this.active) {
      if (!present.has(uid)) {
        try {
          await client.get(resources.jobs, { namespace, name });
        } catch (error) {
          if (!ApiError.is(error, 404)) {
            throw error;
          }
          this.removeActive(uid);
          this.say('MissingJob', `Active job went missing: ${name}`);
        }
      }
    }
  }

  private async start(): Promise<number | undefined> {
    const { cronJob, now } = this.options;
    const { spec, metadata } = cronJob;
    if (metadata.deletionTimestamp) {
      return undefined;
    }
    const { timeZone } = spec;
    if (timeZone !== undefined && !isTimeZone(timeZone)) {
      this.warn(
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
    return untilNextStart(
      { ...cronJob, status: this.status },
      { schedule, now },
    );
  }

  private schedule(): Schedule | undefined {
    const { schedule, timeZone } = this.options.cronJob.spec;
    const quoted = JSON.stringify(schedule);
    if (schedule.includes('TZ')) {
      this.warn(
        'UnsupportedSchedule',
        `CRON_TZ or TZ used in schedule ${quoted} is not officially supported, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details`,
      );
    }
    try {
      return parseSchedule(schedule, timeZone);
    } catch (error) {
      this.warn(
        'UnparseableSchedule',
        `unparseable schedule: ${quoted} : ${messageOf(error)}`,
      );
      return undefined;
    }
  }

  private due(schedule: Schedule): number | 'invalid' | undefined {
    const { cronJob, now } = this.options;
    try {
      const { due, tooMany } = dueTime(
        { ...cronJob, status: this.status },
        { schedule, now },
      );
      if (tooMany) {
        this.warn(
          'TooManyMissedTimes',
          'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew',
        );
      }
      return due;
    } catch (error) {
      this.warn(
        'InvalidSchedule',
        `invalid schedule: ${cronJob.spec.schedule} : ${messageOf(error)}`,
      );
      return 'invalid';
    }
  }

  private async startAt(due: number): Promise<void> {
    const { cronJob, now } = this.options;
    const { startingDeadlineSeconds, concurrencyPolicy } = cronJob.spec;
    if (
      startingDeadlineSeconds !== undefined &&
      due + startingDeadlineSeconds * 1_000 < now
    ) {
      const at = new Date(due).toUTCString().replace('GMT', '+0000');
      this.warn('MissSchedule', `Missed scheduled time to start a job: ${at}`);
      return;
    }
    const name = jobName(cronJob, due);
    if (
      this.active.some(job => job.name === name) ||
      Date.parse(this.status.lastScheduleTime ?? '') === due
    ) {
      return;
    }
    if (concurrencyPolicy === 'Forbid' && this.active.length > 0) {
      this.say(
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
      this.status.active = [
        ...this.active,
        {
          kind: 'Job',
          namespace: metadata.namespace,
          name: metadata.name ?? '',
          uid: metadata.uid ?? '',
          apiVersion: 'batch/v1',
          resourceVersion: metadata.resourceVersion,
        },
      ];
      this.status.lastScheduleTime = timestamp(due);
      this.changed = true;
    }
  }

  private async replaceActive(): Promise<void> {
    const { client } = this.options;
    for (const { namespace, name } of this.active) {
      try {
        await this.delete(
          await client.get(resources.jobs, { namespace, name }),
        );
      } catch (error) {
        this.warn('FailedGet', `Get job: ${messageOf(error)}`);
        throw error;
      }
    }
  }

  /** Undefined where the Job of this start is there already, and known or none of ours. */
  private async create(due: number): Promise<Job | undefined> {
    const { client, cronJob } = this.options;
    const wanted = newJob(cronJob, due);
    try {
      const job = await client.create(resources.jobs, wanted);
      this.say('SuccessfulCreate', `Created job ${job.metadata.name}`);
      return job;
    } catch (error) {
      if (ApiError.is(error, 409)) {
        const { namespace, name = '' } = wanted.metadata;
        const job = await client.get(resources.jobs, { namespace, name });
        return isControlledBy(job, cronJob) && !this.isActive(job.metadata.uid)
          ? job
          : undefined;
      }
      if (!isNamespaceTerminating(error)) {
        this.warn('FailedCreate', `Error creating job: ${messageOf(error)}`);
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
      this.warn('FailedDelete', `Deleted job: ${messageOf(error)}`);
      throw error;
    }
    this.removeActive(uid);
    this.say('SuccessfulDelete', `Deleted job ${name}`);
  }

  private say(reason: string, message: string): void {
    this.record('Normal', reason, message);
  }

  private warn(reason: string, message: string): void {
    this.record('Warning', reason, message);
  }

  private record(
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
  ): void {
    const { events, cronJob: object } = this.options;
    const resource = resources.cronJobs;
    events.record({ object, resource, type, reason, message });
  }
}
