import { compare, parse } from 'semver';

/** Suffixes that say "before": others name a variant (`-alpine`) or what came after (`-5-g1a2b3c4`). */
const BEFORE = /^(alpha|beta|dev|m\d|pre|preview|rc|snapshot)/i;

/**
 * Orders two versions: negative where the first is older, positive where it is newer. Undefined where they do not
 * say: commits, dates and branch names have no order.
 *
 * @public
 */
export function compareVersions(a: string, b: string): number | undefined {
  if (a === b) {
    return 0;
  }
  const [left, right] = [semverOf(a), semverOf(b)];
  if (!left || !right) {
    return undefined;
  }
  const order = compare(left, right);
  if (left.compareMain(right) !== 0) {
    return order;
  }
  const suffixes = [left.prerelease, right.prerelease]
    .filter(parts => parts.length > 0)
    .map(parts => parts.join('.'));
  return suffixes.every(suffix => BEFORE.test(suffix)) ? order : undefined;
}

/** People write `v2` and `2.6` too. */
function semverOf(version: string) {
  const [, core, rest] = /^v?(\d+(?:\.\d+){0,2})([-+].*)?$/.exec(version) ?? [];
  if (core === undefined) {
    return null;
  }
  const numbers = core.split('.').map(Number);
  while (numbers.length < 3) {
    numbers.push(0);
  }
  return parse(`${numbers.join('.')}${rest ?? ''}`);
}
