import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFree } from './freePort';
import { readBlocks } from './markdown';
import { MatrixPage } from './matrixPage';
import { startCommand, StartCommand } from './startCommand';

/** What docs/sandbox.md says about life. */
const [LIFE] = readBlocks(
  readFileSync(join(__dirname, '../../../docs/sandbox.md'), 'utf8'),
  'sh life',
);

test.describe('npm start', () => {
  let command: StartCommand | undefined;

  test.afterEach(async () => {
    await command?.interrupt();
  });

  test('shows the demo organisation, says how to reach its clusters, and ends with Ctrl-C', async ({
    page,
  }) => {
    test.setTimeout(400_000);
    command = await startCommand();
    const { url, output, ports } = command;
    expect(output()).toContain(`open ${url}/koala/services`);
    expect(output()).toMatch(/kubectl --kubeconfig \S+ --context dev get/);

    const { run } = command;
    for (const line of LIFE.split('\n')) {
      // Life begins once everything is there.
      await expect(async () => {
        expect(await run(line)).toMatch(/^Life (is paused|goes on at speed)/m);
      }).toPass({ timeout: 120_000 });
    }

    const matrix = await MatrixPage.open(page, url, { text: 'cart' });
    await matrix.expectCell('cart', 'Development', 'healthy');
    await expect(page).toHaveURL(`${url}/koala/services?q=cart`);

    // The front page is Koala's.
    await page.goto(url);
    await expect(page).toHaveURL(`${url}/koala/services`);

    expect(await command.interrupt()).toBe(0);
    for (const port of ports) {
      expect(await isFree(port), `port ${port} is free again`).toBe(true);
    }
  });
});
