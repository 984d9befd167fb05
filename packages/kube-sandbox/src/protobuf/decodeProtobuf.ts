import { setField } from '../objects/freeze';
import { toTimestamp } from '../objects/timestamp';
import { definitionOf, definitionOfKind } from '../schema/schema';
import { readWire, WireError, WireValue } from './readWire';

/** What protobuf bodies of Kubernetes start with. */
const MAGIC = Buffer.from('k8s\0', 'latin1');

/**
 * Optional numbers and truths whose zero means something. Go writes the zero of every other field too, although nobody
 * set it, and JSON would leave it out.
 */
const ZERO_COUNTS = new Set([
  'allowPrivilegeEscalation',
  'automountServiceAccountToken',
  'averageUtilization',
  'backoffLimit',
  'completions',
  'enableServiceLinks',
  'failedJobsHistoryLimit',
  'gracePeriodSeconds',
  'minReplicas',
  'orphanDependents',
  'parallelism',
  'partition',
  'progressDeadlineSeconds',
  'readOnlyRootFilesystem',
  'replicas',
  'revisionHistoryLimit',
  'runAsGroup',
  'runAsUser',
  'successfulJobsHistoryLimit',
  'suspend',
  'terminationGracePeriodSeconds',
  'ttlSecondsAfterFinished',
]);

const bytes = (value: WireValue): Buffer => {
  if (typeof value === 'bigint') {
    throw new WireError('wrong wireType');
  }
  return value;
};
const text = (value: WireValue | undefined) =>
  value === undefined ? '' : bytes(value).toString('utf8');
const integer = (value: WireValue | undefined) =>
  value === undefined || typeof value !== 'bigint' ? 0 : Number(value);
const last = (message: Map<number, WireValue[]>, number: number) =>
  message.get(number)?.at(-1);

function decodeTime(value: WireValue): string | undefined {
  const message = readWire(bytes(value));
  const seconds = integer(last(message, 1));
  if (seconds === 0) {
    return undefined;
  }
  const microseconds = Math.floor(integer(last(message, 2)) / 1000);
  const fraction =
    microseconds > 0 ? `.${String(microseconds).padStart(6, '0')}` : '';
  return toTimestamp(seconds * 1000).replace('Z', `${fraction}Z`);
}

function decodeScalar(type: string, value: WireValue): unknown {
  switch (type) {
    case 'string':
      return text(value) || undefined;
    case 'boolean':
      return integer(value) !== 0;
    case 'int32':
    case 'int64':
    case 'number':
      return integer(value);
    case 'bytes':
      return bytes(value).toString('base64');
    case 'quantity':
      return text(last(readWire(bytes(value)), 1)) || undefined;
    case 'time':
      return decodeTime(value);
    case 'intOrString': {
      const message = readWire(bytes(value));
      return integer(last(message, 1)) === 1
        ? text(last(message, 3))
        : integer(last(message, 2));
    }
    default: {
      // Raw JSON inside of protobuf, as in managedFields.
      const raw = text(last(readWire(bytes(value)), 1));
      return raw ? JSON.parse(raw) : undefined;
    }
  }
}

function decodeValue(type: string, values: WireValue[]): unknown {
  if (type.startsWith('[]')) {
    return values.map(value => decodeValue(type.slice(2), [value]) ?? '');
  }
  if (type.startsWith('{}')) {
    const map = {};
    for (const value of values) {
      const entry = readWire(bytes(value));
      const item = entry.get(2);
      setField(
        map,
        text(last(entry, 1)),
        item ? decodeValue(type.slice(2), item) ?? '' : '',
      );
    }
    return map;
  }
  const value = values[values.length - 1];
  return type.startsWith('@')
    ? decodeMessage(type.slice(1), bytes(value))
    : decodeScalar(type, value);
}

function decodeMessage(definition: string, message: Buffer) {
  const { fields, numbers } = definitionOf(definition);
  const top = readWire(message);
  const embedded = new Map<string, Map<number, WireValue[]>>([['', top]]);
  const messageAt = (path: string[]): Map<number, WireValue[]> => {
    const key = path.join('.');
    let found = embedded.get(key);
    if (!found) {
      const value = last(messageAt(path.slice(0, -1)), Number(path.at(-1)));
      found = value === undefined ? new Map() : readWire(bytes(value));
      embedded.set(key, found);
    }
    return found;
  };
  const result: Record<string, unknown> = {};
  for (const [field, number] of Object.entries(numbers)) {
    const path = number.split('.');
    const values = messageAt(path.slice(0, -1)).get(Number(path.at(-1)));
    const value = values && decodeValue(fields[field], values);
    const unset =
      value === undefined ||
      ((value === 0 || value === false) && !ZERO_COUNTS.has(field));
    if (!unset) {
      result[field] = value;
    }
  }
  return result;
}

/**
 * Reads an object that a client sent as `application/vnd.kubernetes.protobuf` and returns it as JSON would have it.
 * Throws a `WireError` where it is none.
 */
export function decodeProtobuf(body: Buffer): Record<string, unknown> {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new WireError(
      'provided data does not appear to be a protobuf message',
    );
  }
  const envelope = readWire(body.subarray(MAGIC.length));
  const typeMeta = last(envelope, 1);
  const described = typeMeta ? readWire(bytes(typeMeta)) : new Map();
  const apiVersion = text(last(described, 1));
  const kind = text(last(described, 2));
  // Options of writes travel under the group that they are sent to.
  const definition =
    definitionOfKind(apiVersion, kind) ?? definitionOfKind('v1', kind);
  if (!definition) {
    throw new WireError(
      `no kind ${JSON.stringify(
        kind,
      )} is registered for version ${JSON.stringify(apiVersion)}`,
    );
  }
  const raw = last(envelope, 2);
  return {
    kind,
    apiVersion,
    ...(raw && decodeMessage(definition, bytes(raw))),
  };
}
