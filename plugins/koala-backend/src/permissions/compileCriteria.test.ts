import { compileCriteria } from './compileCriteria';
import { KoalaServiceResource } from './koalaServiceResource';

const cart: KoalaServiceResource = {
  service: 'component:default/cart',
  owner: 'group:default/shop',
  environment: 'prod',
  tier: 'production',
  cluster: 'prod-eu',
  namespaces: ['shop', 'shop-jobs'],
};

const is = (property: any, ...values: string[]) => ({ property, values });

describe('compileCriteria', () => {
  it.each([
    [is('environment', 'dev', 'prod'), true],
    [is('environment', 'dev'), false],
    [is('tier', 'production'), true],
    [is('cluster', 'prod-us'), false],
    [is('owner', 'group:default/shop'), true],
    [is('namespace', 'shop'), false],
    [is('namespace', 'shop', 'shop-jobs', 'other'), true],
    [{ not: is('cluster', 'prod-us') }, true],
    [{ allOf: [is('cluster', 'prod-eu'), is('tier', 'staging')] }, false],
    [{ anyOf: [is('cluster', 'prod-us'), is('tier', 'production')] }, true],
    [
      {
        allOf: [
          { anyOf: [is('cluster', 'x'), is('cluster', 'prod-eu')] },
          { not: is('environment', 'dev') },
        ],
      },
      true,
    ],
  ])('%j: %s', (criteria, expected) => {
    expect(compileCriteria(criteria as any)(cart)).toBe(expected);
  });

  it('lets nothing without a value pass', () => {
    const unowned = { ...cart, owner: undefined, namespaces: [] };
    expect(compileCriteria(is('owner', 'undefined'))(unowned)).toBe(false);
    expect(compileCriteria(is('namespace', 'shop'))(unowned)).toBe(false);
  });
});
