import { EnvironmentSummary } from '@koala-ops/backstage-plugin-koala-common';
import { orderEnvironments, tierRank } from './environmentOrder';

const environment = (
  name: string,
  part: Partial<EnvironmentSummary> = {},
): EnvironmentSummary => ({ name, title: name, targets: [], ...part });

const names = (environments: EnvironmentSummary[]) =>
  orderEnvironments(environments).map(e => e.name);

describe('orderEnvironments', () => {
  it('follows promotion, not the order of the configuration', () => {
    expect(
      names([
        environment('prod', { promotesFrom: 'staging' }),
        environment('staging', { promotesFrom: 'dev' }),
        environment('dev'),
      ]),
    ).toEqual(['dev', 'staging', 'prod']);
  });

  it('puts previews last, wherever they are promoted from', () => {
    expect(
      names([
        environment('pr-482', { tier: 'preview', promotesFrom: 'dev' }),
        environment('dev'),
        environment('prod', { promotesFrom: 'dev' }),
      ]),
    ).toEqual(['dev', 'prod', 'pr-482']);
  });

  it('shows every environment once even in a promotion cycle', () => {
    expect(
      names([
        environment('a', { promotesFrom: 'b' }),
        environment('b', { promotesFrom: 'a' }),
        environment('dev'),
      ]),
    ).toEqual(['dev', 'a', 'b']);
  });

  it('starts at an environment whose upstream does not exist', () => {
    expect(names([environment('prod', { promotesFrom: 'gone' })])).toEqual([
      'prod',
    ]);
  });
});

describe('tierRank', () => {
  it.each([
    ['x', 'production', 0],
    ['prod', undefined, 0],
    ['x', 'pre-production', 1],
    ['staging', undefined, 1],
    ['x', 'development', 2],
    ['x', 'something else', 2],
    ['pr-12', undefined, 3],
    ['koala-sandbox', undefined, 3],
  ])('%s of tier %s ranks %d', (name, tier, rank) => {
    expect(tierRank(environment(name, { tier }))).toBe(rank);
  });
});
