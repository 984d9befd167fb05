import assert from 'node:assert/strict';
import { conditionStory, eventStory, job, jobIs } from '../batch';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';

const FINALIZER = 'batch.kubernetes.io/job-tracking';
const INDEX = 'batch.kubernetes.io/job-completion-index';

async function podsOf(t: ContractContext, name: string): Promise<any[]> {
  const { items } = await t.list('pods', {
    labelSelector: `batch.kubernetes.io/job-name=${name}`,
  });
  return items;
}

/** Waits for pods of a Job of which so many are as wanted. */
async function pods(
  t: ContractContext,
  options: { name: string; count: number; what: string; is(pod: any): boolean },
): Promise<any[]> {
  let found: any[] = [];
  await t.eventuallyTrue(
    `${options.count} pods of ${options.name} ${options.what}`,
    async () => {
      found = (await podsOf(t, options.name)).filter(options.is);
      return found.length === options.count;
    },
  );
  return found;
}

const isRunning = (pod: any) => pod.status.phase === 'Running';
const isSettled = (body: any) => (body.status?.terminating ?? 1) === 0;

/** Jobs, their pods and how they end. */
export const jobCases = area(
  'job',
  {
    'a pod runs once and the Job is complete': async t => {
      const created = await t.create('jobs', job('a'));
      const { status, metadata, spec } = await jobIs(t, 'a', 'Complete');
      assert.deepEqual(conditionStory({ status }), [
        'SuccessCriteriaMet=True CompletionsReached',
        'Complete=True CompletionsReached',
      ]);
      const { startTime, completionTime, conditions, ...counts } = status;
      assert.equal(
        conditions[1].message,
        'Reached expected number of succeeded pods',
      );
      assert.ok(Date.parse(startTime) <= Date.parse(completionTime));
      assert.equal(completionTime, conditions[1].lastTransitionTime);
      assert.deepEqual(counts, {
        ready: 0,
        succeeded: 1,
        terminating: 0,
        uncountedTerminatedPods: {},
      });
      const uid = created.metadata.uid;
      assert.deepEqual(spec.selector, {
        matchLabels: { 'batch.kubernetes.io/controller-uid': uid },
      });
      const [pod] = await podsOf(t, 'a');
      const labels = Object.entries(pod.metadata.labels).filter(
        ([label]) => !label.startsWith('topology.kubernetes.io/'),
      );
      assert.deepEqual(Object.fromEntries(labels), {
        'batch.kubernetes.io/controller-uid': uid,
        'batch.kubernetes.io/job-name': 'a',
        'controller-uid': uid,
        'job-name': 'a',
      });
      assert.equal(pod.metadata.generateName, 'a-');
      assert.equal(pod.metadata.finalizers, undefined);
      assert.equal(pod.status.phase, 'Succeeded');
      assert.equal(pod.metadata.ownerReferences[0].uid, metadata.uid);
      await t.eventuallyTrue('the events', async () => {
        const events = await eventStory(t, created);
        return (
          events.length === 2 &&
          events[0] ===
            `Normal SuccessfulCreate: Created pod: ${pod.metadata.name}` &&
          events[1] === 'Normal Completed: Job completed'
        );
      });
    },

    'a running pod is held by a finalizer and counted as active': async t => {
      await t.create('jobs', job('a', {}, { image: 'shop/import:1-runs-60s' }));
      await pods(t, { name: 'a', count: 1, what: 'running', is: isRunning });
      const { status } = await t.eventually({
        resource: 'jobs',
        name: 'a',
        what: 'having a ready pod',
        is: body => body.status?.ready === 1,
      });
      const { startTime, ...counts } = status;
      assert.ok(startTime);
      assert.deepEqual(counts, {
        active: 1,
        ready: 1,
        terminating: 0,
        uncountedTerminatedPods: {},
      });
      const [pod] = await podsOf(t, 'a');
      assert.deepEqual(pod.metadata.finalizers, [FINALIZER]);
    },

    'completions run with the parallelism asked for': async t => {
      await t.create('jobs', job('a', { completions: 3, parallelism: 2 }));
      const watch = await t.watch('pods', { resourceVersion: '0' });
      const { status } = await jobIs(t, 'a', 'Complete');
      watch.close();
      assert.equal(status.succeeded, 3);
      const phases = (await podsOf(t, 'a')).map(it => it.status.phase);
      assert.deepEqual(phases, ['Succeeded', 'Succeeded', 'Succeeded']);
    },

    'a work queue is complete once one pod succeeded and none runs':
      async t => {
        await t.create('jobs', job('a', { parallelism: 2 }));
        const { status, spec } = await jobIs(t, 'a', 'Complete');
        assert.equal(spec.completions, undefined);
        assert.equal(status.succeeded, 2);
      },

    'an Indexed Job gives each pod its index': async t => {
      await t.create(
        'jobs',
        job('a', {
          completions: 3,
          parallelism: 3,
          completionMode: 'Indexed',
        }),
      );
      const { status } = await jobIs(t, 'a', 'Complete');
      assert.equal(status.completedIndexes, '0-2');
      assert.equal(status.succeeded, 3);
      const found = (await podsOf(t, 'a')).map(({ metadata, spec }) => ({
        index: metadata.annotations[INDEX],
        label: metadata.labels[INDEX],
        hostname: spec.hostname,
        generateName: metadata.generateName,
        env: spec.containers[0].env,
      }));
      assert.deepEqual(
        found.sort((x, y) => Number(x.index) - Number(y.index)),
        ['0', '1', '2'].map(index => ({
          index,
          label: index,
          hostname: `a-${index}`,
          generateName: `a-${index}-`,
          env: [
            {
              name: 'JOB_COMPLETION_INDEX',
              valueFrom: {
                fieldRef: {
                  apiVersion: 'v1',
                  fieldPath: `metadata.labels['${INDEX}']`,
                },
              },
            },
          ],
        })),
      );
    },

    'a Job whose pods fail has failed once its limit is reached': async t => {
      const created = await t.create(
        'jobs',
        job('a', { backoffLimit: 0 }, { image: 'shop/import:1-crash' }),
      );
      const { status } = await jobIs(t, 'a', 'Failed');
      assert.deepEqual(conditionStory({ status }), [
        'FailureTarget=True BackoffLimitExceeded',
        'Failed=True BackoffLimitExceeded',
      ]);
      assert.equal(
        status.conditions[1].message,
        'Job has reached the specified backoff limit',
      );
      const { startTime, conditions, ...counts } = status;
      assert.deepEqual(counts, {
        failed: 1,
        ready: 0,
        terminating: 0,
        uncountedTerminatedPods: {},
      });
      const [pod] = await podsOf(t, 'a');
      assert.equal(pod.status.phase, 'Failed');
      assert.equal(pod.metadata.finalizers, undefined);
      await t.eventuallyTrue('the event', async () =>
        (
          await eventStory(t, created)
        ).includes(
          'Warning BackoffLimitExceeded: Job has reached the specified backoff limit',
        ),
      );
    },

    'a failed pod is replaced after a pause': async t => {
      await t.create(
        'jobs',
        job('a', { backoffLimit: 1 }, { image: 'shop/import:1-crash' }),
      );
      const { status } = await jobIs(t, 'a', 'Failed');
      assert.equal(status.failed, 2);
      const created = (await podsOf(t, 'a'))
        .map(it => Date.parse(it.metadata.creationTimestamp))
        .sort();
      assert.ok(created[1] - created[0] >= 1_000);
    },

    'containers that restart in place count against the limit': async t => {
      await t.create(
        'jobs',
        job(
          'a',
          { backoffLimit: 1 },
          { image: 'shop/import:1-crash', restartPolicy: 'OnFailure' },
        ),
      );
      const { status } = await jobIs(t, 'a', 'Failed');
      assert.equal(status.conditions[0].reason, 'BackoffLimitExceeded');
      assert.equal(status.failed, 1);
      // The pod that restarted is deleted, and not kept for its log.
      await t.eventuallyTrue(
        'no pods',
        async () => (await podsOf(t, 'a')).length === 0,
      );
    },

    'a Job past its deadline fails and its pods are deleted': async t => {
      const created = await t.create(
        'jobs',
        job(
          'a',
          { activeDeadlineSeconds: 4 },
          { image: 'shop/import:1-runs-60s' },
        ),
      );
      const { status } = await jobIs(t, 'a', 'Failed');
      assert.deepEqual(conditionStory({ status }), [
        'FailureTarget=True DeadlineExceeded',
        'Failed=True DeadlineExceeded',
      ]);
      assert.equal(
        status.conditions[1].message,
        'Job was active longer than specified deadline',
      );
      await t.eventuallyTrue(
        'no pods',
        async () => (await podsOf(t, 'a')).length === 0,
      );
      await t.eventuallyTrue('the events', async () => {
        const events = await eventStory(t, created);
        return (
          events.some(it =>
            /^Normal SuccessfulDelete: Deleted pod: a-/.test(it),
          ) &&
          events.includes(
            'Warning DeadlineExceeded: Job was active longer than specified deadline',
          )
        );
      });
    },

    'a suspended Job has no pods, and resumes': async t => {
      const created = await t.create('jobs', job('a', { suspend: true }));
      const suspended = await jobIs(t, 'a', 'Suspended');
      assert.deepEqual(conditionStory(suspended), [
        'Suspended=True JobSuspended',
      ]);
      assert.equal(suspended.status.startTime, undefined);
      assert.deepEqual(await podsOf(t, 'a'), []);
      await t.merge('jobs', 'a', { spec: { suspend: false } });
      const { status } = await jobIs(t, 'a', 'Complete');
      assert.deepEqual(conditionStory({ status }), [
        'Suspended=False JobResumed',
        'SuccessCriteriaMet=True CompletionsReached',
        'Complete=True CompletionsReached',
      ]);
      await t.eventuallyTrue('the events', async () => {
        const events = await eventStory(t, created);
        return ['Suspended: Job suspended', 'Resumed: Job resumed'].every(it =>
          events.includes(`Normal ${it}`),
        );
      });
    },

    'suspending a Job deletes its pods without counting them': async t => {
      await t.create('jobs', job('a', {}, { image: 'shop/import:1-runs-60s' }));
      await pods(t, { name: 'a', count: 1, what: 'running', is: isRunning });
      await t.merge('jobs', 'a', { spec: { suspend: true } });
      await jobIs(t, 'a', 'Suspended');
      await pods(t, { name: 'a', count: 0, what: 'left', is: () => true });
      const { status } = await t.eventually({
        resource: 'jobs',
        name: 'a',
        what: 'having no pods that end',
        is: isSettled,
      });
      assert.equal(status.failed, undefined);
      assert.equal(status.active, undefined);
    },

    'a policy fails the Job at once for an exit code': async t => {
      await t.create(
        'jobs',
        job(
          'a',
          {
            backoffLimit: 6,
            podFailurePolicy: {
              rules: [
                {
                  action: 'FailJob',
                  onExitCodes: {
                    containerName: 'main',
                    operator: 'In',
                    values: [1],
                  },
                },
              ],
            },
          },
          { image: 'shop/import:1-crash' },
        ),
      );
      const { status, spec } = await jobIs(t, 'a', 'Failed');
      const [pod] = await podsOf(t, 'a');
      assert.deepEqual(conditionStory({ status }), [
        'FailureTarget=True PodFailurePolicy',
        'Failed=True PodFailurePolicy',
      ]);
      assert.equal(
        status.conditions[1].message,
        `Container main for pod ${t.namespace}/${pod.metadata.name} failed with exit code 1 matching FailJob rule at index 0`,
      );
      assert.equal(status.failed, 1);
      assert.equal(spec.podReplacementPolicy, 'Failed');
    },

    'a policy leaves failures out of the count': async t => {
      await t.create(
        'jobs',
        job(
          'a',
          {
            backoffLimit: 0,
            podFailurePolicy: {
              rules: [
                {
                  action: 'Ignore',
                  onExitCodes: { operator: 'NotIn', values: [7] },
                },
              ],
            },
          },
          { image: 'shop/import:1-crash' },
        ),
      );
      await pods(t, {
        name: 'a',
        count: 1,
        what: 'failed and let go',
        is: it => it.status.phase === 'Failed' && !it.metadata.finalizers,
      });
      const { status } = await t.read('jobs', 'a');
      assert.equal(status.failed, undefined);
      assert.equal(status.conditions, undefined);
    },

    'a limit per index lets other indexes go on': async t => {
      await t.create(
        'jobs',
        job(
          'a',
          {
            completions: 2,
            parallelism: 2,
            completionMode: 'Indexed',
            backoffLimitPerIndex: 0,
          },
          { image: 'shop/import:1-crash' },
        ),
      );
      const { status, spec } = await jobIs(t, 'a', 'Failed');
      assert.equal(spec.backoffLimit, 2147483647);
      assert.equal(status.conditions[1].reason, 'FailedIndexes');
      assert.equal(status.conditions[1].message, 'Job has failed indexes');
      assert.equal(status.failedIndexes, '0,1');
      assert.equal(status.failed, 2);
      const annotations = (await podsOf(t, 'a')).map(
        it =>
          it.metadata.annotations[
            'batch.kubernetes.io/job-index-failure-count'
          ],
      );
      assert.deepEqual(annotations, ['0', '0']);
    },

    'too many failed indexes fail the Job': async t => {
      await t.create(
        'jobs',
        job(
          'a',
          {
            completions: 4,
            parallelism: 2,
            completionMode: 'Indexed',
            backoffLimitPerIndex: 0,
            maxFailedIndexes: 1,
          },
          { image: 'shop/import:1-crash' },
        ),
      );
      const { status } = await jobIs(t, 'a', 'Failed');
      assert.equal(status.conditions[1].reason, 'MaxFailedIndexesExceeded');
      assert.equal(
        status.conditions[1].message,
        'Job has exceeded the specified maximal number of failed indexes',
      );
    },

    'a success policy completes the Job before all indexes': async t => {
      await t.create(
        'jobs',
        job('a', {
          completions: 5,
          parallelism: 1,
          completionMode: 'Indexed',
          successPolicy: { rules: [{ succeededIndexes: '0-1' }] },
        }),
      );
      const { status } = await jobIs(t, 'a', 'Complete');
      assert.deepEqual(conditionStory({ status }), [
        'SuccessCriteriaMet=True SuccessPolicy',
        'Complete=True SuccessPolicy',
      ]);
      assert.equal(status.conditions[1].message, 'Matched rules at index 0');
    },

    'a finished Job is deleted with its pods after its time': async t => {
      await t.create('jobs', job('a', { ttlSecondsAfterFinished: 6 }));
      await jobIs(t, 'a', 'Complete');
      await t.gone('jobs', 'a');
      await t.eventuallyTrue(
        'no pods',
        async () => (await podsOf(t, 'a')).length === 0,
      );
    },

    'scaling an Indexed Job down makes it complete': async t => {
      await t.create(
        'jobs',
        job(
          'a',
          { completions: 2, parallelism: 2, completionMode: 'Indexed' },
          { image: 'shop/import:1-runs-60s' },
        ),
      );
      await pods(t, { name: 'a', count: 2, what: 'running', is: isRunning });
      await t.merge('jobs', 'a', {
        spec: { completions: 1, parallelism: 1 },
      });
      const [pod] = await pods(t, {
        name: 'a',
        count: 1,
        what: 'left',
        is: () => true,
      });
      assert.equal(pod.metadata.annotations[INDEX], '0');
    },

    'a pod deleted by hand counts as failed and is replaced': async t => {
      await t.create('jobs', job('a', {}, { image: 'shop/import:1-runs-60s' }));
      const [first] = await pods(t, {
        name: 'a',
        count: 1,
        what: 'running',
        is: isRunning,
      });
      await t.remove('pods', first.metadata.name);
      await t.gone('pods', first.metadata.name);
      const { status } = await t.eventually({
        resource: 'jobs',
        name: 'a',
        what: 'counting the failure',
        is: body => body.status.failed === 1,
      });
      assert.deepEqual(status.uncountedTerminatedPods, {});
      await pods(t, { name: 'a', count: 1, what: 'running', is: isRunning });
    },

    'deleting a Job in the background deletes its pods': async t => {
      await t.create('jobs', job('a', {}, { image: 'shop/import:1-runs-60s' }));
      await pods(t, { name: 'a', count: 1, what: 'running', is: isRunning });
      await t.remove('jobs', 'a', { propagationPolicy: 'Background' });
      await t.gone('jobs', 'a');
      await t.eventuallyTrue(
        'no pods',
        async () => (await podsOf(t, 'a')).length === 0,
      );
    },

    'deleting a Job without saying how leaves its pods': async t => {
      await t.create('jobs', job('a', {}, { image: 'shop/import:1-runs-60s' }));
      await pods(t, { name: 'a', count: 1, what: 'running', is: isRunning });
      const response = await t.client.delete(t.path('jobs', 'a'));
      assert.equal(response.status, 200, response.text);
      assert.equal(
        response.headers.warning,
        '299 - "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning"',
      );
      await t.gone('jobs', 'a');
      await pods(t, {
        name: 'a',
        count: 1,
        what: 'orphaned and let go',
        is: it => !it.metadata.ownerReferences && !it.metadata.finalizers,
      });
    },
  },
  { controllers: true },
);
