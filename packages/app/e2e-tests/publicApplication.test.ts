import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { kubectl, startClusters, TestClusters } from './clusters';
import { catalogOf } from './entities';
import { MatrixPage } from './matrixPage';
import { Portal, startPortal } from './portal';

const MANIFESTS = join(__dirname, 'fixtures', 'bookshop.yaml');

/** The versions that the manifests ask for, by Deployment. */
async function readVersions(): Promise<Map<string, string>> {
  const documents = parseAllDocuments(await readFile(MANIFESTS, 'utf8'));
  const deployments = documents
    .map(document => document.toJS())
    .filter(({ kind }) => kind === 'Deployment');
  return new Map(
    deployments.map(({ metadata, spec }) => {
      const { image } = spec.template.spec.containers[0];
      return [metadata.name, image.slice(image.lastIndexOf(':') + 1)];
    }),
  );
}

test.describe('an application that knows nothing of Koala, on the real control plane', () => {
  let clusters: TestClusters;
  let portal: Portal;
  let versions: Map<string, string>;

  test.beforeAll(async () => {
    versions = await readVersions();
    clusters = await startClusters('real', ['prod']);
    await kubectl(clusters.clusters[0], 'apply', '-f', MANIFESTS);
    portal = await startPortal({
      clusters: clusters.clusters,
      environments: [
        {
          name: 'prod',
          targets: [{ cluster: 'prod', namespaces: ['bookshop'] }],
        },
      ],
      entities: catalogOf('bookshop', [...versions.keys()]),
    });
  });

  test.afterAll(async () => {
    await portal?.stop();
    await clusters?.stop();
  });

  test('shows every service healthy in its version, and the one that breaks as degraded', async ({
    page,
  }) => {
    expect(versions.size).toBeGreaterThanOrEqual(10);
    const matrix = await MatrixPage.open(page, portal.url);
    for (const [name, version] of versions) {
      await matrix.expectCell(name, 'prod', 'healthy', version);
    }

    const repository = 'example.org/bookshop/reviews';
    const tag = 'no-such-tag';
    await kubectl(
      clusters.clusters[0],
      ...`set image deployment/reviews reviews=${repository}:${tag} -n bookshop`.split(
        ' ',
      ),
    );
    await matrix.expectCell('reviews', 'prod', 'degraded');
    for (const name of versions.keys()) {
      if (name !== 'reviews') await matrix.expectCell(name, 'prod', 'healthy');
    }
    await matrix.expectNotReloaded();

    await page.goto(
      `${portal.url}/catalog/default/component/reviews/deployments`,
    );
    const problem = page
      .getByText(/ImagePullBackOff/)
      .locator('xpath=ancestor-or-self::*[contains(., "bookshop")][1]')
      .first();
    await expect(problem).toContainText(repository);
    await expect(problem).toContainText(tag);
    expect(matrix.errors).toEqual([]);
  });
});
