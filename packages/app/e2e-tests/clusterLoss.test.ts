import { expect, test } from '@playwright/test';
import { Matrix, MatrixChange } from '@koala-ops/backstage-plugin-koala-common';
import { ClusterKind, kubectl, startClusters, TestClusters } from './clusters';
import { catalogOf } from './entities';
import { MatrixPage } from './matrixPage';
import { Portal, startPortal } from './portal';
import { StreamRecorder } from './StreamRecorder';

const SERVICES = ['cart', 'ledger', 'search'];
const READER = 'recorder-token-for-tests';
const LOST = 'us';

const environments = [
  { name: 'dev', targets: [{ cluster: 'dev', namespaces: ['shop'] }] },
  {
    name: 'prod',
    promotesFrom: 'dev',
    targets: ['eu', 'us'].map(cluster => ({ cluster, namespaces: ['shop'] })),
  },
];

/** Everything a message says of other clusters than the lost one. */
function others({ cells, clusters }: Pick<Matrix, 'cells' | 'clusters'>) {
  return {
    targets: cells
      .flatMap(cell =>
        cell.targets
          .filter(({ cluster }) => cluster !== LOST)
          .map(target => ({
            cell: `${cell.service} ${cell.environment}`,
            target,
          })),
      )
      .sort((a, b) =>
        `${a.cell} ${a.target.target}` < `${b.cell} ${b.target.target}`
          ? -1
          : 1,
      ),
    clusters: clusters
      .filter(({ name }) => name !== LOST)
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

for (const kind of ['sandbox', 'real'] as ClusterKind[]) {
  test.describe(`a lost ${kind} cluster`, () => {
    let clusters: TestClusters;
    let portal: Portal;

    test.beforeAll(async () => {
      clusters = await startClusters(kind, ['dev', 'eu', 'us']);
      for (const cluster of clusters.clusters) {
        await kubectl(cluster, 'create', 'namespace', 'shop');
        for (const name of SERVICES) {
          await kubectl(
            cluster,
            ...`create deployment ${name} --image=registry.example.com/${name}:1.0.0 -n shop`.split(
              ' ',
            ),
          );
        }
      }
      portal = await startPortal({
        clusters: clusters.clusters,
        environments,
        entities: catalogOf('shop', SERVICES),
        config: {
          backend: {
            auth: {
              externalAccess: [
                { type: 'static', options: { token: READER, subject: 'e2e' } },
              ],
            },
          },
        },
      });
    });

    test.afterAll(async () => {
      await portal?.stop();
      await clusters?.stop();
    });

    test(`is unknown since it was lost, and nothing else changes, on ${kind}`, async ({
      page,
    }) => {
      const lost = clusters.cluster(LOST);
      const matrix = await MatrixPage.open(page, portal.url);
      for (const name of SERVICES) {
        for (const place of ['dev', 'prod eu', 'prod us']) {
          await matrix.expectCell(name, place, 'healthy', '1.0.0');
        }
      }
      const recorder = await StreamRecorder.open(portal.url, READER);
      const before = others(await recorder.matrix());

      const frozenAt = Date.now();
      lost.signal('SIGSTOP');
      for (const name of SERVICES) {
        await matrix.expectCell(name, 'prod us', 'unknown', 'was healthy');
        await matrix.expectCell(name, 'prod eu', 'healthy');
      }
      const lostAfter = Date.now() - frozenAt;
      const stale = (await recorder.matrix()).clusters.find(
        ({ name }) => name === LOST,
      )!;
      expect(stale.condition).toBe('unreachable');
      // The last byte came before it froze, and not long before: it is asked every few seconds.
      expect(stale.lastByteAt).toBeLessThanOrEqual(frozenAt + 1_000);
      expect(stale.lastByteAt).toBeGreaterThan(frozenAt - 60_000);

      lost.signal('SIGKILL');
      await matrix.expectCell('cart', 'prod us', 'unknown');
      await lost.restart();
      const backAt = Date.now();
      for (const name of SERVICES) {
        await matrix.expectCell(name, 'prod us', 'healthy', '1.0.0');
      }
      test.info().annotations.push({
        type: 'measured',
        description: `unknown after ${lostAfter} ms, healthy ${
          Date.now() - backAt
        } ms after the restart`,
      });

      expect(others(await recorder.matrix())).toEqual(before);
      const told = recorder.events.flatMap(({ data }) => {
        const { cells = [], clusters: changed = [] } = data as MatrixChange;
        const said = others({ cells, clusters: changed });
        return [...said.targets, ...said.clusters];
      });
      expect(told).toEqual([]);
      expect(recorder.events.length).toBeGreaterThan(0);
      await recorder.close();
      await matrix.expectNotReloaded();
    });
  });
}
