import { KubeObject } from '../objects/KubeObject';
import { fieldsOfValue } from './fieldsOfValue';
import {
  difference,
  FieldTree,
  intersection,
  isEmpty,
  union,
} from './FieldTree';
import { ManagerEntry, Managers } from './Managers';
import { withNamedFields } from './namedFields';
import { Ownership, VersionedObject } from './ownership';
import { removeFields } from './removeFields';

const allFields = ({ topology, object }: VersionedObject): FieldTree =>
  withNamedFields(fieldsOfValue(topology, object), topology);

const without = (
  { topology, object }: VersionedObject,
  fields: FieldTree,
): KubeObject => removeFields(topology, object, fields) as KubeObject;

/** The pruned object with what somebody owns in a version put back. */
function putBackOwned(options: {
  ownership: Ownership;
  merged: KubeObject;
  pruned: KubeObject;
  apiVersion: string;
  owned: FieldTree;
}): KubeObject {
  const { ownership, merged, pruned, apiVersion, owned } = options;
  const all = ownership.convert(merged, apiVersion);
  const left = ownership.convert(pruned, apiVersion);
  if (!all || !left) {
    return pruned;
  }
  const kept = union(allFields(left), withNamedFields(owned, all.topology));
  return without(all, difference(allFields(all), kept));
}

/**
 * Removes what a manager applied the last time and does not any more, unless somebody else owns it. `managers` holds what
 * it applies now. All objects are in the version of the request.
 */
export function prune(options: {
  ownership: Ownership;
  merged: KubeObject;
  managers: Managers;
  last: ManagerEntry | undefined;
}): KubeObject {
  const { ownership, merged, managers, last } = options;
  if (!last || isEmpty(last.fields)) {
    return merged;
  }
  const then = ownership.convert(merged, last.apiVersion);
  if (!then) {
    return merged;
  }
  const lastFields = withNamedFields(last.fields, then.topology);
  let pruned = without(then, lastFields);
  const owned = new Map<string, FieldTree>();
  for (const { apiVersion, fields } of managers.values()) {
    const others = owned.get(apiVersion);
    owned.set(apiVersion, others ? union(others, fields) : fields);
  }
  // First the version in which it was applied, so that what later conversions need is there.
  const versions = [...owned.keys()].sort(
    (a, b) => Number(b === last.apiVersion) - Number(a === last.apiVersion),
  );
  for (const apiVersion of versions) {
    pruned = putBackOwned({
      ownership,
      merged,
      pruned,
      apiVersion,
      owned: owned.get(apiVersion)!,
    });
  }
  const left = ownership.convert(pruned, last.apiVersion);
  if (!left) {
    return merged;
  }
  // Only what this manager applied before may go; what nobody owns stays.
  const gone = intersection(
    difference(allFields(then), allFields(left)),
    lastFields,
  );
  const result = without(then, gone);
  return ownership.convert(result, ownership.apiVersion)!.object as KubeObject;
}
