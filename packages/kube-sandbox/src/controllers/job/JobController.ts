import { Job, keyOf, Pod, resources, splitKey, WorkQueue } from '../../client';
import { Controller, startWhenSynced } from '../Controller';
import { Expectations } from '../Expectations';
import { selects } from '../labels';
import { controllerOf } from '../ownership';
import { finishedAs } from './conditions';
import { isTracked } from './jobPods';
import { JobSync } from './JobSync';
import { PodControl } from './PodControl';

const NAME = 'job-controller';

/** Changes of pods are gathered for so long, as they come in crowds. */
const BATCH_MS = 1_000;

/** Runs the pods of Jobs until enough have succeeded or too many failed. @public */
export const jobController: Controller = {
  name: NAME,
  start({ client, informers, clock, logger, speed, recorder }) {
    const jobs = informers.get(resources.jobs);
    const pods = informers.get(resources.pods);
    const control = new PodControl({ client, events: recorder(NAME) });
    const expectations = new Expectations(clock);
    const sync = new JobSync({
      client,
      jobs,
      pods,
      clock,
      speed,
      control,
      expectations,
      again: enqueueAfter,
    });
    const queue = new WorkQueue({
      name: NAME,
      sync: key => sync.run(key),
      clock,
      logger,
    });
    /** Pods whose Job will not take their finalizer off any more. */
    const orphans = new WorkQueue({
      name: `${NAME}: orphans`,
      sync: releaseOrphan,
      clock,
      logger,
    });

    jobs.addHandler({
      added: job => queue.add(keyOf(job)),
      updated: jobChanged,
      deleted(job) {
        queue.add(keyOf(job));
        releasePodsOf(job);
      },
    });
    pods.addHandler({
      added: pod => podChanged(pod, 'added'),
      updated: pod => podChanged(pod, 'updated'),
      deleted: pod => podChanged(pod, 'deleted'),
    });
    const running = [
      startWhenSynced(queue, [jobs, pods]),
      startWhenSynced(orphans, [jobs, pods]),
    ];
    return { stop: () => running.forEach(part => part.stop()) };

    function enqueueAfter(key: string, ms: number): void {
      queue.addAfter(key, ms);
    }

    function enqueueSoon(job: Job): void {
      queue.addAfter(keyOf(job), BATCH_MS / speed);
    }

    function jobChanged(job: Job, old: Job): void {
      if (finishedAs(job)) {
        releasePodsOf(job);
        queue.add(keyOf(job));
      } else if (job.metadata.generation === old.metadata.generation) {
        enqueueSoon(job);
      } else {
        queue.add(keyOf(job));
      }
    }

    function releasePodsOf(job: Job): void {
      pods
        .list(job.metadata.namespace)
        .filter(
          pod => isTracked(pod) && controllerOf(pod)?.uid === job.metadata.uid,
        )
        .forEach(pod => orphans.add(keyOf(pod)));
    }

    function jobOf(pod: Pod): Job | undefined {
      const owner = controllerOf(pod);
      const job =
        owner?.kind === 'Job'
          ? jobs.get(pod.metadata.namespace, owner.name)
          : undefined;
      return job?.metadata.uid === owner?.uid ? job : undefined;
    }

    function podChanged(
      pod: Pod,
      change: 'added' | 'updated' | 'deleted',
    ): void {
      const { namespace, uid, deletionTimestamp, labels } = pod.metadata;
      const owner = controllerOf(pod);
      const job = jobOf(pod);
      if (job) {
        const key = keyOf(job);
        if (change === 'added' && !deletionTimestamp) {
          expectations.creationObserved(key);
        }
        if (change === 'deleted' || deletionTimestamp) {
          expectations.deletionObserved(key, uid);
        }
        if (change === 'deleted' || !isTracked(pod)) {
          sync.untrackObserved(key, uid);
        }
        enqueueSoon(job);
      }
      if (isTracked(pod) && (!job || finishedAs(job))) {
        orphans.add(keyOf(pod));
      }
      if (!owner && change !== 'deleted') {
        jobs
          .list(namespace)
          .filter(({ spec }) => spec.selector && selects(spec.selector, labels))
          .forEach(enqueueSoon);
      }
    }

    async function releaseOrphan(key: string): Promise<void> {
      const { namespace, name } = splitKey(key);
      const pod = pods.get(namespace, name);
      const owner = pod && controllerOf(pod);
      if (!pod || (owner && owner.kind !== 'Job')) {
        return;
      }
      const job = jobOf(pod);
      if (!job || (finishedAs(job) && !job.spec.managedBy)) {
        await control.untrack(pod);
      }
    }
  },
};
