import { setField } from '../objects/freeze';
import { Definition, definitionOf } from '../schema/schema';
import { internalError } from '../status/errors';
import { mergeList, orderElements } from './mergeList';

export type Json = Record<string, unknown>;

const ORDER = '$setElementOrder/';
const DELETE_FROM_LIST = '$deleteFromPrimitiveList/';

export const isMap = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** How one field is merged: its patch strategies, the merge key of its elements, and the type below it. */
interface FieldMerge {
  merge: boolean;
  replace: boolean;
  key?: string;
  definition?: string;
}

function fieldMerge(
  definition: Definition | undefined,
  field: string,
): FieldMerge {
  const [strategies, key] = (definition?.merge?.[field] ?? '').split(':');
  const list = strategies.split(',');
  const type = definition?.fields[field]?.replace(/^(\[\]|\{\})/, '') ?? '';
  return {
    merge: list.includes('merge'),
    replace: list.includes('replace'),
    key,
    definition: type.startsWith('@') ? type.slice(1) : undefined,
  };
}

/**
 * Applies a strategic merge patch to an object of a type, with the directives `$patch`, `$retainKeys`,
 * `$setElementOrder` and `$deleteFromPrimitiveList`. Neither argument is changed.
 */
export function applyStrategicMergePatch(options: {
  target: Json;
  patch: Json;
  /** Name of the type, such as `apps.v1.Deployment`; without one, maps merge and lists are replaced. */
  definition?: string;
}): Json {
  return mergeMap(options.target, options.patch, options.definition);
}

/** Merges a map as `applyStrategicMergePatch` does. */
export function mergeMap(
  target: Json,
  patch: Json,
  definitionName: string | undefined,
): Json {
  const directive = patch.$patch;
  if (directive === 'replace') {
    const { $patch, ...rest } = patch;
    return dropDirectives(rest) as Json;
  }
  if (directive === 'delete') {
    return {};
  }
  if (directive !== undefined && directive !== 'merge') {
    throw internalError(
      `unknown patch type: ${directive} in map: map[$patch:${directive}]`,
    );
  }
  const definition = definitionName ? definitionOf(definitionName) : undefined;
  const result: Json = retained(target, patch);
  const ordered = new Set<string>();
  for (const [directiveKey, order] of Object.entries(patch)) {
    if (directiveKey.startsWith(ORDER) && Array.isArray(order)) {
      const field = directiveKey.slice(ORDER.length);
      ordered.add(field);
      mergeOrdered({ result, patch, field, order, definition });
    }
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(DELETE_FROM_LIST)) {
      const field = key.slice(DELETE_FROM_LIST.length);
      const list = result[field];
      if (Array.isArray(list) && Array.isArray(value)) {
        result[field] = list.filter(item => !value.includes(item));
      }
    } else if (!key.startsWith('$') && !ordered.has(key)) {
      mergeField(result, key, value, fieldMerge(definition, key));
    }
  }
  return result;
}

/** The target without the keys that a `$retainKeys` of the patch leaves out. */
function retained(target: Json, patch: Json): Json {
  const keep = patch.$retainKeys;
  if (!Array.isArray(keep)) {
    return { ...target };
  }
  return Object.fromEntries(
    Object.entries(target).filter(([key]) => keep.includes(key)),
  );
}

function mergeField(
  result: Json,
  key: string,
  value: unknown,
  how: FieldMerge,
): void {
  const current = Object.hasOwn(result, key) ? result[key] : undefined;
  if (value === null) {
    delete result[key];
  } else if (current === undefined || current === null) {
    setField(result, key, dropDirectives(value));
  } else if (isMap(current) && isMap(value)) {
    setField(
      result,
      key,
      how.replace
        ? dropDirectives(value)
        : mergeMap(current, value, how.definition),
    );
  } else if (Array.isArray(current) && Array.isArray(value) && how.merge) {
    setField(result, key, mergeList({ target: current, patch: value, ...how }));
  } else {
    setField(result, key, dropDirectives(value));
  }
}

/** A list whose patch says in which order its elements are to be. */
function mergeOrdered(options: {
  result: Json;
  patch: Json;
  field: string;
  order: unknown[];
  definition: Definition | undefined;
}): void {
  const { result, patch, field, order, definition } = options;
  const current = result[field];
  const how = fieldMerge(definition, field);
  if (patch[field] !== undefined) {
    mergeField(result, field, patch[field], how);
  }
  const merged = result[field];
  if (Array.isArray(merged)) {
    result[field] = orderElements({
      merged,
      order,
      serverOrder: Array.isArray(current) ? current : [],
      key: how.key,
    });
  }
}

/** A value that is new to the target: its directives have nothing to work on, and its nulls nothing to delete. */
export function dropDirectives(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .filter(item => !(isMap(item) && item.$patch !== undefined))
      .map(dropDirectives);
  }
  if (!isMap(value)) {
    return value;
  }
  const result: Json = {};
  for (const [key, child] of Object.entries(value)) {
    if (child !== null && !key.startsWith('$')) {
      setField(result, key, dropDirectives(child));
    }
  }
  return result;
}
