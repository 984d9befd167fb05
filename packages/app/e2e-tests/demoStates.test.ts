import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Demo, READER, startDemo } from './demo';
import { sightsOf } from './demoSights';
import { KoalaApi, placeOf } from './KoalaApi';
import { readTable } from './markdown';

const README = readFileSync(
  join(__dirname, '../../../examples/README.md'),
  'utf8',
);
const STATES = readTable(README, 'States');
const SIGHTS = readTable(README, 'What else there is to see');

/** Generous: the slowest is a rollout that misses its deadline of a minute. */
const LIMIT = { timeout: 240_000, intervals: [500] };

test.describe('the demo organisation', () => {
  test.describe.configure({ timeout: 300_000 });

  const running: { demo?: Demo } = {};
  const api = new KoalaApi(() => running.demo!.portal.url, READER);

  test.beforeAll(async () => {
    running.demo = await startDemo();
  });

  test.afterAll(async () => {
    await running.demo?.stop();
  });

  for (const { State, Service, Where, Status, Reason } of STATES) {
    test(`${State}: ${Service} in ${Where} is ${Status}`, async () => {
      await expect(async () => {
        expect(await api.state(Service, placeOf(Where))).toEqual({
          status: Status,
          reason: Reason,
        });
      }).toPass(LIMIT);
    });
  }

  for (const { Service: service, Where: where, Shows: shows } of SIGHTS) {
    test(`${service} in ${where} shows: ${shows}`, async () => {
      await expect(async () => {
        expect(await sightsOf(api, { service, where, shows })).toEqual(
          expect.arrayContaining(shows.split(', ')),
        );
      }).toPass(LIMIT);
    });
  }
});
