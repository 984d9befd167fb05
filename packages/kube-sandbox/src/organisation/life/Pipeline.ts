import {
  ApiClient,
  ApiError,
  Backoff,
  Clock,
  Deployment,
  KubeObject,
  Logger,
  resources,
} from '../../client';
import { decide } from './decide';
import { LifeStep, Place } from './LifeStep';
import { cronJobs, jobFrom, jobs } from './jobFrom';

/** Finds a Deployment in any cluster of the organisation; undefined where it is gone. */
export type FindDeployment = (
  place: Place,
  name: string,
) => Promise<Deployment | undefined>;

/**
 * What changes one cluster: one step after the other, as a pipeline would over the API. Where the
 * server does not answer, the step waits for it, and those behind it wait too.
 */
export class Pipeline {
  private last: Promise<void> = Promise.resolve();
  private stopped = false;
  private readonly backoff = new Backoff({ initialMs: 500, maxMs: 10_000 });

  constructor(
    private readonly options: {
      client: ApiClient;
      clock: Clock;
      logger: Logger;
      findDeployment: FindDeployment;
    },
  ) {}

  add(step: LifeStep): void {
    this.last = this.last.then(() => this.take(step));
  }

  /** Resolves when all steps so far have been taken. */
  whenIdle(): Promise<void> {
    return this.last;
  }

  stop(): void {
    this.stopped = true;
  }

  async find({ namespace }: Place, name: string) {
    const ref = { namespace, name };
    return orNothing(this.options.client.get(resources.deployments, ref));
  }

  private async take(step: LifeStep): Promise<void> {
    const { logger, clock } = this.options;
    const what = `${step.workload} in ${step.place.namespace}`;
    while (!this.stopped) {
      try {
        const said = await (step.action.do === 'run'
          ? this.run(step)
          : this.change(step));
        this.backoff.reset();
        logger.info(`${what}: ${said}`);
        return;
      } catch (error) {
        if (
          error instanceof ApiError &&
          error.code < 500 &&
          error.code !== 429
        ) {
          logger.warn(`${what}: ${error.message}`);
          return;
        }
        await new Promise<void>(resolve =>
          clock.setTimeout(resolve, this.backoff.next()),
        );
      }
    }
  }

  private async change({ place, workload, action }: LifeStep): Promise<string> {
    const { client, findDeployment } = this.options;
    const decision = decide({
      action,
      deployment: await this.find(place, workload),
      ...(action.do === 'promote' && {
        upstream: await findDeployment(action.from, workload),
      }),
    });
    if (!decision.patch) {
      return `left alone, ${decision.leaving}`;
    }
    await client.patch(
      resources.deployments,
      { namespace: place.namespace, name: workload },
      decision.patch,
      { type: 'strategic-merge' },
    );
    return decision.saying;
  }

  private async run({ at, place, workload }: LifeStep): Promise<string> {
    const { client } = this.options;
    const { namespace } = place;
    const cronJob = await orNothing(
      client.get(cronJobs, { namespace, name: workload }),
    );
    if (!cronJob) {
      return 'left alone, it is not there';
    }
    const job = jobFrom(cronJob, at);
    await client.create(jobs, job);
    return `run as ${job.metadata.name}`;
  }
}

async function orNothing<T extends KubeObject>(
  request: Promise<T>,
): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (ApiError.is(error, 404)) return undefined;
    throw error;
  }
}
