/**
 * Freezes a value and everything below it. Subtrees that are frozen already are not walked again, so a new
 * version of an object that shares most of the old one costs little.
 */
export function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value)) {
      deepFreeze(child);
    }
  }
  return value;
}

/** A deep copy of JSON data that may be changed. Keys such as `__proto__` stay plain data. */
export function thaw<T>(value: T): T {
  if (Array.isArray(value)) {
    return value.map(thaw) as T;
  }
  if (value !== null && typeof value === 'object') {
    const copy = {};
    for (const [key, child] of Object.entries(value)) {
      setField(copy, key, thaw(child));
    }
    return copy as T;
  }
  return value;
}

/** `target[key] = value` that also holds for the key `__proto__`. */
export function setField(target: object, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    (target as Record<string, unknown>)[key] = value;
  }
}
