import { demoMatrix, largeMatrix } from '../../../dev/fixtures/demoMatrix';
import { listAttention } from './attention';
import { buildColumnGroups } from './columns';
import { indexStates } from './MatrixView';

function attentionOf(matrix: ReturnType<typeof demoMatrix>) {
  return listAttention({
    services: matrix.services,
    clusters: matrix.clusters,
    columns: buildColumnGroups(matrix).flatMap(g => g.columns),
    stateOf: indexStates(matrix.cells).stateOf,
  });
}

describe('listAttention', () => {
  it('lists production first, a lost cluster as one item', () => {
    const items = attentionOf(demoMatrix({ now: 1e12 }));
    expect(
      items.map(item => `${item.subject} ${item.place}: ${item.word}`),
    ).toEqual([
      'fraud-scoring in prod eu: Degraded',
      'prod-us cluster: Not reachable',
      'checkout in staging: Degraded',
      'warehouse-loader in dev: Degraded',
    ]);
    expect(items[0].detail).toBe('OOMKilled, 1 of 3 ready');
  });

  it('stays one item per cluster with a thousand services', () => {
    expect(
      attentionOf(largeMatrix({ now: 1e12, services: 1000 })),
    ).toHaveLength(4);
  });

  it('says a service that is unknown in a cluster that can be seen', () => {
    const matrix = demoMatrix({ now: 1e12, lost: false });
    const cell = matrix.cells.find(
      c => c.service.endsWith('/cart') && c.environment === 'prod',
    )!;
    cell.targets[0] = {
      target: 'eu',
      cluster: 'prod-eu',
      status: 'unknown',
      reason: {
        code: 'NamespaceCannotBeDerived',
        message: 'cart belongs to no system',
      },
    };
    expect(attentionOf(matrix)[1]).toMatchObject({
      subject: 'cart',
      word: 'Unknown',
      detail: 'NamespaceCannotBeDerived',
    });
  });
});
