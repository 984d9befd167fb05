import { canonicalQuantity } from './canonicalQuantity';

/** The data does not have the shape of its type; the message is what the real server's decoder says. */
export class DecodeError extends Error {}

/** A value and where it stands. */
export interface Position {
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

/** The data is of another type than its field. */
export function mismatch({ data, label }: Position, type: string): DecodeError {
  return new DecodeError(
    `json: cannot unmarshal ${jsonType(data)} into Go ${
      label ? `struct field ${label}` : 'value'
    } of type ${goType(type)}`,
  );
}

/** Reads a value that is neither a struct nor a list or map of something. */
export function decodeScalar(type: string, position: Position): unknown {
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
  const canonical = canonicalQuantity(text);
  if (canonical === undefined) {
    throw new DecodeError(
      /^[+-]?\d+(\.\d*)?[eEinumkKMGTP]+[-+]?\d*$/.test(text)
        ? "unable to parse quantity's suffix"
        : "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    );
  }
  return canonical;
}
