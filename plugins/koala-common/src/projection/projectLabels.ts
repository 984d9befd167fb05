import { KEPT_ANNOTATIONS } from '../annotations';
import { readMessage, readObject } from './rawFields';
import { SharedValues } from './SharedValues';

type TextMap = Readonly<Record<string, string>>;

/**
 * A map without a prototype, so that a key such as `__proto__` or `constructor` is a key like any
 * other. `Object.create(null)` would do the same as a hash table of several times the size.
 */
const TextMapObject = function TextMap() {} as unknown as new () => Record<
  string,
  string
>;
TextMapObject.prototype = Object.freeze(Object.create(null));

const EMPTY: TextMap = Object.freeze(new TextMapObject());

function copyTexts(keys: readonly string[], raw: TextMap): TextMap {
  const copy = new TextMapObject();
  for (const key of keys) {
    copy[key] = raw[key];
  }
  return Object.freeze(copy);
}

/** Labels, or any map of texts; values that are no text are left out. */
export function projectLabels(value: unknown, shared: SharedValues): TextMap {
  const raw = readObject(value);
  const keys = Object.keys(raw).filter(key => typeof raw[key] === 'string');
  if (keys.length === 0) {
    return EMPTY;
  }
  let id = 'map';
  for (const key of keys) {
    id += `\n${key}\t${raw[key]}`;
  }
  return shared.value(id, () => copyTexts(keys, raw as TextMap));
}

/** The annotations that Koala keeps, a huge one shortened. */
export function projectAnnotations(
  value: unknown,
  shared: SharedValues,
): TextMap {
  const raw = readObject(value);
  let kept: Record<string, string> | undefined;
  for (const key of KEPT_ANNOTATIONS) {
    const text = Object.hasOwn(raw, key) ? readMessage(raw[key]) : undefined;
    if (text !== undefined) {
      kept ??= {};
      kept[key] = text;
    }
  }
  return kept ? projectLabels(kept, shared) : EMPTY;
}
