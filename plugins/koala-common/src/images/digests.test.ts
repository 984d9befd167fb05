import { digestOf, shortDigest } from './digests';

const DIGEST = `sha256:9e1f0c2${'b'.repeat(57)}`;

describe('digestOf', () => {
  it.each([
    [DIGEST, DIGEST],
    [`docker.io/library/redis@${DIGEST}`, DIGEST],
    [`docker-pullable://redis@${DIGEST}`, DIGEST],
    [`registry.example.com:5000/a/b:1.2@${DIGEST}`, DIGEST],
    ['redis:7', undefined],
    ['sha256:short', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s', (text, expected) => {
    expect(digestOf(text)).toBe(expected);
  });
});

describe('shortDigest', () => {
  it.each([
    [DIGEST, 'sha256:9e1f0c2…'],
    [`docker.io/library/redis@${DIGEST}`, 'sha256:9e1f0c2…'],
    ['1.4.2', '1.4.2'],
  ])('%s', (text, expected) => {
    expect(shortDigest(text)).toBe(expected);
  });
});
