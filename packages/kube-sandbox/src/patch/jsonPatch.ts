import { setField, thaw } from '../objects/freeze';
import { semanticallyEqual } from '../objects/equal';
import { patchDoesNotApply } from '../status/errors';

/** One operation of a JSON patch (RFC 6902). */
export interface JsonPatchOperation {
  op: string;
  path: string;
  from?: string;
  value?: unknown;
}

const parse = (pointer: string | undefined): string[] => {
  if (pointer === '') {
    return [];
  }
  // As in evanphx/json-patch, what stands before the first slash does not matter.
  const [, ...parts] = typeof pointer === 'string' ? pointer.split('/') : [];
  if (parts.length === 0) {
    throw patchDoesNotApply();
  }
  return parts.map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'));
};

function child(parent: unknown, key: string): unknown {
  if (Array.isArray(parent)) {
    return parent[indexIn(parent, key, parent.length - 1)];
  }
  if (parent !== null && typeof parent === 'object') {
    return Object.hasOwn(parent, key)
      ? (parent as Record<string, unknown>)[key]
      : undefined;
  }
  return undefined;
}

function indexIn(list: unknown[], key: string, last: number): number {
  // evanphx/json-patch, which the real server uses, counts negative indices from the end.
  const index = /^-?\d+$/.test(key) ? Number(key) : NaN;
  const absolute = index < 0 ? list.length + index : index;
  if (!(absolute >= 0 && absolute <= last)) {
    throw patchDoesNotApply();
  }
  return absolute;
}

function read(root: unknown, path: string[]): unknown {
  const value = path.reduce<unknown>(child, root);
  if (value === undefined) {
    throw patchDoesNotApply();
  }
  return value;
}

function parentOf(root: unknown, path: string[]): object {
  const parent = read(root, path.slice(0, -1));
  if (parent === null || typeof parent !== 'object') {
    throw patchDoesNotApply();
  }
  return parent;
}

/** What stands at a path; in an object that has no such key that is null. */
function copied(root: unknown, path: string[]): unknown {
  const parent = parentOf(root, path);
  return Array.isArray(parent)
    ? read(root, path)
    : child(parent, path[path.length - 1]) ?? null;
}

function add(root: unknown, path: string[], value: unknown, insert: boolean) {
  if (path.length === 0) {
    if (insert) {
      throw patchDoesNotApply();
    }
    return value;
  }
  const parent = parentOf(root, path);
  const key = path[path.length - 1];
  if (!Array.isArray(parent)) {
    setField(parent, key, value);
  } else if (key === '-' && insert) {
    parent.push(value);
  } else if (insert) {
    parent.splice(indexIn(parent, key, parent.length), 0, value);
  } else {
    parent[indexIn(parent, key, parent.length - 1)] = value;
  }
  return root;
}

function remove(root: unknown, path: string[]) {
  if (path.length === 0) {
    throw patchDoesNotApply();
  }
  read(root, path);
  const parent = parentOf(root, path);
  const key = path[path.length - 1];
  if (Array.isArray(parent)) {
    parent.splice(indexIn(parent, key, parent.length - 1), 1);
  } else {
    delete (parent as Record<string, unknown>)[key];
  }
  return root;
}

/** Applies a JSON patch and returns the result; the target is not changed. A patch that does not fit is a 422. */
export function applyJsonPatch(
  target: unknown,
  operations: readonly JsonPatchOperation[],
): unknown {
  let root: unknown = thaw(target);
  for (const given of operations) {
    const operation: Partial<JsonPatchOperation> = given ?? {};
    const path = parse(operation.path);
    switch (operation.op) {
      case 'add':
        root = add(root, path, thaw(operation.value), true);
        break;
      // As on the real server, `replace` may name a key that is not there yet.
      case 'replace':
        root = add(root, path, thaw(operation.value), false);
        break;
      case 'remove':
        root = remove(root, path);
        break;
      case 'copy':
        root = add(root, path, thaw(copied(root, parse(operation.from))), true);
        break;
      case 'move': {
        const from = parse(operation.from);
        const value = read(root, from);
        root = add(remove(root, from), path, value, true);
        break;
      }
      case 'test': {
        const actual = path.reduce<unknown>(child, root);
        if (!semanticallyEqual(actual, operation.value)) {
          throw patchDoesNotApply();
        }
        break;
      }
      default:
        throw patchDoesNotApply();
    }
  }
  return root;
}
