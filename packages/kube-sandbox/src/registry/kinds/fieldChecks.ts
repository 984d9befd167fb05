import { invalidValue, notSupported } from '../../status/fieldErrors';
import { StatusCause } from '../../status/StatusError';

const PERCENT_DETAIL =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
const PERCENT = /^(\d+)%$/;

/** A map as Go writes it. */
export function sortedByKey<T>(map: Record<string, T>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** A number that has to be 0 or more. */
export function nonNegative(value: unknown, field: string): StatusCause[] {
  return typeof value === 'number' && value < 0
    ? [invalidValue(field, value, 'must be greater than or equal to 0')]
    : [];
}

/** A port that is a number. */
export function portNumber(value: unknown, field: string): StatusCause[] {
  return typeof value === 'number' && value >= 1 && value <= 65535
    ? []
    : [invalidValue(field, value, 'must be between 1 and 65535, inclusive')];
}

/** A user or group of a system. */
export function systemId(value: unknown, field: string): StatusCause[] {
  return typeof value === 'number' && (value < 0 || value > 2147483647)
    ? [
        invalidValue(
          field,
          value,
          'must be between 0 and 2147483647, inclusive',
        ),
      ]
    : [];
}

/** A value out of an enumeration; undefined passes. */
export function oneOf(
  value: unknown,
  field: string,
  supported: readonly string[],
): StatusCause[] {
  return value === undefined || supported.includes(value as string)
    ? []
    : [notSupported(field, value, supported)];
}

/** What the rules of a syntax, such as that of a label, say of a value. */
export function problemsOf(
  value: string,
  field: string,
  rules: (value: string) => string[],
): StatusCause[] {
  return rules(value).map(problem => invalidValue(field, value, problem));
}

/** A number of pods, or a percentage of all. */
export function countOrPercent(value: unknown, field: string): StatusCause[] {
  if (typeof value === 'string') {
    return PERCENT.test(value)
      ? []
      : [invalidValue(field, value, PERCENT_DETAIL)];
  }
  return nonNegative(value, field);
}

/** A percentage that may not be more than all. */
export function notMoreThanAll(value: unknown, field: string): StatusCause[] {
  const percent = typeof value === 'string' ? PERCENT.exec(value)?.[1] : '';
  return Number(percent) > 100
    ? [invalidValue(field, value, 'must not be greater than 100%')]
    : [];
}

/** Whether a number or percentage is none at all. */
export const isNone = (value: unknown): boolean =>
  value === 0 || value === '0%';

/** What is wrong with the name of a port (IANA_SVC_NAME). */
export function portNameProblems(name: string): string[] {
  return [
    ...(name.length > 15 ? ['must be no more than 15 characters'] : []),
    ...(/^[-a-z0-9]+$/.test(name)
      ? []
      : [
          'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
        ]),
    ...(/[a-z]/.test(name) ? [] : ['must contain at least one letter (a-z)']),
    ...(name.includes('--') ? ['must not contain consecutive hyphens'] : []),
    ...(/^-|-$/.test(name) ? ['must not begin or end with a hyphen'] : []),
  ];
}
