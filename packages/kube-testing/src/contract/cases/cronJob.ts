import assert from 'node:assert/strict';
import { RawResponse } from '../../client/RawKubeClient';
import { eventStory, job } from '../batch';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';

function cronJob(
  name: string,
  spec: object = {},
  more: Parameters<typeof job>[2] = {},
): any {
  const { spec: jobSpec } = job('x', {}, more);
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name },
    spec: {
      schedule: '@every 3s',
      jobTemplate: { metadata: { labels: { app: name } }, spec: jobSpec },
      ...spec,
    },
  };
}

function post(t: ContractContext, spec: object, name = 'a') {
  return t.client.post(t.path('cronjobs'), cronJob(name, spec));
}

function causes(response: RawResponse): string[] {
  assert.equal(response.status, 422, response.text);
  return response.body.details.causes.map(
    (it: any) => `${it.field}: ${it.message}`,
  );
}

/** What a CronJob may say. */
export const cronJobCases = area('cronJob', {
  'a CronJob has defaults': async t => {
    const { spec, status, metadata } = await t.create(
      'cronjobs',
      cronJob('a', { schedule: '0 4 * * *' }),
    );
    const { jobTemplate, ...rest } = spec;
    assert.deepEqual(rest, {
      concurrencyPolicy: 'Allow',
      failedJobsHistoryLimit: 1,
      schedule: '0 4 * * *',
      successfulJobsHistoryLimit: 3,
      suspend: false,
    });
    // What a Job is set to is set when it is made.
    assert.deepEqual(Object.keys(jobTemplate.spec), ['template']);
    assert.deepEqual(status, {});
    assert.equal(metadata.generation, 1);
  },

  'schedules are read as robfig/cron reads them': async t => {
    for (const [index, schedule] of [
      '@hourly',
      '@every 1h30m',
      '*/5 0-12/2 ? JAN-mar mon,FRI',
      '5/15 * * * *',
    ].entries()) {
      const { status, text } = await post(t, { schedule }, `a${index}`);
      assert.equal(status, 201, text);
    }
  },

  'schedules that are none are refused with the reason': async t => {
    const refusals: Record<string, string> = {
      '* * * *':
        'Invalid value: "* * * *": expected exactly 5 fields, found 4: [* * * *]',
      '60 * * * *':
        'Invalid value: "60 * * * *": end of range (60) above maximum (59): 60',
      '* * * * 7':
        'Invalid value: "* * * * 7": end of range (7) above maximum (6): 7',
      '* * 0 * *':
        'Invalid value: "* * 0 * *": beginning of range (0) below minimum (1): 0',
      '5-1 * * * *':
        'Invalid value: "5-1 * * * *": beginning of range (5) beyond end of range (1): 5-1',
      '*/0 * * * *':
        'Invalid value: "*/0 * * * *": step of range should be a positive number: */0',
      'x * * * *':
        'Invalid value: "x * * * *": failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax',
      '@noon': 'Invalid value: "@noon": unrecognized descriptor: @noon',
      '@every soon':
        'Invalid value: "@every soon": failed to parse duration @every soon: time: invalid duration "soon"',
      'TZ=UTC 0 4 * * *':
        'Invalid value: "TZ=UTC 0 4 * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
    };
    for (const [schedule, message] of Object.entries(refusals)) {
      assert.deepEqual(causes(await post(t, { schedule })), [
        `spec.schedule: ${message}`,
      ]);
    }
    assert.deepEqual(causes(await post(t, { schedule: '' })), [
      'spec.schedule: Required value',
    ]);
  },

  'time zones that are none are refused': async t => {
    assert.deepEqual(causes(await post(t, { timeZone: 'Mars/Base' })), [
      'spec.timeZone: Invalid value: "Mars/Base": unknown time zone Mars/Base',
    ]);
    const { status } = await post(t, { timeZone: 'Europe/Berlin' });
    assert.equal(status, 201);
  },

  'bad numbers, policies and templates are refused': async t => {
    assert.deepEqual(
      causes(
        await post(t, {
          concurrencyPolicy: 'Never',
          startingDeadlineSeconds: -1,
          successfulJobsHistoryLimit: -1,
        }),
      ),
      [
        'spec.startingDeadlineSeconds: Invalid value: -1: must be greater than or equal to 0',
        'spec.concurrencyPolicy: Unsupported value: "Never": supported values: "Allow", "Forbid", "Replace"',
        'spec.successfulJobsHistoryLimit: Invalid value: -1: must be greater than or equal to 0',
      ],
    );
    const always = cronJob('a', {}, { restartPolicy: 'Always' });
    assert.deepEqual(causes(await t.client.post(t.path('cronjobs'), always)), [
      'spec.jobTemplate.spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
    ]);
    assert.deepEqual(causes(await post(t, {}, 'a'.repeat(53))), [
      `metadata.name: Invalid value: "${'a'.repeat(
        53,
      )}": must be no more than 52 characters`,
    ]);
  },
});

