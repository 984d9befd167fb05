import { demoMatrix } from '../../../dev/fixtures/demoMatrix';
import { buildColumnGroups, isLost } from './columns';

describe('buildColumnGroups', () => {
  const groups = buildColumnGroups(demoMatrix({ now: 1e9 }));

  it('makes one column per target', () => {
    expect(groups.map(g => g.columns.map(c => c.label))).toEqual([
      ['dev'],
      ['staging'],
      ['prod eu', 'prod us'],
      ['pr-482'],
    ]);
  });

  it('joins what is promoted by an arrow, and nothing else', () => {
    expect(groups.map(g => g.promotedFromLeft)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('knows which column cannot be seen', () => {
    const columns = groups.flatMap(g => g.columns);
    expect(columns.filter(c => c.lost).map(c => c.label)).toEqual(['prod us']);
  });
});

describe('isLost', () => {
  it.each([
    ['live', false],
    ['partial', false],
    ['syncing', false],
    ['unreachable', true],
    ['forbidden', true],
    ['broken', true],
    ['unwatchable', true],
    ['missing', true],
  ] as const)('%s: %s', (condition, lost) => {
    expect(isLost({ name: 'x', condition, since: 0 })).toBe(lost);
  });

  it('takes a cluster that nobody told about as lost', () => {
    expect(isLost(undefined)).toBe(true);
  });
});
