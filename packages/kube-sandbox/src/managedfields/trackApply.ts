import { KubeObject } from '../objects/KubeObject';
import { equalValues } from './compareValues';
import { fieldsOfValue } from './fieldsOfValue';
import { isEmpty, recursiveDifference } from './FieldTree';
import { ManagerEntry, managerId, Managers } from './Managers';
import { mergeValues } from './mergeValues';
import { Ownership, takeFromOthers } from './ownership';
import { prune } from './prune';
import { Topology } from './Topology';
import { stripUntracked } from './untracked';

/** What an apply of an object leads to. */
export interface Applied {
  /** The merged object, not yet read as its kind; undefined where the live object is as it is to be. */
  object?: KubeObject;
  managers: Managers;
}

/**
 * Merges an applied object into the live one, removes what its manager no longer applies, and makes the manager the owner
 * of all that it applies. Throws {@link FieldConflicts} where others own that, unless forced.
 */
export function trackApply(options: {
  ownership: Ownership;
  topology: Topology;
  /** In the version of the request, without `managedFields`. */
  live: KubeObject;
  applied: KubeObject;
  managers: Managers;
  manager: string;
  subresource?: string;
  time: string;
  force: boolean;
  /** False leaves what the manager no longer applies, which is wrong. */
  removesLeftOut: boolean;
}): Applied {
  const { ownership, topology, live, applied, subresource } = options;
  const managers = new Map(options.managers);
  const identity: Omit<ManagerEntry, 'fields'> = {
    manager: options.manager,
    operation: 'Apply',
    apiVersion: ownership.apiVersion,
    subresource,
  };
  const id = managerId(identity);
  const last = managers.get(id);
  const merged = mergeValues(topology, live, applied) as KubeObject;
  managers.set(id, {
    ...identity,
    time: last?.time,
    fields: recursiveDifference(
      fieldsOfValue(topology, applied),
      ownership.reset,
    ),
  });
  const object = options.removesLeftOut
    ? prune({ ownership, merged, managers, last })
    : merged;
  takeFromOthers({
    ownership,
    before: live,
    after: object,
    managers,
    self: id,
    force: options.force,
  });
  const changed = !equalValues(live, object);
  const entry = managers.get(id)!;
  if (isEmpty(entry.fields)) {
    managers.delete(id);
  } else if (changed) {
    managers.set(id, { ...entry, time: options.time });
  }
  stripUntracked(managers, id);
  return { ...(changed && { object }), managers };
}
