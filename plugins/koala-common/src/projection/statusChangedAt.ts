import { RawObject, readList, readObject, readTime } from './rawFields';

/**
 * When the status of an object was last written, as its managedFields tell; undefined where they are cut
 * off. It is the only time there is in objects whose status has no conditions.
 */
export function statusChangedAt(raw: RawObject): number | undefined {
  let last: number | undefined;
  for (const entry of readList(readObject(raw.metadata).managedFields)) {
    const time =
      entry.subresource === 'status' ? readTime(entry.time) : undefined;
    if (time !== undefined && (last === undefined || time > last)) {
      last = time;
    }
  }
  return last;
}
