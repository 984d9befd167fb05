import { StatusCause } from './StatusError';

const json = (value: unknown) =>
  value === undefined ? 'null' : JSON.stringify(value);

/** A required field is missing. */
export function required(field: string, detail?: string): StatusCause {
  return {
    reason: 'FieldValueRequired',
    message: detail ? `Required value: ${detail}` : 'Required value',
    field,
  };
}

/** A field has a value that is not valid. */
export function invalidValue(
  field: string,
  value: unknown,
  detail: string,
): StatusCause {
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${json(value)}: ${detail}`,
    field,
  };
}

/** A value that has to be unique appears twice. */
export function duplicate(field: string, value: unknown): StatusCause {
  return {
    reason: 'FieldValueDuplicate',
    message: `Duplicate value: ${json(value)}`,
    field,
  };
}

/** A field may not be set or changed. */
export function forbiddenField(field: string, detail: string): StatusCause {
  return {
    reason: 'FieldValueForbidden',
    message: `Forbidden: ${detail}`,
    field,
  };
}

/** A value is none of an enumeration. */
export function notSupported(
  field: string,
  value: unknown,
  supported: readonly string[],
): StatusCause {
  return {
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${json(value)}: supported values: ${supported
      .map(item => JSON.stringify(item))
      .join(', ')}`,
    field,
  };
}
