import { expect, test } from '@playwright/test';
import { Demo, startDemo } from './demo';
import { MatrixPage } from './matrixPage';

test.describe('environments', () => {
  test.describe.configure({ timeout: 300_000 });

  const running: { demo?: Demo } = {};

  test.beforeAll(async () => {
    running.demo = await startDemo();
  });

  test.afterAll(async () => {
    await running.demo?.stop();
  });

  test('from the matrix to an environment, to the one it is promoted from, and back', async ({
    page,
  }) => {
    const { portal } = running.demo!;
    const matrix = await MatrixPage.open(page, portal.url);
    await page.getByRole('link', { name: 'Production', exact: true }).click();
    await expect(
      page.getByRole('heading', { name: 'Production', level: 2 }),
    ).toBeVisible();
    await matrix.expectCell('fraud-scoring', 'Production eu', 'degraded');
    await expect(matrix.cell('fraud-scoring', 'Staging')).toHaveCount(0);
    const unclaimed = page.getByRole('table', { name: 'Unclaimed workloads' });
    await expect(unclaimed).toContainText('legacy-importer');

    await page.getByRole('link', { name: 'Staging', exact: true }).click();
    await matrix.expectCell('fraud-scoring', 'Staging', 'healthy');
    await page.getByRole('link', { name: 'All environments' }).click();
    const list = page.getByRole('table', { name: 'Environments' });
    await expect(list.getByRole('row', { name: /^Staging/ })).toBeVisible();
    await expect(
      list.getByRole('rowheader', { name: 'Preview environments' }),
    ).toBeVisible();

    await page.getByRole('searchbox').fill('prod-us');
    await expect(list.getByRole('row', { name: /^Production/ })).toBeVisible();
    await expect(list.getByRole('row', { name: /^Staging/ })).toHaveCount(0);
    await expect(page).toHaveURL(/q=prod-us/);
    await matrix.expectNotReloaded();
    expect(matrix.errors).toEqual([]);
  });
});
