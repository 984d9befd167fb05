import {
  ApiClient,
  Clock,
  Informer,
  Job,
  JobStatus,
  Pod,
  resources,
  splitKey,
  timestamp,
} from '../../client';
import { Expectations } from '../Expectations';
import { claim, controllerOf } from '../ownership';
import { Assessment, assess } from './assess';
import { Ending, finishedAs, withCondition } from './conditions';
import { completion, endingOf, untilDeadline } from './ending';
import { TRACKING_FINALIZER } from './jobPods';
import { Managed, deleteActive, managePods } from './managePods';
import { PodBackoff, nextBackoff } from './podBackoff';
import { PodControl } from './PodControl';
import { trackPods } from './trackPods';

const BUILT_IN = 'kubernetes.io/job-controller';

/** Brings one Job closer to its end. */
export class JobSync {
  private readonly backoffs = new Map<string, PodBackoff>();
  private readonly untracking = new Map<string, Set<string>>();
  /** Uids of Jobs that ended, until the cache shows it. */
  private readonly finished = new Set<string>();

  constructor(
    private readonly options: {
      client: ApiClient;
      jobs: Informer<Job>;
      pods: Informer<Pod>;
      clock: Clock;
      speed: number;
      control: PodControl;
      expectations: Expectations;
      /** Looks at the Job again after so many milliseconds. */
      again(key: string, ms: number): void;
    },
  ) {}

  /** The cache shows a pod without its finalizer. */
  untrackObserved(key: string, uid: string | undefined): void {
    this.untracking.get(key)?.delete(uid ?? '');
  }

  async run(key: string): Promise<void> {
    const { namespace, name } = splitKey(key);
    const cached = this.options.jobs.get(namespace, name);
    if (!cached) {
      this.options.expectations.forget(key);
      this.forget(key);
      return;
    }
    const { uid = '' } = cached.metadata;
    if (finishedAs(cached)) {
      this.forget(key);
      this.finished.delete(uid);
      return;
    }
    const { managedBy = BUILT_IN } = cached.spec;
    if (managedBy === BUILT_IN && !this.finished.has(uid)) {
      await this.advance(key, {
        ...cached,
        status: { ...cached.status },
      });
    }
  }

  private forget(key: string): void {
    this.backoffs.delete(key);
    this.untracking.delete(key);
  }

  private async advance(key: string, job: Job): Promise<void> {
    const { clock, speed, expectations, control } = this.options;
    const isSatisfied = expectations.isSatisfied(key);
    const untracking = this.untracking.get(key) ?? new Set();
    this.untracking.set(key, untracking);
    const assessment = assess({
      job,
      pods: await this.podsOf(job),
      untracked: new Set(untracking),
    });
    const now = clock.now();
    const status = job.status as JobStatus;
    if (!status.startTime && !job.spec.suspend) {
      status.startTime = timestamp(now);
    }
    const backoff = nextBackoff(this.backoffs.get(key) ?? { failures: 0 }, {
      succeeded: assessment.newlySucceeded,
      failed: assessment.newlyFailed,
    });
    const pass = {
      key,
      assessment,
      backoff,
      expectations,
      control,
      now,
      speed,
    };
    let ending = endingOf(assessment, { now, speed });
    let managed: Managed | undefined;
    let suspensionChanged = false;
    if (ending) {
      const deletion = await deleteActive(pass);
      managed = deletion;
      if (deletion.deleted !== assessment.active.length || !isSatisfied) {
        // There may be pods that the cache does not show yet.
        ending = undefined;
      }
    } else {
      this.awaitDeadline(key, job, now);
      if (isSatisfied && !job.metadata.deletionTimestamp) {
        managed = await managePods(pass);
      }
      ending = completion(
        assessment,
        managed?.active ?? assessment.active.length,
      );
      suspensionChanged =
        !ending && managed !== undefined && this.noteSuspension(job, now);
    }
    if (managed?.retryIn !== undefined) {
      this.options.again(key, managed.retryIn);
    }
    await this.finish({
      key,
      assessment,
      ending,
      managed,
      backoff,
      suspensionChanged,
    });
    if (managed?.error) {
      throw managed.error;
    }
  }

  private async finish(pass: {
    key: string;
    assessment: Assessment;
    ending?: Ending;
    managed?: Managed;
    backoff: PodBackoff;
    suspensionChanged: boolean;
  }): Promise<void> {
    const { client, clock, control } = this.options;
    const { key, assessment, ending, managed, backoff } = pass;
    const { job } = assessment;
    const status = job.status as JobStatus;
    const before = { ...status };
    status.active = managed?.active ?? assessment.active.length;
    status.ready = managed?.ready ?? assessment.ready;
    status.terminating = managed?.terminating ?? assessment.terminating;
    const { ended } = await trackPods({
      assessment: { ...assessment, terminating: status.terminating },
      ending,
      needsWrite:
        pass.suspensionChanged ||
        status.active !== (before.active ?? 0) ||
        status.ready !== before.ready ||
        status.terminating !== before.terminating,
      client,
      control,
      untracking: this.untracking.get(key) ?? new Set(),
      onFlushed: () => this.backoffs.set(key, backoff),
      now: () => clock.now(),
    });
    if (ended) {
      this.finished.add(job.metadata.uid ?? '');
      this.announce(job, ended);
    }
  }

  private announce(job: Job, { type, reason, message }: Ending): void {
    const { control } = this.options;
    const { completions } = job.spec;
    if (type === 'Failed') {
      control.warn(job, reason, message);
      return;
    }
    if (
      completions !== undefined &&
      (job.status?.succeeded ?? 0) > completions
    ) {
      control.warn(
        job,
        'TooManySucceededPods',
        'Too many succeeded pods running after completion count reached',
      );
    }
    control.say(job, 'Completed', 'Job completed');
  }

  private async podsOf(job: Job): Promise<Pod[]> {
    const { namespace, uid } = job.metadata;
    return claim({
      client: this.options.client,
      owner: job,
      ownerResource: resources.jobs,
      selector: job.spec.selector ?? {},
      resource: resources.pods,
      candidates: this.options.pods.list(namespace).filter(pod => {
        const owner = controllerOf(pod);
        return !owner || owner.uid === uid;
      }),
      finalizer: TRACKING_FINALIZER,
    });
  }

  private awaitDeadline(key: string, job: Job, now: number): void {
    const { speed, again } = this.options;
    const left = untilDeadline(job, { now, speed });
    if (left !== undefined) {
      again(key, left);
    }
  }

  /** Says that the Job was suspended or goes on; whether that is news. */
  private noteSuspension(job: Job, now: number): boolean {
    const status = job.status as JobStatus;
    const [verb, is] = job.spec.suspend
      ? (['Suspended', 'True'] as const)
      : (['Resumed', 'False'] as const);
    const message = `Job ${verb.toLowerCase()}`;
    const { conditions, changed } = withCondition(
      status.conditions ?? [],
      { type: 'Suspended', status: is, reason: `Job${verb}`, message },
      now,
    );
    if (changed) {
      status.conditions = conditions;
      this.options.control.say(job, verb, message);
      if (!job.spec.suspend) {
        // A deadline counts from when the Job goes on.
        status.startTime = timestamp(now);
      }
    }
    return changed;
  }
}
