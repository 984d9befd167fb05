import { demoMatrix, largeMatrix } from '../../../dev/fixtures/demoMatrix';
import { buildColumnGroups } from './columns';
import { indexStates } from './MatrixView';
import { Folding, layoutRows, MatrixRow } from './rows';

const unfolded: Folding = { systems: new Map(), rest: new Set() };

function rowsOf(
  matrix: ReturnType<typeof demoMatrix>,
  options: { problemsFirst?: boolean; folding?: Folding } = {},
) {
  return layoutRows({
    services: matrix.services,
    columns: buildColumnGroups(matrix).flatMap(g => g.columns),
    stateOf: indexStates(matrix.cells).stateOf,
    problemsFirst: options.problemsFirst ?? false,
    folding: options.folding ?? unfolded,
  });
}

const titles = (rows: MatrixRow[]) =>
  rows.map(row => {
    switch (row.type) {
      case 'system':
        return `# ${row.name}`;
      case 'service':
        return row.service.name;
      default:
        return `… ${row.services}`;
    }
  });

describe('layoutRows with few services', () => {
  const matrix = demoMatrix({ now: 1e12 });

  it('shows every service, by system and by name', () => {
    expect(titles(rowsOf(matrix))).toEqual([
      '# data-platform',
      'event-ingest',
      'feature-store',
      'report-builder',
      'warehouse-loader',
      '# payments',
      'fraud-scoring',
      'ledger',
      'payments-api',
      'payout-worker',
      '# shop',
      'cart',
      'catalog-api',
      'checkout',
      'recommendations',
      'search',
      'storefront',
    ]);
  });

  it('does not depend on the order in which services come', () => {
    const turned = { ...matrix, services: [...matrix.services].reverse() };
    expect(titles(rowsOf(turned))).toEqual(titles(rowsOf(matrix)));
  });

  it('puts problems first on demand: production before staging before dev', () => {
    const rows = titles(rowsOf(matrix, { problemsFirst: true }));
    expect(rows.slice(0, 3)).toEqual([
      '# payments',
      'fraud-scoring',
      'payments-api',
    ]);
    expect(rows.filter(row => row.startsWith('#'))).toEqual([
      '# payments',
      '# shop',
      '# data-platform',
    ]);
  });

  it('gives a degraded service a line for its reason', () => {
    const heights = new Map(
      rowsOf(matrix).map(row => [titles([row])[0], row.height]),
    );
    expect(heights.get('checkout')).toBe(56);
    expect(heights.get('cart')).toBe(40);
  });

  it('closes a system by hand', () => {
    const folding = {
      ...unfolded,
      systems: new Map([['system:default/shop', false]]),
    };
    expect(titles(rowsOf(matrix, { folding }))).not.toContain('cart');
  });
});

describe('layoutRows with a thousand services', () => {
  const matrix = largeMatrix({ now: 1e12, services: 1000 });

  it('folds healthy systems and the healthy services of the others', () => {
    const rows = rowsOf(matrix, { problemsFirst: true });
    expect(titles(rows).slice(0, 4)).toEqual([
      '# payments',
      'fraud-scoring',
      'payments-api',
      '… 34',
    ]);
    expect(rows.filter(row => row.type === 'service')).toHaveLength(6);
    expect(rows.filter(row => row.type === 'system' && !row.open)).toHaveLength(
      59,
    );
  });

  it('stands for every service exactly once', () => {
    const seen = rowsOf(matrix).reduce((sum, row) => {
      if (row.type === 'system') {
        return row.open ? sum : sum + row.members.length;
      }
      return row.type === 'rest' ? sum + row.services : sum + 1;
    }, 0);
    expect(seen).toBe(1000);
  });

  it('shows the rest on demand', () => {
    const folding = { ...unfolded, rest: new Set(['system:default/payments']) };
    const rows = rowsOf(matrix, { folding });
    expect(titles(rows)).toContain('ledger');
  });

  it('does not open every system because one cluster is lost', () => {
    const healthy = matrix.cells.map(cell => ({
      ...cell,
      targets: cell.targets.map(target =>
        target.cluster === 'prod-us'
          ? target
          : { ...target, status: 'healthy' as const },
      ),
    }));
    const rows = rowsOf({ ...matrix, cells: healthy });
    expect(rows.every(row => row.type === 'system' && !row.open)).toBe(true);
  });
});
