import { RawObject, readList, readObject, readTime } from './rawFields';

/**
 * When an object, or a subresource of it, was last changed, as its managedFields tell; undefined where
 * they are cut off. It is the only time there is in objects whose status has no conditions.
 */
export function lastManagedAt(
  raw: RawObject,
  subresource?: string,
): number | undefined {
  let last: number | undefined;
  for (const entry of readList(readObject(raw.metadata).managedFields)) {
    const time =
      subresource === undefined || entry.subresource === subresource
        ? readTime(entry.time)
        : undefined;
    if (time !== undefined && (last === undefined || time > last)) {
      last = time;
    }
  }
  return last;
}
