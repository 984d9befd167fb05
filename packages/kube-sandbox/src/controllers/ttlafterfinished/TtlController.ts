import {
  ApiError,
  Job,
  keyOf,
  resources,
  splitKey,
  WorkQueue,
} from '../../client';
import { Controller, startWhenSynced } from '../Controller';
import { conditionOf, finishedAs } from '../job/conditions';

const NAME = 'ttl-after-finished-controller';

/** Deletes finished Jobs once their `ttlSecondsAfterFinished` have passed. @public */
export const ttlController: Controller = {
  name: NAME,
  start({ client, informers, clock, logger, speed }) {
    const jobs = informers.get(resources.jobs);
    const queue = new WorkQueue({ name: NAME, sync, clock, logger });
    const enqueue = (job: Job) => {
      if (untilExpiry(job) !== undefined) {
        queue.add(keyOf(job));
      }
    };
    jobs.addHandler({ added: enqueue, updated: enqueue });
    return startWhenSynced(queue, [jobs]);

    /** Milliseconds; undefined where the Job stays. */
    function untilExpiry(job: Job): number | undefined {
      const type = finishedAs(job);
      const { ttlSecondsAfterFinished: ttl } = job.spec;
      if (!type || ttl === undefined || job.metadata.deletionTimestamp) {
        return undefined;
      }
      const finished = conditionOf(job, type)?.lastTransitionTime ?? '';
      return Date.parse(finished) + (ttl * 1000) / speed - clock.now();
    }

    async function sync(key: string): Promise<void> {
      const { namespace, name } = splitKey(key);
      const cached = jobs.get(namespace, name);
      if (!cached || !isExpired(key, cached)) {
        return;
      }
      try {
        // The cache may lag behind a change of the time that the Job has left.
        const fresh = await client.get(resources.jobs, { namespace, name });
        if (isExpired(key, fresh)) {
          await client.delete(
            resources.jobs,
            { namespace, name },
            { propagationPolicy: 'Foreground', uid: fresh.metadata.uid },
          );
        }
      } catch (error) {
        if (!ApiError.is(error, 404)) {
          throw error;
        }
      }
    }

    function isExpired(key: string, job: Job): boolean {
      const left = untilExpiry(job);
      if (left !== undefined && left > 0) {
        queue.addAfter(key, left);
      }
      return left !== undefined && left <= 0;
    }
  },
};
