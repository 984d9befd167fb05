import {
  ActiveJob,
  ApiClient,
  CronJob,
  CronJobStatus,
  EventRecorder,
  resources,
} from '../../client';

/** One look at one CronJob: its status as it is going to be, and what is said of it. */
export class CronJobPass {
  readonly status: CronJobStatus;
  private isChanged = false;

  constructor(
    private readonly options: {
      client: ApiClient;
      events: EventRecorder;
      cronJob: CronJob;
    },
  ) {
    const { status } = options.cronJob;
    this.status = { ...status, active: [...(status?.active ?? [])] };
  }

  /** With the status as it is going to be. */
  get cronJob(): CronJob {
    return { ...this.options.cronJob, status: this.status };
  }

  get active(): ActiveJob[] {
    return this.status.active ?? [];
  }

  isActive(uid: string | undefined): boolean {
    return this.active.some(job => job.uid === uid);
  }

  removeActive(uid: string | undefined): void {
    this.change({ active: this.active.filter(job => job.uid !== uid) });
  }

  change(status: CronJobStatus): void {
    Object.assign(this.status, status);
    this.isChanged = true;
  }

  /** Goes on from a newer version than the cache has. */
  refresh(cronJob: CronJob): void {
    const { active = [], lastScheduleTime } = cronJob.status ?? {};
    this.options.cronJob = cronJob;
    Object.assign(this.status, { active: [...active], lastScheduleTime });
  }

  /** Writes the status, where it changed. */
  async write(): Promise<void> {
    if (this.isChanged) {
      const { active = [], ...rest } = this.status;
      await this.options.client.updateStatus(resources.cronJobs, {
        ...this.options.cronJob,
        status: { ...rest, ...(active.length > 0 && { active }) },
      });
    }
  }

  say(reason: string, message: string): void {
    this.record('Normal', reason, message);
  }

  warn(reason: string, message: string): void {
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
