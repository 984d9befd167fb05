import { findKubectl } from '@koala-ops/kube-testing';
import { expect, test } from '@playwright/test';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Demo, startDemo } from './demo';
import { readExercises } from './exercises';
import { readBlocks } from './markdown';
import { MatrixPage } from './matrixPage';

const PAGE = readFileSync(join(__dirname, '../../../docs/sandbox.md'), 'utf8');
const [SETUP] = readBlocks(PAGE, 'sh setup');
const EXERCISES = readExercises(PAGE, 'Break something');

/** Runs commands of the page as its reader would, where `npm start` was called. */
async function shell(demo: Demo, commands: string): Promise<string> {
  const kubectl = await findKubectl();
  const { stdout } = await promisify(execFile)(
    'bash',
    ['-e', '-c', `${SETUP}\n${commands}`],
    {
      cwd: demo.directory,
      env: {
        ...process.env,
        PATH: [dirname(kubectl), process.env.PATH].join(delimiter),
      },
    },
  );
  return stdout;
}

test.describe('docs/sandbox.md', () => {
  test.describe.configure({ timeout: 600_000 });

  const running: { demo?: Demo } = {};

  test.beforeAll(async () => {
    running.demo = await startDemo();
  });

  test.afterAll(async () => {
    await running.demo?.stop();
  });

  test('leads to clusters that answer', async () => {
    const output = await shell(running.demo!, '');
    expect(output).toContain('prod-us');
    expect(output).toContain('koala-sandbox');
  });

  test('has an exercise for each thing that a newcomer breaks first', () => {
    expect(EXERCISES.length).toBeGreaterThanOrEqual(5);
    for (const { steps } of EXERCISES) {
      const claims = steps.filter(step => 'shows' in step);
      // Broken, and well again.
      expect(claims.length).toBeGreaterThanOrEqual(2);
      expect(claims.at(-1)).toMatchObject({
        shows: expect.arrayContaining(['healthy']),
      });
    }
  });

  for (const { title, steps } of EXERCISES) {
    test(title, async ({ page }) => {
      const { portal } = running.demo!;
      const claim = steps.find(step => 'shows' in step) as { service: string };
      const matrix = await MatrixPage.open(page, portal.url, {
        text: claim.service,
      });
      for (const step of steps) {
        if ('run' in step) {
          await shell(running.demo!, step.run);
        } else {
          await matrix.expectCell(step.service, step.place, ...step.shows);
        }
      }
      await matrix.expectNotReloaded();
      expect(matrix.errors).toEqual([]);
    });
  }
});
