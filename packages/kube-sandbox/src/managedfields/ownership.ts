import { KubeObject } from '../objects/KubeObject';
import { compareValues } from './compareValues';
import { FieldConflict, FieldConflicts } from './FieldConflicts';
import {
  difference,
  FieldTree,
  hasField,
  intersection,
  isEmpty,
  NO_FIELDS,
  recursiveDifference,
  union,
} from './FieldTree';
import { Managers } from './Managers';
import { fieldElement } from './pathElement';
import { Topology } from './Topology';

/** An object in one version of its API, and how its fields are owned there. */
export interface VersionedObject {
  topology: Topology;
  object: unknown;
}

/** What ownership has to know of a kind. */
export interface Ownership {
  /** The version in which the request speaks. */
  apiVersion: string;
  /** An object of the request's version in another one; undefined where that is not served. */
  convert(object: KubeObject, apiVersion: string): VersionedObject | undefined;
  /** Fields that this kind of write throws away. */
  reset: FieldTree;
}

/** Two objects compared: each set without the fields that are thrown away. */
export interface Changes {
  /** What is new or another value. */
  set: FieldTree;
  removed: FieldTree;
}

const NONE: Changes = { set: NO_FIELDS, removed: NO_FIELDS };

/** Without `managedFields`, which nobody owns, and without the parts that are thrown away as a whole. */
function comparable(object: any, reset: FieldTree): unknown {
  const { metadata, ...rest } = object;
  for (const name of Object.keys(rest)) {
    if (hasField(reset, [fieldElement(name)])) {
      delete rest[name];
    }
  }
  if (metadata) {
    const { managedFields, ...others } = metadata;
    rest.metadata = others;
  }
  return rest;
}

/** What a write changes; the objects have to be of the version of the topology. */
export function changesBetween(options: {
  topology: Topology;
  before: unknown;
  after: unknown;
  reset: FieldTree;
}): Changes {
  const { topology, before, after, reset } = options;
  const comparison = compareValues(
    topology,
    comparable(before, reset),
    comparable(after, reset),
  );
  if (!comparison) {
    return NONE;
  }
  const { added = NO_FIELDS, modified = NO_FIELDS } = comparison;
  return {
    set: recursiveDifference(union(added, modified), reset),
    removed: recursiveDifference(comparison.removed ?? NO_FIELDS, reset),
  };
}

/**
 * Takes what a write changes and removes from everybody but `self`, and returns what it changes in the request's version.
 * Throws {@link FieldConflicts} where it changes what others own, unless forced to.
 */
export function takeFromOthers(options: {
  ownership: Ownership;
  before: KubeObject;
  after: KubeObject;
  managers: Managers;
  /** Id of the manager who writes. */
  self?: string;
  force: boolean;
}): Changes {
  const { ownership, before, after, managers, self, force } = options;
  const byVersion = new Map<string, Changes | undefined>();
  const changesIn = (apiVersion: string): Changes | undefined => {
    if (!byVersion.has(apiVersion)) {
      const old = ownership.convert(before, apiVersion);
      const next = ownership.convert(after, apiVersion);
      byVersion.set(
        apiVersion,
        old &&
          next &&
          changesBetween({
            topology: old.topology,
            before: old.object,
            after: next.object,
            reset: ownership.reset,
          }),
      );
    }
    return byVersion.get(apiVersion);
  };
  const conflicts: (FieldConflict & { id: string })[] = [];
  for (const [id, owner] of managers) {
    if (id === self) {
      continue;
    }
    const changes = changesIn(owner.apiVersion);
    if (!changes) {
      managers.delete(id);
      continue;
    }
    const fields = intersection(owner.fields, changes.set);
    if (!isEmpty(fields)) {
      conflicts.push({ id, owner, fields });
    }
  }
  if (!force && conflicts.length > 0) {
    throw new FieldConflicts(conflicts.sort((a, b) => (a.id < b.id ? -1 : 1)));
  }
  for (const [id, owner] of managers) {
    if (id !== self) {
      const { set, removed } = changesIn(owner.apiVersion)!;
      const fields = difference(difference(owner.fields, set), removed);
      if (isEmpty(fields)) {
        managers.delete(id);
      } else if (fields !== owner.fields) {
        managers.set(id, { ...owner, fields });
      }
    }
  }
  return changesIn(ownership.apiVersion) ?? NONE;
}