/** What a CronJob does. */
export const cronJobControllerCases = area(
  'cronJob',
  {
    'a Job is made at its time, named after it, and noted': async t => {
      const created = await t.create('cronjobs', cronJob('a'));
      const { status } = await t.eventually({
        resource: 'cronjobs',
        name: 'a',
        what: 'having succeeded',
        is: body => Boolean(body.status?.lastSuccessfulTime),
      });
      const minute = Math.floor(Date.parse(status.lastScheduleTime) / 60_000);
      const { items } = await t.list('jobs');
      const [found] = items;
      assert.ok(
        [minute, minute - 1].some(it => found.metadata.name === `a-${it}`),
        found.metadata.name,
      );
      assert.equal(found.metadata.labels.app, 'a');
      assert.match(
        found.metadata.annotations[
          'batch.kubernetes.io/cronjob-scheduled-timestamp'
        ],
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
      );
      const [owner] = found.metadata.ownerReferences;
      assert.deepEqual(owner, {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        name: 'a',
        uid: created.metadata.uid,
        controller: true,
        blockOwnerDeletion: true,
      });
      await t.eventuallyTrue('the events', async () => {
        const events = await eventStory(t, created);
        return [
          `Normal SuccessfulCreate: Created job ${found.metadata.name}`,
          `Normal SawCompletedJob: Saw completed job: ${found.metadata.name}, condition: Complete`,
        ].every(it => events.includes(it));
      });
    },

    'a running Job is active': async t => {
      await t.create(
        'cronjobs',
        cronJob('a', {}, { image: 'shop/import:1-runs-60s' }),
      );
      const { status } = await t.eventually({
        resource: 'cronjobs',
        name: 'a',
        what: 'having an active Job',
        is: body => body.status?.active?.length === 1,
      });
      const [active] = status.active;
      const found = await t.read('jobs', active.name);
      assert.deepEqual(
        { ...active, resourceVersion: undefined },
        {
          apiVersion: 'batch/v1',
          kind: 'Job',
          name: found.metadata.name,
          namespace: t.namespace,
          resourceVersion: undefined,
          uid: found.metadata.uid,
        },
      );
      assert.ok(active.resourceVersion);
    },

    'a suspended CronJob makes no Jobs until it resumes': async t => {
      await t.create('cronjobs', cronJob('a', { suspend: true }));
      await t.create('cronjobs', cronJob('b'));
      await t.eventually({
        resource: 'cronjobs',
        name: 'b',
        what: 'having made a Job',
        is: body => Boolean(body.status?.lastScheduleTime),
      });
      assert.deepEqual((await t.read('cronjobs', 'a')).status, {});
      await t.merge('cronjobs', 'a', { spec: { suspend: false } });
      await t.eventually({
        resource: 'cronjobs',
        name: 'a',
        what: 'having made a Job',
        is: body => Boolean(body.status?.lastScheduleTime),
      });
    },

    'the history keeps no more finished Jobs than it may': async t => {
      await t.create(
        'cronjobs',
        cronJob('a', { successfulJobsHistoryLimit: 0 }),
      );
      await t.eventually({
        resource: 'cronjobs',
        name: 'a',
        what: 'having succeeded',
        is: body => Boolean(body.status?.lastSuccessfulTime),
      });
      await t.merge('cronjobs', 'a', { spec: { suspend: true } });
      await t.eventuallyTrue('no Jobs', async () => {
        const { items } = await t.list('jobs');
        return items.length === 0;
      });
    },

    'deleting a CronJob deletes its Jobs': async t => {
      await t.create(
        'cronjobs',
        cronJob('a', {}, { image: 'shop/import:1-runs-60s' }),
      );
      await t.eventually({
        resource: 'cronjobs',
        name: 'a',
        what: 'having an active Job',
        is: body => body.status?.active?.length === 1,
      });
      await t.remove('cronjobs', 'a');
      await t.gone('cronjobs', 'a');
      await t.eventuallyTrue('no Jobs and no pods', async () => {
        const found = await Promise.all([t.list('jobs'), t.list('pods')]);
        return found.every(({ items }) => items.length === 0);
      });
    },
  },
  { controllers: true },
);
