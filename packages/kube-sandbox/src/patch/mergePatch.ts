import { setField } from '../objects/freeze';

const isMap = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Applies a JSON merge patch (RFC 7396) and returns the result; neither argument is changed. */
export function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (!isMap(patch)) {
    return patch;
  }
  const result: Record<string, unknown> = isMap(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[key];
    } else {
      setField(
        result,
        key,
        applyMergePatch(
          Object.hasOwn(result, key) ? result[key] : undefined,
          value,
        ),
      );
    }
  }
  return result;
}
