import { deepFreeze } from '../objects/freeze';
import { Fields } from '../objects/KubeObject';
import { FieldTree } from './FieldTree';
import { internFields, readFields } from './internFields';

/** Who owns which fields of an object, and since when. */
export interface ManagerEntry {
  manager: string;
  operation: 'Apply' | 'Update';
  /** The version of the API in whose terms the fields are. */
  apiVersion: string;
  subresource?: string;
  /** RFC 3339; an applier that changed nothing has none. */
  time?: string;
  fields: FieldTree;
}

/** The owners of an object's fields by {@link managerId}. */
export type Managers = Map<string, ManagerEntry>;

/** What tells one owner from another: appliers are the same in every version of the API. */
export function managerId(
  entry: Omit<ManagerEntry, 'fields' | 'time'>,
): string {
  const { manager, operation, apiVersion, subresource } = entry;
  return JSON.stringify({
    ...(manager && { manager }),
    operation,
    ...(operation === 'Update' && { apiVersion }),
    ...(subresource && { subresource }),
  });
}

function readEntry(entry: Fields): ManagerEntry {
  const { operation, apiVersion, fieldsType } = entry;
  if (operation !== 'Apply' && operation !== 'Update') {
    throw new Error('operation must be `Apply` or `Update`');
  }
  if (!apiVersion) {
    throw new Error('apiVersion must not be empty');
  }
  if (fieldsType !== 'FieldsV1') {
    throw new Error(`invalid fieldsType ${JSON.stringify(fieldsType)}`);
  }
  return {
    manager: entry.manager ?? '',
    operation,
    apiVersion,
    subresource: entry.subresource,
    time: entry.time,
    fields: readFields(entry.fieldsV1 ?? {}),
  };
}

/** Reads `managedFields`; throws where an entry cannot be understood. */
export function readManagers(
  managedFields: readonly Fields[] | undefined,
): Managers {
  const managers: Managers = new Map();
  for (const data of managedFields ?? []) {
    const entry = readEntry(data);
    managers.set(managerId(entry), entry);
  }
  return managers;
}

const seconds = (time: string | undefined) =>
  time === undefined ? 0 : Math.floor(Date.parse(time) / 1000);

const order = (a: string | number, b: string | number) => {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
};

/** Writes `managedFields` in the order of the real server; undefined where nobody owns anything. */
export function writeManagers(managers: Managers): Fields[] | undefined {
  if (managers.size === 0) {
    return undefined;
  }
  const entries = [...managers.values()].sort(
    (a, b) =>
      order(a.operation, b.operation) ||
      order(seconds(a.time), seconds(b.time)) ||
      order(a.manager, b.manager) ||
      order(a.apiVersion, b.apiVersion) ||
      order(a.subresource ?? '', b.subresource ?? ''),
  );
  return entries.map(entry =>
    deepFreeze({
      ...(entry.manager && { manager: entry.manager }),
      operation: entry.operation,
      apiVersion: entry.apiVersion,
      ...(entry.time && { time: entry.time }),
      fieldsType: 'FieldsV1',
      fieldsV1: internFields(entry.fields),
      ...(entry.subresource && { subresource: entry.subresource }),
    }),
  );
}

/** Whether two `managedFields` differ in times at most. */
export function sameManagers(
  a: readonly Fields[] | undefined,
  b: readonly Fields[] | undefined,
): boolean {
  if (a === b) {
    return true;
  }
  return (
    a?.length === b?.length &&
    (a ?? []).every((entry, index) => {
      const other = b![index];
      return (
        entry.manager === other.manager &&
        entry.operation === other.operation &&
        entry.apiVersion === other.apiVersion &&
        entry.subresource === other.subresource &&
        readFields(entry.fieldsV1) === readFields(other.fieldsV1)
      );
    })
  );
}

/** Whether a client asks for an object without owners: `managedFields: []` or `[{}]`. */
export function clearsManagers(
  managedFields: readonly Fields[] | undefined,
): boolean {
  return (
    managedFields !== undefined &&
    (managedFields.length === 0 ||
      (managedFields.length === 1 &&
        Object.keys(managedFields[0]).length === 0))
  );
}
