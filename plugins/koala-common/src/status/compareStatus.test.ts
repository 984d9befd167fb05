import { compareStatus, worstStatus } from './compareStatus';
import { Status, STATUSES } from './Status';

describe('compareStatus', () => {
  it('sorts what needs attention first', () => {
    const shuffled = [...STATUSES].sort();
    expect(shuffled).not.toEqual(STATUSES);
    expect(shuffled.sort(compareStatus)).toEqual(STATUSES);
  });
});

describe('worstStatus', () => {
  it.each<[Status[], Status | undefined]>([
    [[], undefined],
    [['healthy'], 'healthy'],
    [['healthy', 'progressing', 'unknown'], 'unknown'],
    [['unknown', 'degraded'], 'degraded'],
    [['healthy', 'suspended'], 'suspended'],
  ])('%j: %s', (statuses, worst) => {
    expect(worstStatus(statuses)).toBe(worst);
  });
});
