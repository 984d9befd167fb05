import { demoMatrix } from '../../dev/fixtures/demoMatrix';
import { reconcileMatrix } from './reconcileMatrix';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));

describe('reconcileMatrix', () => {
  it('keeps every object of an equal snapshot', () => {
    const before = demoMatrix({ now: 1e12 });
    const after = reconcileMatrix(before, {
      ...copy(before),
      revision: 'demo.2',
    });
    expect(after.revision).toBe('demo.2');
    expect(after.cells).toBe(before.cells);
    expect(after.environments).toBe(before.environments);
    expect(after.clusters).toBe(before.clusters);
  });

  it('replaces one target and leaves its neighbour', () => {
    const before = demoMatrix({ now: 1e12 });
    const next = copy(before);
    const index = next.cells.findIndex(c => c.environment === 'prod');
    next.cells[index].targets[0].ready = 99;
    const after = reconcileMatrix(before, next);
    expect(after.cells[index].targets[0]).not.toBe(
      before.cells[index].targets[0],
    );
    expect(after.cells[index].targets[1]).toBe(before.cells[index].targets[1]);
    expect(after.cells[index + 1]).toBe(before.cells[index + 1]);
  });

  it('notices what is gone', () => {
    const before = demoMatrix({ now: 1e12 });
    const next = { ...copy(before), services: copy(before.services).slice(1) };
    expect(reconcileMatrix(before, next).services).toHaveLength(13);
  });
});
