import { canonicalQuantity } from './canonicalQuantity';

describe('canonicalQuantity', () => {
  it.each([
    ['1', '1'],
    ['0', '0'],
    ['0.0', '0'],
    ['1000', '1k'],
    ['1500', '1500'],
    ['1000m', '1'],
    ['1500m', '1500m'],
    ['0.5', '500m'],
    ['.5', '500m'],
    ['1.', '1'],
    ['+2', '2'],
    ['-1000m', '-1'],
    ['1Gi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['2048Mi', '2Gi'],
    ['1024Ki', '1Mi'],
    ['512Ki', '512Ki'],
    ['0.5Ki', '512'],
    ['1e3', '1e3'],
    ['1000e0', '1e3'],
    ['100M', '100M'],
    ['0.0000000001', '1m'],
    ['1.0001Gi', '1073849198183m'],
    ['5n', '1m'],
    ['12e-3', '12e-3'],
  ])('writes %s as %s', (text, canonical) => {
    expect(canonicalQuantity(text)).toBe(canonical);
  });

  it.each(['', '.', 'x', '1x', '1 Gi', '--1', '1ki'])('refuses %p', text => {
    expect(canonicalQuantity(text)).toBeUndefined();
  });
});
