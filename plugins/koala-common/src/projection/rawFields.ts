/**
 * Reads fields of objects as they came over the wire, where any field may be missing or of any type.
 * A wrong type reads as a missing field: one odd field must not cost the whole object.
 */

/** An object as JSON gave it. */
export type RawObject = { readonly [field: string]: unknown };

const NOTHING: RawObject = Object.freeze({});
const NO_ITEMS: readonly RawObject[] = Object.freeze([]);

/** Longest text kept of a message or an annotation. */
export const MAX_TEXT = 1024;
const TAIL = 400;

function isObject(value: unknown): value is RawObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object, or an empty one. */
export function readObject(value: unknown): RawObject {
  return isObject(value) ? value : NOTHING;
}

/** The objects of a list; null entries are left out. */
export function readList(value: unknown): readonly RawObject[] {
  if (!Array.isArray(value)) {
    return NO_ITEMS;
  }
  return value.every(isObject) ? value : value.filter(isObject);
}

/** A text that is not empty. */
export function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * A text for people. A long one keeps its start and its end: the kubelet says what went wrong at the
 * end of a chain of causes.
 */
export function readMessage(value: unknown): string | undefined {
  const text = readText(value);
  if (text === undefined || text.length <= MAX_TEXT) {
    return text;
  }
  const short = `${text.slice(0, MAX_TEXT - TAIL)} … ${text.slice(-TAIL)}`;
  // A slice would keep the whole text alive; a copy does not.
  return JSON.parse(JSON.stringify(short));
}

/** A count: a whole number that is not negative. */
export function readCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value)
    ? Math.max(0, value)
    : undefined;
}

/** A time, in milliseconds since the epoch. */
export function readTime(value: unknown): number | undefined {
  if (typeof value !== 'string') {
    return undefined;
  }
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}
