import { demoMatrix } from '../../../dev/fixtures/demoMatrix';
import {
  barSegments,
  countEnvironments,
  countStatuses,
  headerCounts,
} from './counts';
import { indexStates } from './MatrixView';

describe('counts', () => {
  it('add up to the number of services in every environment', () => {
    const matrix = demoMatrix({ now: 1e9 });
    const { cellOf } = indexStates(matrix.cells);
    const counts = countEnvironments({
      services: matrix.services.map(s => s.ref),
      environments: matrix.environments.map(e => e.name),
      cellOf,
    });
    for (const [, byStatus] of counts) {
      const sum = Object.values(byStatus).reduce((a, b) => a + b, 0);
      expect(sum).toBe(matrix.services.length);
    }
    expect(counts.get('dev')).toMatchObject({
      degraded: 1,
      progressing: 1,
      suspended: 1,
      healthy: 11,
    });
  });

  it('take a cell that is not there as unknown', () => {
    expect(countStatuses(['healthy', undefined]).unknown).toBe(1);
  });
});

describe('headerCounts', () => {
  const statuses = (...given: Parameters<typeof countStatuses>[0][]) =>
    headerCounts(countStatuses(given.flat() as never)).map(c => c.status);

  it('shows the usual four, zero or not', () => {
    expect(statuses(['healthy'])).toEqual([
      'degraded',
      'progressing',
      'healthy',
      'not-deployed',
    ]);
  });

  it('makes room for unknown by leaving out a zero', () => {
    expect(statuses(['healthy', 'unknown', 'not-deployed'])).toEqual([
      'degraded',
      'unknown',
      'healthy',
      'not-deployed',
    ]);
  });

  it('hides nothing that is there', () => {
    expect(
      statuses([
        'healthy',
        'unknown',
        'not-deployed',
        'progressing',
        'degraded',
      ]),
    ).toHaveLength(5);
  });
});

describe('barSegments', () => {
  it('starts with what needs attention and leaves out zeros', () => {
    expect(
      barSegments(countStatuses(['healthy', 'degraded', 'healthy'])),
    ).toEqual([
      { status: 'degraded', count: 1 },
      { status: 'healthy', count: 2 },
    ]);
  });
});
