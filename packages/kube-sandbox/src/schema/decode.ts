import { setField } from '../objects/freeze';
import { decodeScalar, mismatch, Position } from './decodeScalar';
import { Definition, definitionOf } from './schema';

export { DecodeError } from './decodeScalar';

/** A decoded value and the fields that its type does not have, as `spec.foo`. */
export interface Decoded {
  value: any;
  unknownFields: string[];
}

interface Context {
  unknownFields: string[];
}

/** Lists that stay in the answer even if they are empty, because their field is not optional. */
const KEPT_EMPTY = new Set(['discovery.v1.EndpointSlice.endpoints']);

/**
 * Reads JSON data as a type: checks it, drops unknown fields (and reports them), nulls and empty lists and maps,
 * as encoding through the real server's Go types does. The result shares nothing with the input.
 */
export function decode(definition: string, data: unknown): Decoded {
  const context: Context = { unknownFields: [] };
  const value = decodeStruct(
    { definition, data, path: '', label: '' },
    context,
  );
  return { value: value ?? {}, unknownFields: context.unknownFields };
}

function decodeStruct(
  position: Position & { definition: string },
  context: Context,
): Record<string, unknown> | undefined {
  const { data, definition, path } = position;
  if (data === null || data === undefined) {
    return undefined;
  }
  if (typeof data !== 'object' || Array.isArray(data)) {
    throw mismatch(position, `@${definition}`);
  }
  const { fields }: Definition = definitionOf(definition);
  const struct = definition.split('.').pop();
  const result: Record<string, unknown> = {};
  for (const [name, child] of Object.entries(data)) {
    const childPath = path ? `${path}.${name}` : name;
    if (!Object.hasOwn(fields, name)) {
      context.unknownFields.push(childPath);
      continue;
    }
    const value = decodeValue(
      fields[name],
      {
        data: child,
        path: childPath,
        label: `${struct}.${childPath.replace(/\[\d+\]/g, '')}`,
      },
      context,
      KEPT_EMPTY.has(`${definition}.${name}`),
    );
    if (value !== undefined) {
      result[name] = value;
    }
  }
  if (definition.endsWith('Condition')) {
    nullTimes(fields, result);
  }
  return result;
}

/** Go cannot leave out a struct: a time that a condition does not have is sent as null. */
function nullTimes(
  fields: Definition['fields'],
  condition: Record<string, unknown>,
) {
  for (const [name, type] of Object.entries(fields)) {
    if (type === 'time') {
      condition[name] ??= null;
    }
  }
}

function decodeValue(
  type: string,
  position: Position,
  context: Context,
  keepEmpty = false,
): unknown {
  const { data } = position;
  if (data === null || data === undefined) {
    return undefined;
  }
  if (type.startsWith('@')) {
    return decodeStruct({ ...position, definition: type.slice(1) }, context);
  }
  if (type.startsWith('[]')) {
    if (!Array.isArray(data)) {
      throw mismatch(position, type);
    }
    const items = data.map((item, index) => {
      const element = type.slice(2);
      const value = decodeValue(
        element,
        { ...position, data: item, path: `${position.path}[${index}]` },
        context,
      );
      return value ?? (element.startsWith('@') ? {} : '');
    });
    return items.length > 0 || keepEmpty ? items : undefined;
  }
  if (type.startsWith('{}')) {
    if (typeof data !== 'object' || Array.isArray(data)) {
      throw mismatch(position, type);
    }
    const entries = Object.entries(data);
    const result: Record<string, unknown> = {};
    for (const [key, child] of entries) {
      const value = decodeValue(
        type.slice(2),
        { ...position, data: child, path: `${position.path}.${key}` },
        context,
        true,
      );
      setField(result, key, value ?? '');
    }
    return entries.length > 0 ? result : undefined;
  }
  return decodeScalar(type, position);
}
