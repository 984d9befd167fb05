import { compareResourceVersions } from './resourceVersion';

describe('compareResourceVersions', () => {
  it.each([
    ['9', '10', -1],
    ['10', '9', 1],
    ['10', '10', 0],
    ['010', '10', 0],
    ['0', '1', -1],
    ['99999999999999999998', '99999999999999999999', -1],
    ['123456789012345678901234567890', '99', 1],
  ])('orders %p and %p', (a, b, expected) => {
    expect(Math.sign(compareResourceVersions(a, b)!)).toBe(expected);
  });

  it.each([
    ['', '1'],
    ['1', 'abc'],
    ['-1', '1'],
  ])('cannot order %p and %p', (a, b) => {
    expect(compareResourceVersions(a, b)).toBeUndefined();
  });
});
