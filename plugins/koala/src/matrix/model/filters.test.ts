import {
  ServiceSummary,
  Status,
} from '@koala-ops/backstage-plugin-koala-common';
import {
  clearFilters,
  describeFilters,
  matchesFilters,
  MatrixFilters,
  parseFilters,
  writeFilters,
} from './filters';

const none: MatrixFilters = { text: '', mine: false, problemsFirst: false };
const cart: ServiceSummary = {
  ref: 'component:default/cart',
  namespace: 'default',
  name: 'cart',
  owner: 'group:default/shop-core',
  system: 'system:default/shop',
  project: 'acme',
  matchedBy: 'name',
};

describe('the query of the URL', () => {
  it.each<[string, Partial<MatrixFilters>]>([
    ['', {}],
    ['q=cart', { text: 'cart' }],
    ['mine=true&problems=first', { mine: true, problemsFirst: true }],
    [
      'system=system%3Adefault%2Fshop&status=degraded&environment=prod',
      {
        system: 'system:default/shop',
        status: 'degraded',
        environment: 'prod',
      },
    ],
    ['status=nonsense&mine=maybe', {}],
  ])('%s is read', (query, filters) => {
    expect(parseFilters(new URLSearchParams(query))).toEqual({
      ...none,
      ...filters,
    });
  });

  it('is written so that it reads back the same, and keeps what is not ours', () => {
    const filters: MatrixFilters = {
      text: 'a b',
      mine: true,
      problemsFirst: true,
      owner: 'group:default/x',
      tier: 'production',
      status: 'unknown',
    };
    const query = writeFilters(new URLSearchParams('lang=en'), filters);
    expect(parseFilters(query)).toEqual(filters);
    expect(query.get('lang')).toBe('en');
    expect(writeFilters(query, none).toString()).toBe('lang=en');
  });
});

describe('matchesFilters', () => {
  const matches = (
    filters: Partial<MatrixFilters>,
    options: { statuses?: Status[]; ownership?: string[] } = {},
  ) =>
    matchesFilters({
      service: cart,
      filters: { ...none, ...filters },
      ownership: options.ownership ?? [],
      statuses: () => options.statuses ?? ['healthy'],
    });

  it.each<[Partial<MatrixFilters>, boolean]>([
    [{}, true],
    [{ text: 'CAR' }, true],
    [{ text: 'shop car' }, true],
    [{ text: 'shop-core' }, true],
    [{ text: 'checkout' }, false],
    [{ system: 'system:default/shop' }, true],
    [{ system: '-' }, false],
    [{ owner: 'group:default/other' }, false],
    [{ project: 'acme' }, true],
    [{ project: 'other' }, false],
    [{ status: 'healthy' }, true],
    [{ status: 'degraded' }, false],
  ])('%j: %s', (filters, expected) => {
    expect(matches(filters)).toBe(expected);
  });

  it('finds a status in any column', () => {
    expect(
      matches({ status: 'degraded' }, { statuses: ['healthy', 'degraded'] }),
    ).toBe(true);
  });

  it('knows what belongs to my teams', () => {
    const ownership = ['group:default/shop-core'];
    expect(matches({ mine: true }, { ownership })).toBe(true);
    expect(matches({ mine: true })).toBe(false);
  });
});

it('clearing keeps the order and the environment', () => {
  expect(
    clearFilters({
      ...none,
      text: 'x',
      status: 'degraded',
      problemsFirst: true,
      environment: 'prod',
    }),
  ).toEqual({ ...none, problemsFirst: true, environment: 'prod' });
});

it('says filters in words', () => {
  expect(
    describeFilters({
      ...none,
      mine: true,
      owner: 'group:default/shop-core',
      status: 'not-deployed',
    }),
  ).toEqual(['My teams', 'Owner shop-core', 'Status not deployed']);
});
