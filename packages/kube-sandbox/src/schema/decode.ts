import { setField } from '../objects/freeze';
import { Definition, definitionOf } from './schema';

/** The data does not have the shape of its type; the message is what the real server's decoder says. */
export class DecodeError extends Error {}

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

interface Position {
  data: unknown;
  /** With list indices, for unknown fields. */
  path: string;
  /** `Struct.path` as Go's decoder names the field. */
  label: string;
}

const jsonType = (data: unknown) => {
  if (Array.isArray(data)) {
    return 'array';
  }
  return typeof data === 'boolean' ? 'bool' : typeof data;
};

function goType(type: string): string {
  if (type.startsWith('[]')) {
    return `[]${goType(type.slice(2))}`;
  }
  if (type.startsWith('{}')) {
    return `map[string]${goType(type.slice(2))}`;
  }
  if (type.startsWith('@')) {
    return `v1.${type.split('.').pop()}`;
  }
  if (type === 'boolean') {
    return 'bool';
  }
  return type === 'bytes' ? '[]uint8' : type;
}

function mismatch({ data, label }: Position, type: string): DecodeError {
  return new DecodeError(
    `json: cannot unmarshal ${jsonType(data)} into Go ${
      label ? `struct field ${label}` : 'value'
    } of type ${goType(type)}`,
  );
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

function decodeScalar(type: string, position: Position): unknown {
  const { data } = position;
  switch (type) {
    case 'string':
      if (typeof data !== 'string') {
        throw mismatch(position, type);
      }
      return data;
    case 'boolean':
      if (typeof data !== 'boolean') {
        throw mismatch(position, type);
      }
      return data;
    case 'int32':
    case 'int64': {
      if (typeof data !== 'number') {
        throw mismatch(position, type);
      }
      if (
        !Number.isInteger(data) ||
        (type === 'int32' && Math.abs(data) > 2147483648)
      ) {
        throw new DecodeError(
          `json: cannot unmarshal number ${data} into Go struct field ${position.label} of type ${type}`,
        );
      }
      return data;
    }
    case 'number':
      if (typeof data !== 'number') {
        throw mismatch(position, 'float64');
      }
      return data;
    case 'bytes':
      return decodeBytes(position);
    case 'quantity':
      return decodeQuantity(position);
    case 'intOrString':
      if (typeof data !== 'string' && !Number.isInteger(data)) {
        throw mismatch(position, 'int32');
      }
      return data;
    case 'time':
      if (typeof data !== 'string') {
        throw mismatch(position, 'string');
      }
      if (Number.isNaN(Date.parse(data))) {
        throw new DecodeError(
          `parsing time ${JSON.stringify(
            data,
          )} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(
            data,
          )} as "2006"`,
        );
      }
      return data;
    default:
      return structuredClone(data);
  }
}

function decodeBytes(position: Position): string {
  const { data } = position;
  if (typeof data !== 'string') {
    throw mismatch(position, 'bytes');
  }
  const bad = data.search(/[^A-Za-z0-9+/=\r\n]/);
  if (bad >= 0 || data.replace(/[\r\n]/g, '').length % 4 !== 0) {
    throw new DecodeError(
      `illegal base64 data at input byte ${bad >= 0 ? bad : data.length}`,
    );
  }
  return data;
}

function decodeQuantity(position: Position): string {
  const text =
    typeof position.data === 'number' ? String(position.data) : position.data;
  if (typeof text !== 'string') {
    throw mismatch(position, 'string');
  }
  if (
    !/^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/.test(
      text,
    )
  ) {
    throw new DecodeError(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    );
  }
  // Plain decimals are written in thousandths, as the real server's canonical form does.
  if (/^\d*\.\d+$/.test(text)) {
    const thousandths = Math.ceil(Number(text) * 1000);
    return thousandths % 1000 === 0
      ? String(thousandths / 1000)
      : `${thousandths}m`;
  }
  return /^\d+000m$/.test(text) ? text.slice(0, -4) : text;
}
