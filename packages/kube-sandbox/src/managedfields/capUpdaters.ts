import { union } from './FieldTree';
import { ManagerEntry, managerId, Managers } from './Managers';

/** How many managers of updates an object remembers. */
const MAX_UPDATERS = 10;
const BUCKET = 'ancient-changes';

const seconds = ({ time }: ManagerEntry) =>
  time === undefined ? 0 : Math.floor(Date.parse(time) / 1000);

/** Merges the oldest managers of updates into one per version, where there are too many. */
export function capUpdaters(managers: Managers): void {
  const updaters = [...managers]
    .filter(([, entry]) => entry.operation === 'Update')
    .sort(
      ([idA, a], [idB, b]) => seconds(a) - seconds(b) || (idA < idB ? -1 : 1),
    );
  let count = updaters.length;
  const firstOf = new Map<string, string>();
  for (const [id, entry] of updaters) {
    if (count <= MAX_UPDATERS) {
      return;
    }
    const { apiVersion } = entry;
    const first = firstOf.get(apiVersion);
    if (first === undefined) {
      firstOf.set(apiVersion, id);
      continue;
    }
    const bucket: Omit<ManagerEntry, 'fields'> = {
      manager: BUCKET,
      operation: 'Update',
      apiVersion,
      time: entry.time,
    };
    const bucketId = managerId(bucket);
    const old = managers.get(bucketId) ?? managers.get(first)!;
    if (!managers.has(bucketId)) {
      managers.delete(first);
    }
    managers.delete(id);
    managers.set(bucketId, {
      ...bucket,
      fields: union(old.fields, entry.fields),
    });
    count -= 1;
  }
}
