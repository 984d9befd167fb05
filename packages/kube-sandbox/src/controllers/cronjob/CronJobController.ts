import {
  CronJob,
  Job,
  keyOf,
  resources,
  splitKey,
  WorkQueue,
} from '../../client';
import { parseSchedule } from '../../schedule/Schedule';
import { Controller, startWhenSynced } from '../Controller';
import { controllerOf } from '../ownership';
import { CronJobSync } from './CronJobSync';
import { untilNextStart } from './dueTime';

const NAME = 'cronjob-controller';

/** Starts Jobs by the clock. @public */
export const cronJobController: Controller = {
  name: NAME,
  start({ client, informers, clock, logger, recorder }) {
    const cronJobs = informers.get(resources.cronJobs);
    const jobs = informers.get(resources.jobs);
    const events = recorder(NAME);
    const queue = new WorkQueue({ name: NAME, sync, clock, logger });
    cronJobs.addHandler({
      added: cronJob => queue.add(keyOf(cronJob)),
      updated: changed,
    });
    jobs.addHandler({
      added: enqueueOwner,
      updated: enqueueOwner,
      deleted: enqueueOwner,
    });
    return startWhenSynced(queue, [cronJobs, jobs]);

    function enqueueOwner(job: Job): void {
      const owner = controllerOf(job);
      if (owner?.kind === 'CronJob') {
        queue.add(`${job.metadata.namespace}/${owner.name}`);
      }
    }

    function changed(cronJob: CronJob, old: CronJob): void {
      const { schedule, timeZone } = cronJob.spec;
      const key = keyOf(cronJob);
      if (schedule === old.spec.schedule && timeZone === old.spec.timeZone) {
        queue.add(key);
        return;
      }
      // A start that only the new schedule had in the past is none.
      const wait = untilNextStart(cronJob, {
        schedule: parseSchedule(schedule, timeZone),
        now: clock.now(),
      });
      if (wait !== undefined) {
        queue.addAfter(key, wait);
      }
    }

    async function sync(key: string): Promise<void> {
      const { namespace, name } = splitKey(key);
      const cronJob = cronJobs.get(namespace, name);
      if (!cronJob) {
        return;
      }
      const pass = new CronJobSync({
        client,
        events,
        cronJob,
        jobs: jobs
          .list(namespace)
          .filter(job => controllerOf(job)?.uid === cronJob.metadata.uid),
        now: clock.now(),
      });
      const again = await pass.run();
      if (again !== undefined) {
        queue.addAfter(key, again);
      }
    }
  },
};
