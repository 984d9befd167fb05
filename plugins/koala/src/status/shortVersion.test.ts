import { shortVersion } from './shortVersion';

describe('shortVersion', () => {
  it.each([
    ['1.4.2', '1.4.2'],
    ['main-3f2c1ab', 'main-3f2c1ab'],
    ['2026-11-21-3f2c1ab', '2026-11-21-3f2c1ab'],
    [`sha256:9e1f0c2a7b${'0'.repeat(54)}`, 'sha256:9e1f0c2…'],
    ['3f2c1ab9e1f0c2a7b5d4e3f8a6c1b0d9e8f7a6b5', '3f2c1ab'],
    ['feature-very-long-branch-name-3f2c1ab', 'feature-very-l…-3f2c1ab'],
  ])('shows %s as %s', (version, short) => {
    expect(shortVersion(version)).toBe(short);
  });
});
