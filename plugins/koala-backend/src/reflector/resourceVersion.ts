/**
 * Orders two resource versions of one resource type: negative, zero or positive. Kubernetes says since 1.35
 * that they are decimal numbers of any length; those that are not cannot be ordered.
 */
export function compareResourceVersions(
  a: string,
  b: string,
): number | undefined {
  if (!/^[0-9]+$/.test(a) || !/^[0-9]+$/.test(b)) {
    return undefined;
  }
  const [left, right] = [a.replace(/^0+(?=.)/, ''), b.replace(/^0+(?=.)/, '')];
  if (left.length !== right.length) {
    return left.length - right.length;
  }
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}
