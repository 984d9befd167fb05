import { isVersionTag } from './isVersionTag';

describe('isVersionTag', () => {
  it.each([
    '1.4.2',
    'v1.4.2',
    'v2',
    '3',
    '1.5.0-rc.1',
    '1.5.0_build.7',
    'main-3f2c1ab',
    'main-abcdefa',
    'pr-482-a91c77e',
    'feature-login-3f2c1ab',
    '2024-10-01.3',
    '20241001',
    'main-1234',
    'release-1.4',
    '3f2c1ab',
    'deadbee',
    '3f2c1ab9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3',
    'sha-3f2c1ab',
    '15-alpine',
    '3.6.8-management',
    '1.4.2-arm64',
    'RELEASE.2024-10-02T17-50-41Z',
    'b42',
  ])('%s is a version', tag => {
    expect(isVersionTag(tag)).toBe(true);
  });

  it.each([
    'latest',
    'main',
    'master',
    'stable',
    'dev',
    'develop',
    'nightly',
    'edge',
    'alpine',
    'canary',
    'feature-login',
    'Latest',
    'latest-arm64',
    'main-amd64',
    'linux-amd64',
    'dev2',
    'test1',
    'bad',
    '',
  ])('%j is none', tag => {
    expect(isVersionTag(tag)).toBe(false);
  });
});
