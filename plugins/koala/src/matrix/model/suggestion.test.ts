import { suggestName } from './suggestion';

describe('suggestName', () => {
  const names = ['checkout', 'cart', 'catalog-api'];
  it.each([
    ['chekout', 'checkout'],
    ['CHECKUOT', 'checkout'],
    ['catt', 'cart'],
    ['payments', undefined],
    ['ca', undefined],
    ['', undefined],
  ])('%s: %s', (text, name) => {
    expect(suggestName(text, names)).toBe(name);
  });
});
