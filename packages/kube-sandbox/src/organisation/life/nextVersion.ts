const VERSION = /^(v?)(\d+)\.(\d+)\.(\d+)(?:-.*)?$/;

/**
 * The version after this one: `2.6.1` becomes `2.7.0` or `2.6.2`. What comes after a hyphen is left
 * away, and a release candidate is followed by its release. Undefined of what is no such version.
 */
export function nextVersion(
  version: string,
  part: 'minor' | 'patch',
): string | undefined {
  const match = VERSION.exec(version);
  if (!match) {
    return undefined;
  }
  const [, v, major, minor, patch] = match;
  if (/-rc[.-]?\d*$/.test(version)) {
    return `${v}${major}.${minor}.${patch}`;
  }
  return part === 'minor'
    ? `${v}${major}.${Number(minor) + 1}.0`
    : `${v}${major}.${minor}.${Number(patch) + 1}`;
}
