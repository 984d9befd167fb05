import assert from 'node:assert/strict';
import { area } from '../ContractCase';
import { ContractContext } from '../ContractContext';
import { assertFailure } from '../expectations';
import { kubectl } from '../kubectl';
import { containerIs, follow, linesOf, log, podOf, running } from '../logs';
import { unscheduledPod } from '../objects';

const STAMPED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z /;

const badRequest = (message: string) => ({
  code: 400,
  reason: 'BadRequest',
  message,
});

async function runningPod(t: ContractContext, name = 'a', spec: object = {}) {
  await t.create('pods', podOf(name, { ...spec }));
  await containerIs(t, name, running);
}

/** Resolves once a running container has written that many lines. */
async function written(t: ContractContext, count: number, pod = 'a') {
  await t.eventuallyTrue(
    `${count} lines of ${pod}`,
    async () => linesOf(await log(t, pod)).length >= count,
  );
}

/** What the log of a container says, and why there is none. */
export const logCases = area(
  'logs',
  {
    'the log of a container is plain text': async t => {
      await runningPod(t);
      await written(t, 1);
      const response = await log(t, 'a');
      assert.equal(response.status, 200);
      assert.equal(response.headers['content-type'], 'text/plain');
      assert.ok(response.text.endsWith('\n'));
      // What was written stays written.
      const first = linesOf(response);
      assert.deepEqual(
        linesOf(await log(t, 'a')).slice(0, first.length),
        first,
      );
    },

    'tailLines takes the newest lines': async t => {
      await runningPod(t);
      await written(t, 5);
      const all = linesOf(await log(t, 'a'));
      const tail = linesOf(await log(t, 'a', { tailLines: 2 }));
      assert.equal(tail.length, 2);
      assert.ok(
        all.includes(tail[0]) || linesOf(await log(t, 'a')).includes(tail[0]),
      );
      const none = await log(t, 'a', { tailLines: 0 });
      assert.deepEqual([none.status, none.text], [200, '']);
      const most = linesOf(await log(t, 'a', { tailLines: 100_000 }));
      assert.ok(most.length >= all.length);
    },

    'timestamps go before each line, in order': async t => {
      await runningPod(t);
      await written(t, 5);
      const lines = linesOf(await log(t, 'a', { timestamps: true }));
      lines.forEach(line => assert.match(line, STAMPED));
      const times = lines.map(line => line.split(' ')[0]);
      assert.deepEqual(times, [...times].sort());
      const [bare] = linesOf(await log(t, 'a'));
      assert.equal(lines[0].replace(STAMPED, ''), bare);
    },

    'limitBytes cuts the log off': async t => {
      await runningPod(t);
      await written(t, 2);
      const whole = (await log(t, 'a')).text;
      assert.equal(
        (await log(t, 'a', { limitBytes: 30 })).text,
        whole.slice(0, 30),
      );
    },

    'sinceTime leaves out what is older': async t => {
      await runningPod(t);
      await written(t, 6);
      const stamped = linesOf(await log(t, 'a', { timestamps: true }));
      const at = stamped[stamped.length - 1].split(' ')[0];
      const since = linesOf(
        await log(t, 'a', {
          sinceTime: at.replace(/\.\d+Z/, 'Z'),
          timestamps: true,
        }),
      );
      assert.ok(since.includes(stamped[stamped.length - 1]));
      since.forEach(line =>
        assert.ok(line.slice(0, 19) >= at.slice(0, 19), line),
      );
      const future = await log(t, 'a', { sinceTime: '2100-01-01T00:00:00Z' });
      assert.deepEqual([future.status, future.text], [200, '']);
      const past = await log(t, 'a', { sinceTime: '2000-01-01T00:00:00Z' });
      assert.ok(past.text.length > 0);
    },

    'sinceSeconds leaves out what is older': async t => {
      await runningPod(t);
      await written(t, 3);
      const all = linesOf(await log(t, 'a'));
      const hour = linesOf(await log(t, 'a', { sinceSeconds: 3600 }));
      assert.deepEqual(hour.slice(0, all.length), all);
    },

    'parameters that make no sense are refused': async t => {
      await t.create('pods', unscheduledPod('a'));
      const path = t.path('pods', 'a/log');
      const invalid = (field: string, message: string) => ({
        code: 422,
        reason: 'Invalid',
        message: `PodLogOptions "a" is invalid: ${field}: ${message}`,
        details: {
          name: 'a',
          kind: 'PodLogOptions',
          causes: [
            {
              reason: message.startsWith('Forbidden')
                ? 'FieldValueForbidden'
                : 'FieldValueInvalid',
              message,
              field,
            },
          ],
        },
      });
      const get = (query: Record<string, string>) =>
        t.client.get(path, { query });
      assertFailure(
        await get({ tailLines: '-1' }),
        invalid(
          'tailLines',
          'Invalid value: -1: must be greater than or equal to 0',
        ),
      );
      assertFailure(
        await get({ limitBytes: '0' }),
        invalid('limitBytes', 'Invalid value: 0: must be greater than 0'),
      );
      assertFailure(
        await get({ sinceSeconds: '0' }),
        invalid('sinceSeconds', 'Invalid value: 0: must be greater than 0'),
      );
      assertFailure(
        await get({ sinceSeconds: '5', sinceTime: '2026-01-01T00:00:00Z' }),
        invalid(
          '[]',
          'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified',
        ),
      );
      assertFailure(
        await get({ stream: 'Stdout' }),
        invalid('stream', 'Forbidden: may not be specified'),
      );
      for (const [value, problem] of [
        ['abc', 'invalid syntax'],
        ['', 'invalid syntax'],
        ['1.5', 'invalid syntax'],
        ['99999999999999999999', 'value out of range'],
      ]) {
        assertFailure(
          await get({ tailLines: value }),
          badRequest(`strconv.ParseInt: parsing "${value}": ${problem}`),
        );
      }
    },

    'times that are none are refused in the words of Go': async t => {
      await t.create('pods', unscheduledPod('a'));
      const layout = '2006-01-02T15:04:05Z07:00';
      for (const [time, problem] of [
        ['soon', ` as "${layout}": cannot parse "soon" as "2006"`],
        ['2026-01-01', ` as "${layout}": cannot parse "" as "T"`],
        ['2026-01-01T00:00:00', ` as "${layout}": cannot parse "" as "Z07:00"`],
        ['2026-13-01T00:00:00Z', ': month out of range'],
        ['2026-02-30T00:00:00Z', ': day out of range'],
        ['2026-01-01T25:00:00Z', ': hour out of range'],
        ['2026-01-01T00:00:00ZZ', ': extra text: "Z"'],
      ]) {
        assertFailure(
          await t.client.get(t.path('pods', 'a/log'), {
            query: { sinceTime: time },
          }),
          badRequest(`parsing time "${time}"${problem}`),
        );
      }
    },

    'a pod that no node has taken has no content': async t => {
      await t.create('pods', unscheduledPod('a'));
      const response = await t.client.get(t.path('pods', 'a/log'));
      assert.equal(response.status, 204);
      assert.equal(response.text, '');
    },

    'a pod that is not there is 404': async t => {
      assertFailure(await t.client.get(t.path('pods', 'nope/log')), {
        code: 404,
        reason: 'NotFound',
        message: 'pods "nope" not found',
        details: { name: 'nope', kind: 'pods' },
      });
    },

    'a log is only read': async t => {
      const response = await t.client.post(t.path('pods', 'a/log'), {});
      assert.equal(response.status, 405);
    },

    'of several containers one has to be named': async t => {
      const image = 'shop/cart:1.0.0';
      await t.create(
        'pods',
        podOf('a', {
          initContainers: [{ name: 'first', image }],
          containers: [
            { name: 'main', image },
            { name: 'metrics', image: 'shop/exporter:1' },
          ],
        }),
      );
      assertFailure(
        await t.client.get(t.path('pods', 'a/log')),
        badRequest(
          'a container name must be specified for pod a, choose one of: [first main metrics]',
        ),
      );
      await containerIs(t, 'a', running, 'metrics');
      for (const container of ['first', 'main', 'metrics']) {
        const { status, text } = await log(t, 'a', { container });
        assert.equal(status, 200, text);
      }
    },

    'a container that the pod does not have is refused': async t => {
      await t.create('pods', unscheduledPod('a'));
      assertFailure(
        await t.client.get(t.path('pods', 'a/log'), {
          query: { container: 'sidecar' },
        }),
        badRequest('container sidecar is not valid for pod a'),
      );
    },

    'an image that cannot be pulled is why there is no log': async t => {
      await t.create('pods', podOf('a', { image: 'shop/cart:missing' }));
      await containerIs(
        t,
        'a',
        ({ state }) => state.waiting?.reason === 'ImagePullBackOff',
      );
      const response = await log(t, 'a');
      assert.equal(response.status, 400);
      assert.match(
        response.body.message,
        /^container "main" in pod "a" is waiting to start: (trying and failing to pull image|image can't be pulled)$/,
      );
    },

    'a container waits for those before it': async t => {
      await t.create(
        'pods',
        podOf('a', {
          initContainers: [{ name: 'first', image: 'shop/cart:missing' }],
        }),
      );
      await containerIs(
        t,
        'a',
        ({ state }) => state.waiting?.reason === 'ImagePullBackOff',
        'first',
      );
      assertFailure(
        await log(t, 'a'),
        badRequest(
          'container "main" in pod "a" is waiting to start: PodInitializing',
        ),
      );
    },

    'there is no run before the first': async t => {
      await runningPod(t);
      assertFailure(
        await log(t, 'a', { previous: true }),
        badRequest('previous terminated container "main" in pod "a" not found'),
      );
    },

    'a crash is told at the end, and again as the previous run': async t => {
      await t.create('pods', podOf('a', { image: 'shop/cart:1.0.0-crash' }));
      await containerIs(
        t,
        'a',
        ({ restartCount, state }) =>
          restartCount >= 1 && state.waiting?.reason === 'CrashLoopBackOff',
      );
      const last = linesOf(await log(t, 'a'));
      const previous = linesOf(await log(t, 'a', { previous: true }));
      assert.ok(last.length > 3);
      assert.ok(previous.length > 3);
      assert.match(last.join('\n'), /panic|Error|Exception/);
      assert.match(previous.join('\n'), /panic|Error|Exception/);
    },

    'one that is killed for its memory says nothing of it': async t => {
      await t.create('pods', podOf('a', { image: 'shop/cart:1.0.0-oom' }));
      await containerIs(t, 'a', ({ restartCount }) => restartCount >= 1);
      const { text, status } = await log(t, 'a', { previous: true });
      assert.equal(status, 200);
      assert.ok(text.length > 0);
      assert.doesNotMatch(text, /panic|Exception|OOM|memory/);
    },

    'what has ended can still be read': async t => {
      await t.create('pods', podOf('a', { restartPolicy: 'Never' }));
      await containerIs(t, 'a', ({ state }) => Boolean(state.terminated));
      const lines = linesOf(await log(t, 'a'));
      assert.ok(lines.length > 3);
      assert.deepEqual(linesOf(await log(t, 'a')), lines);
      // To follow it is to read it.
      assert.deepEqual(linesOf(await log(t, 'a', { follow: true })), lines);
      assert.deepEqual(
        linesOf(await log(t, 'a', { tailLines: 2 })),
        lines.slice(-2),
      );
    },

    'an init container keeps its log while the pod runs': async t => {
      await runningPod(t, 'a', {
        initContainers: [{ name: 'first', image: 'shop/migrate:1' }],
      });
      const first = linesOf(await log(t, 'a', { container: 'first' }));
      const main = linesOf(await log(t, 'a', { container: 'main' }));
      assert.ok(first.length > 0);
      assert.notEqual(first[0], main[0]);
    },

    'who follows gets what is there and what comes': async t => {
      await runningPod(t);
      await written(t, 1);
      const followed = await follow(t, 'a');
      const before = linesOf(await log(t, 'a')).length;
      await t.eventuallyTrue(
        'lines that were written later',
        async () => followed.lines > before + 1,
      );
      followed.close();
    },

    'who follows is let go when the pod is deleted': async t => {
      await runningPod(t);
      const followed = await follow(t, 'a');
      await t.eventuallyTrue('the first line', async () => followed.lines > 0);
      await t.remove('pods', 'a');
      await t.eventuallyTrue('the end of the log', async () => followed.ended);
    },

    'who follows is let go when the container ends': async t => {
      await t.create('pods', podOf('a', { image: 'shop/cart:crash' }));
      await containerIs(
        t,
        'a',
        ({ restartCount, state }) => restartCount >= 1 && state.running,
      );
      const followed = await follow(t, 'a');
      await t.eventuallyTrue('the end of the log', async () => followed.ended);
      assert.ok(followed.lines > 0);
    },

    'kubectl logs': async t => {
      await t.create('pods', podOf('a', { restartPolicy: 'Never' }));
      await containerIs(t, 'a', ({ state }) => Boolean(state.terminated));
      const { text } = await log(t, 'a');
      assert.equal(await kubectl(t, 'logs', 'a'), text);
      assert.equal(await kubectl(t, 'logs', '-f', 'pod/a'), text);
      const lines = text.split('\n');
      assert.equal(
        await kubectl(t, 'logs', 'a', '--tail=1'),
        `${lines[lines.length - 2]}\n`,
      );
      assert.match(
        await kubectl(t, 'logs', 'a', '--timestamps', '--since=1h'),
        STAMPED,
      );
      await assert.rejects(
        kubectl(t, 'logs', 'a', '-c', 'nope'),
        /container nope is not valid for pod a/,
      );
      await assert.rejects(
        kubectl(t, 'logs', 'a', '--previous'),
        /previous terminated container "main" in pod "a" not found/,
      );
    },

    'no program runs in a simulated container': async t => {
      await runningPod(t);
      for (const subresource of ['exec', 'attach', 'portforward']) {
        const path = t.path('pods', `a/${subresource}`);
        assertFailure(
          await t.client.post(path, undefined, { query: { command: 'ls' } }),
          badRequest('Upgrade request required'),
        );
        assertFailure(
          await t.client.get(t.path('pods', `nope/${subresource}`)),
          {
            code: 404,
            reason: 'NotFound',
            message: 'pods "nope" not found',
            details: { name: 'nope', kind: 'pods' },
          },
        );
      }
      await t.create('pods', unscheduledPod('b'));
      assertFailure(
        await t.client.post(t.path('pods', 'b/exec'), undefined),
        badRequest('pod b does not have a host assigned'),
      );
      await assert.rejects(
        kubectl(t, 'exec', 'a', '--', 'ls'),
        /simulated containers hold no programs, so that there is no exec/,
      );
    },
  },
  { controllers: true },
);
