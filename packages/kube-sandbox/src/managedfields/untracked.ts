import {
  difference,
  FieldTree,
  isEmpty,
  NO_FIELDS,
  setOfField,
  union,
} from './FieldTree';
import { Managers } from './Managers';

const UNTRACKED = [
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata'],
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'clusterName',
    'generation',
    'managedFields',
    'resourceVersion',
  ].map(name => ['f:metadata', `f:${name}`]),
].reduce<FieldTree>((set, path) => union(set, setOfField(...path)), NO_FIELDS);

/** The set without the fields that nobody ever owns. */
export function tracked(set: FieldTree): FieldTree {
  return difference(set, UNTRACKED);
}

/** Takes the fields that nobody ever owns from one manager, and the manager away where that leaves nothing. */
export function stripUntracked(managers: Managers, id: string): void {
  const entry = managers.get(id);
  if (!entry) {
    return;
  }
  const fields = tracked(entry.fields);
  if (isEmpty(fields)) {
    managers.delete(id);
  } else if (fields !== entry.fields) {
    managers.set(id, { ...entry, fields });
  }
}
