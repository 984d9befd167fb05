const DIGEST = /^(sha\d+):([0-9a-f]{12,})$/i;
const COMMIT = /^[0-9a-f]{20,64}$/i;
const LONGEST = 24;

/**
 * A version the way people say it. `1.4.2` and `main-3f2c1ab` stay; a digest becomes `sha256:9e1f0c2`,
 * a whole commit its first seven digits, anything longer than 24 characters keeps its head and its tail.
 */
export function shortVersion(version: string): string {
  const digest = DIGEST.exec(version);
  if (digest) {
    return `${digest[1]}:${digest[2].slice(0, 7)}…`;
  }
  if (COMMIT.test(version)) {
    return version.slice(0, 7);
  }
  if (version.length <= LONGEST) {
    return version;
  }
  return `${version.slice(0, 14)}…${version.slice(-8)}`;
}
