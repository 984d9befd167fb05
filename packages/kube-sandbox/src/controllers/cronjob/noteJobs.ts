import { ApiClient, ApiError, Job, resources } from '../../client';
import { finishedAs } from '../job/conditions';
import { CronJobPass } from './CronJobPass';

interface Options {
  client: ApiClient;
  pass: CronJobPass;
  /** Those that the CronJob controls. */
  jobs: Job[];
}

/** Notes in the status which Jobs have finished, and which have gone. */
export async function noteJobs(options: Options): Promise<void> {
  for (const job of options.jobs) {
    if (finishedAs(job)) {
      noteFinished(options.pass, job);
    } else {
      await noteUnexpected(options, job);
    }
  }
  await noteMissing(options);
}

function noteFinished(pass: CronJobPass, job: Job): void {
  const { name, uid } = job.metadata;
  const ending = finishedAs(job);
  if (pass.isActive(uid)) {
    pass.removeActive(uid);
    pass.say(
      'SawCompletedJob',
      `Saw completed job: ${name}, condition: ${ending}`,
    );
  }
  const { completionTime = '' } = job.status ?? {};
  if (
    ending === 'Complete' &&
    completionTime > (pass.status.lastSuccessfulTime ?? '')
  ) {
    pass.change({ lastSuccessfulTime: completionTime });
  }
}

async function noteUnexpected(
  { client, pass }: Options,
  job: Job,
): Promise<void> {
  const { uid } = job.metadata;
  if (pass.isActive(uid)) {
    return;
  }
  const { namespace, name = '' } = pass.cronJob.metadata;
  // The cache may lag behind the status that this controller wrote itself.
  const fresh = await client.get(resources.cronJobs, { namespace, name });
  if (fresh.status?.active?.some(active => active.uid === uid)) {
    pass.refresh(fresh);
  } else {
    pass.warn(
      'UnexpectedJob',
      `Saw a job that the controller did not create or forgot: ${job.metadata.name}`,
    );
  }
}

async function noteMissing({ client, pass, jobs }: Options): Promise<void> {
  const present = new Set(jobs.map(({ metadata }) => metadata.uid));
  for (const { uid, namespace, name } of pass.active) {
    if (!present.has(uid)) {
      try {
        await client.get(resources.jobs, { namespace, name });
      } catch (error) {
        if (!ApiError.is(error, 404)) {
          throw error;
        }
        pass.removeActive(uid);
        pass.say('MissingJob', `Active job went missing: ${name}`);
      }
    }
  }
}
