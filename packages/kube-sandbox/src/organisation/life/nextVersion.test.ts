import { nextVersion } from './nextVersion';

describe('nextVersion', () => {
  it.each([
    ['2.6.1', '2.7.0', '2.6.2'],
    ['v0.9.8', 'v0.10.0', 'v0.9.9'],
    ['3.12.0-rc.2', '3.12.0', '3.12.0'],
    ['2.7.0-crash', '2.8.0', '2.7.1'],
    ['main-3f2c1ab', undefined, undefined],
    ['latest', undefined, undefined],
    ['1.2', undefined, undefined],
  ])('after %s comes %s or %s', (version, minor, patch) => {
    expect(nextVersion(version, 'minor')).toBe(minor);
    expect(nextVersion(version, 'patch')).toBe(patch);
  });
});
