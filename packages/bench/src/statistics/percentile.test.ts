import { median, percentile } from './percentile';

const oneTo = (n: number) => Array.from({ length: n }, (_, i) => n - i);

describe('percentile', () => {
  it.each([
    [100, 0.99, 99],
    [200, 0.99, 198],
    [200, 0.5, 100],
    [5, 0.5, 3],
    [5, 0.99, 5],
    [1, 0.01, 1],
    [10, 1, 10],
  ])('of 1..%i at %d is %d', (n, share, expected) => {
    expect(percentile(oneTo(n), share)).toBe(expected);
  });

  it('orders numbers as numbers and leaves the samples alone', () => {
    const samples = [10, 9, 100];
    expect(percentile(samples, 1)).toBe(100);
    expect(samples).toEqual([10, 9, 100]);
  });

  it('refuses no samples and a share given in percent', () => {
    expect(() => percentile([], 0.5)).toThrow(/no samples/);
    expect(() => percentile([1], 99)).toThrow(/at most 1/);
  });
});

describe('median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
  ])('of %j is %d', (samples, expected) => {
    expect(median(samples)).toBe(expected);
  });
});
