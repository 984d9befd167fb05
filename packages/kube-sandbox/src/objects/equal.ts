/** Whether two pieces of JSON data are the same; a missing field, `null` and an empty list count as equal. */
export function semanticallyEqual(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (isEmpty(a) && isEmpty(b)) {
    return true;
  }
  if (
    a === null ||
    b === null ||
    typeof a !== 'object' ||
    typeof b !== 'object' ||
    Array.isArray(a) !== Array.isArray(b)
  ) {
    return false;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return (
      a.length === b.length &&
      a.every((item, index) => semanticallyEqual(item, b[index]))
    );
  }
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    if (!semanticallyEqual(left[key], right[key])) {
      return false;
    }
  }
  return true;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (Array.isArray(value) && value.length === 0)
  );
}
