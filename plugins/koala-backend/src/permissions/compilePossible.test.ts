import { compilePossible } from './compilePossible';
import { KoalaPlace } from './koalaServiceResource';

const prod: KoalaPlace = {
  environment: 'prod',
  tier: 'production',
  cluster: 'prod-eu',
};
const is = (property: string, ...values: string[]) => ({ property, values });

describe('compilePossible', () => {
  it.each<[object, boolean | undefined]>([
    [is('environment', 'prod'), true],
    [is('environment', 'dev'), false],
    [is('tier', 'production'), true],
    [is('cluster', 'prod-us'), false],
    [is('owner', 'group:default/shop'), undefined],
    [is('service', 'component:default/cart'), undefined],
    [is('namespace', 'shop'), undefined],
    [{ not: is('environment', 'prod') }, false],
    [{ not: is('owner', 'group:default/shop') }, undefined],
    [{ allOf: [is('environment', 'prod'), is('owner', 'x')] }, undefined],
    [{ allOf: [is('environment', 'dev'), is('owner', 'x')] }, false],
    [{ allOf: [is('environment', 'prod'), is('tier', 'production')] }, true],
    [{ anyOf: [is('environment', 'prod'), is('owner', 'x')] }, true],
    [{ anyOf: [is('environment', 'dev'), is('owner', 'x')] }, undefined],
    [{ anyOf: [is('environment', 'dev'), is('cluster', 'other')] }, false],
    [
      { not: { anyOf: [is('environment', 'dev'), is('owner', 'x')] } },
      undefined,
    ],
  ])('%j: %s', (criteria, expected) => {
    expect(compilePossible(criteria as any)(prod)).toBe(expected);
  });

  it('knows about a namespace once that is named', () => {
    const inShop = compilePossible(is('namespace', 'shop') as any);
    expect(inShop({ ...prod, namespaces: ['shop'] })).toBe(true);
    expect(inShop({ ...prod, namespaces: ['pay'] })).toBe(false);
  });
});
