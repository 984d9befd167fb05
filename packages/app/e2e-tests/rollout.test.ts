import { expect, test } from '@playwright/test';
import { ClusterKind, kubectl, startClusters, TestClusters } from './clusters';
import { catalogOf } from './entities';
import { MatrixPage } from './matrixPage';
import { Portal, startPortal } from './portal';

const environments = [
  { name: 'dev', targets: [{ cluster: 'dev', namespaces: ['shop'] }] },
];

for (const kind of ['sandbox', 'real'] as ClusterKind[]) {
  test.describe(`a rollout on the ${kind} cluster`, () => {
    let clusters: TestClusters;
    let portal: Portal;

    test.beforeAll(async () => {
      clusters = await startClusters(kind, ['dev']);
      const [dev] = clusters.clusters;
      await kubectl(dev, 'create', 'namespace', 'shop');
      await kubectl(
        dev,
        ...'create deployment cart --image=registry.example.com/cart:1.0.0 --replicas=3 -n shop'.split(
          ' ',
        ),
      );
      portal = await startPortal({
        clusters: clusters.clusters,
        environments,
        entities: catalogOf('shop', ['cart']),
      });
    });

    test.afterAll(async () => {
      await portal?.stop();
      await clusters?.stop();
    });

    test(`moves the cell through progressing to healthy, on ${kind}`, async ({
      page,
    }) => {
      const [dev] = clusters.clusters;
      const matrix = await MatrixPage.open(page, portal.url);
      await matrix.expectCell('cart', 'dev', 'healthy', '1.0.0', '3 of 3');

      // Every text that the cell ever had: progressing may be short.
      await matrix.cell('cart', 'dev').evaluate(cell => {
        const seen: string[] = [];
        (window as any).koalaSeen = seen;
        const note = () => seen.push(cell.textContent ?? '');
        new MutationObserver(note).observe(cell, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true,
        });
      });
      await kubectl(
        dev,
        ...'set image deployment/cart cart=registry.example.com/cart:1.1.0 -n shop'.split(
          ' ',
        ),
      );
      await matrix.expectCell('cart', 'dev', 'healthy', '1.1.0', '3 of 3');
      const seen: string[] = await page.evaluate(
        () => (window as any).koalaSeen,
      );
      expect(
        seen.some(text => /progressing/i.test(text) && text.includes('1.1.0')),
      ).toBe(true);
      await matrix.expectNotReloaded();
      expect(matrix.errors).toEqual([]);
    });

    test(`tells why a rollout fails, on ${kind}`, async ({ page }) => {
      const [dev] = clusters.clusters;
      const matrix = await MatrixPage.open(page, portal.url);
      await kubectl(
        dev,
        ...'set image deployment/cart cart=registry.example.com/cart:does-not-exist -n shop'.split(
          ' ',
        ),
      );
      await matrix.expectCell('cart', 'dev', 'degraded', 'ImagePullBackOff');

      await page
        .getByRole('grid')
        .getByRole('link', { name: 'cart', exact: true })
        .click();
      await expect(page).toHaveURL(/component\/cart\/deployments/);
      await expect(
        page.getByText('registry.example.com/cart', { exact: false }).first(),
      ).toBeVisible();
      await expect(page.getByText('ImagePullBackOff').first()).toBeVisible();
      expect(matrix.errors).toEqual([]);
    });
  });
}
